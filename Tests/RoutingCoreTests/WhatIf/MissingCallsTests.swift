import RoutingCore
import Testing

@Suite struct MissingCallsTests {
  /// Two queries on which `judge` ranked prefixes of 20 tokens, m3 m1 m2 and m1 m2 m3, and merged m1 and m3 only, and
  /// all three.
  private static let sketch = TraceSketch(
    "m1", "m2", "m3", "judge", pool: ["m1", "m2", "m3"],
    queries: [
      query(
        Bench.responses + [
          ranking("m3 m1 m2", boot: .tokens(20), in: 200, out: 5),
          merge("m1 m3", in: 300, out: 20, score: 750_000), merge("m1 m2 m3", in: 900, out: 90, score: 1),
        ], name: "q1"),
      query(
        Bench.responses + [
          ranking("m1 m2 m3", boot: .tokens(20), in: 100, out: 15),
          merge("m1 m3", in: 500, out: 40, score: 750_000), merge("m1 m2 m3", in: 900, out: 90, score: 1),
        ], name: "q2"),
    ])

  private func missing(_ ids: [String], _ sketch: TraceSketch = sketch, prices: PriceBook? = Bench.prices)
    async throws -> [MissingCalls]
  {
    let trace = try sketch.trace()
    let replayer = try Replayer(
      trace: trace,
      policies: try ids.map { try Policy(id: $0, aggregator: "recorded", selector: "recorded") },
      options: ReplayOptions(prices: .tokens(for: trace)))
    let replay = await replayer.replay(trace.workloads[0])
    return MissingCalls.of(replay, in: trace, prices: prices, seed: 1)
  }

  @Test("A ranking at another budget is missing once for all k, and its merges up to once for each")
  func rankings() async throws {
    let found = try await missing([Bench.id(k: "1", boot: "7"), Bench.id(k: "2", boot: "7")])
    #expect(found.count == 2)
    let rankings = try #require(found.first)
    #expect(rankings.role == .ranking)
    #expect(rankings.name == "judge")
    #expect(rankings.boot == .tokens(7))
    #expect(rankings.calls == 2...2)
    #expect(rankings.queries == 2)
    #expect(rankings.example == "q1")
    // The recorded ones have 150 tokens in and 10 out on average, at 20 and 80 picodollars.
    let estimate = try #require(rankings.estimate)
    #expect(estimate.likeCalls == 2)
    #expect(estimate.inputTokens == 300...300)
    #expect(estimate.outputTokens == 20...20)
    #expect(abs(try #require(estimate.dollars).upperBound * 1e12 - (300 * 20 + 20 * 80)) < 1e-6)
    let merges = found[1]
    #expect(merges.role == .merge)
    #expect(merges.calls == 0...2)
    // Two answers are merged, so merges of three say nothing: 400 tokens in and 30 out on average.
    #expect(try #require(merges.estimate).inputTokens == 0...800)
    #expect(try #require(merges.estimate).outputTokens == 0...60)
  }

  @Test("A set that a recorded ranking chose and nobody merged is missing for sure")
  func merges() async throws {
    let found = try await missing([Bench.id()])
    #expect(found.map(\.role) == [.merge])
    #expect(found[0].calls == 1...1)
    #expect(found[0].queries == 1)
    #expect(found[0].example == "q2")
    #expect(try #require(found[0].estimate).inputTokens == 400...400)
  }

  @Test("The layers after it are missing too, and without a like call nothing is estimated")
  func layers() async throws {
    let found = try await missing([Bench.id(k: "3", layers: 3)])
    #expect(found.map(\.role) == [.merge, .refinement, .refinement, .refinement])
    #expect(found.allSatisfy { $0.layer == 3 && $0.calls == 2...2 })
    #expect(found[1...].map(\.name) == ["m1", "m2", "m3"])
    #expect(found[1...].allSatisfy { $0.estimate == nil })
    #expect(try #require(found[0].estimate).inputTokens == 1800...1800)
  }

  @Test("A model's missing answer is named, once for the model alone and all who boot it")
  func answers() async throws {
    var sketch = Self.sketch
    sketch.queries[1].calls.removeAll { $0.role == .response && $0.model == "m2" }
    let found = try await missing(["single:m2", Bench.id(k: "3", boot: "5"), "moa"], sketch)
    #expect(found.map(\.role) == [.response])
    #expect(found[0].name == "m2")
    #expect(found[0].calls == 1...1)
    #expect(found[0].example == "q2")
    let estimate = try #require(found[0].estimate)
    #expect(estimate.likeCalls == 1)
    #expect(estimate.inputTokens == 60...60)
    #expect(estimate.outputTokens == 15...15)
    #expect(estimate.dollars == 2250e-12...2250e-12)
  }

  @Test("Where tokens are counted, or the price is not known, there are no dollars")
  func prices() async throws {
    var book = Bench.prices
    book.prices["judge"] = nil
    for prices in [nil, book] {
      let found = try await missing([Bench.id()], prices: prices)
      #expect(try #require(found[0].estimate).outputTokens == 30...30)
      #expect(try #require(found[0].estimate).dollars == nil)
    }
  }

  @Test("What is kept, and what lacks something else than a call, is missing nothing")
  func nothing() async throws {
    #expect(try await missing([Bench.id(k: "3")]).isEmpty)
    var ungraded = Self.sketch
    for index in ungraded.queries.indices {
      ungraded.queries[index].calls = ungraded.queries[index].calls.map { call in
        call.with { if $0.role == .merge { $0.score = nil } }
      }
    }
    #expect(try await missing([Bench.id(k: "3")], ungraded).isEmpty)
  }

  @Test(
    "Missing are exactly the calls without which some policy loses a query, one by one",
    arguments: [1, 2, 3] as [UInt64])
  func bruteForce(seed: UInt64) async throws {
    var sketch = RandomTrace.sketch(seed: seed, queries: 3)
    // A call that failed may end a query, and what would have followed is missing only while it is not recorded.
    for index in sketch.queries.indices {
      for place in sketch.queries[index].calls.indices { sketch.queries[index].calls[place].error = nil }
    }
    let ids = ["2", "3", "4"].flatMap { k in
      [2, 3].flatMap { layers in
        ["", ",schedule=progressive"].filter { layers > 2 || $0.isEmpty }.map { schedule in
          "k=\(k),boot=5,layers=\(layers),selector=recorded:judge,aggregator=recorded:judge\(schedule)"
        }
      }
    }
    func gaps(_ sketch: TraceSketch) async throws -> Int {
      let replays = try await sketch.trace().replay(
        all: ids.map { try Policy(id: $0) }, ReplaySetup(unit: .tokens, minCoverage: .none))
      return replays.reduce(0) { $0 + $1.outcomes.gaps.count { !$0.isCovered } }
    }
    let whole = try await gaps(sketch)
    var needed = 0
    var stripped = sketch
    for index in sketch.queries.indices {
      stripped.queries[index].calls.removeAll { $0.role == .merge || $0.role == .refinement }
      for place in sketch.queries[index].calls.indices {
        guard [.merge, .refinement].contains(sketch.queries[index].calls[place].role) else { continue }
        var without = sketch
        without.queries[index].calls.remove(at: place)
        if try await gaps(without) > whole { needed += 1 }
      }
    }
    // Elsewhere the judge did merge, so that there is such an aggregator.
    stripped.queries.append(query([merge("m1 m2", score: 1)], name: "z", workload: "z"))
    let found = try await missing(ids, stripped, prices: nil)
    #expect(needed > 10)
    #expect(found.reduce(0) { $0 + $1.calls.lowerBound } == needed)
    #expect(found.allSatisfy { $0.calls.lowerBound == $0.calls.upperBound })
  }
}
