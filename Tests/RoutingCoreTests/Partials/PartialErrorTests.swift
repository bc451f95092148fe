import RoutingCore
import Testing

@Suite struct PartialErrorTests {
  private static let sketch = ShardSketch(
    RandomTrace.sketch(seed: 3, queries: 8), selectors: ["recorded:judge"])

  private func union(_ partials: [PartialSweep]) throws -> PartialUnion {
    var union = PartialUnion()
    for (index, partial) in partials.enumerated() { try union.add(partial, from: "\(index).part") }
    return union
  }

  @Test("A query in two shards is refused with both files named")
  func sharedQuery() async throws {
    let union = try union([
      await Self.sketch.partial { $0 < 3 }, await Self.sketch.partial { $0 == 3 },
      await Self.sketch.partial { $0 == 2 || $0 > 5 },
    ])
    await #expect(throws: PartialError.sharedQuery(file: "0.part", other: "2.part")) {
      try await union.sweep()
    }
  }

  @Test("Other flags are refused with the flag, both values and both files named")
  func otherFlags() async throws {
    var other = Self.sketch
    other.settings.seed = 9
    let partials = [try await Self.sketch.partial { $0 < 3 }, try await other.partial { $0 > 3 }]
    let expected = PartialError.differ(
      file: "0.part", other: "1.part", what: "--seed", value: "1", otherValue: "9")
    #expect(throws: expected) { try union(partials) }
    #expect(expected.description.contains("0.part and 1.part are not of one sweep: --seed is 1 in the first"))
    other = Self.sketch
    other.request.boots = [.full]
    let third = try await other.partial { $0 > 3 }
    #expect { try union([partials[0], third]) } throws: { error in
      (error as? PartialError)?.description.contains("--boot is 5,20,full in the first and full") == true
    }
  }

  @Test("What learns from other folds does not work on a shard")
  func otherFolds() throws {
    var request = GridRequest()
    #expect { try ShardRules.check(request) } throws: { "\($0)".contains("prior, which is taken without") }
    request.selectors = ["consensus", "prior"]
    #expect { try ShardRules.check(request) } throws: { "\($0)".contains("--selector prior does not work") }
    request.selectors = ["consensus"]
    request.k = ["1|2@agreement:q0.5"].compactMap { KSchedule($0) }
    #expect { try ShardRules.check(request) } throws: { "\($0)".contains("--k 1|2@agreement:q0.5 does not") }
    request.k = ["1|2@agreement:0.5"].compactMap { KSchedule($0) }
    try ShardRules.check(request)
  }

  @Test("More coverage patterns than a partial keeps are refused unless every query must be covered")
  func patterns() async throws {
    let models = ["a", "b", "c", "d", "e", "f", "g"]
    let queries = (1..<100).map { index in
      query(
        models.enumerated().filter { index >> $0.offset & 1 == 1 }.map {
          response($0.element, in: 1, out: 1, score: 0, text: "x")
        }, name: "q\(index)")
    }
    var many = ShardSketch(
      TraceSketch(models: models.map { ModelDeclaration(name: $0) }, queries: queries), selectors: ["length"],
      aggregators: ["first"])
    many.request.k = [KSchedule(constant: 1)]
    many.request.boots = [.full]
    await #expect(throws: PartialError.tooManyPatterns(workload: "w", found: 99)) {
      try await many.partial { _ in true }
    }
    #expect("\(PartialError.tooManyPatterns(workload: "w", found: 99))".contains("--min-coverage 1"))
    many.settings.minCoverage = .all
    #expect(try await many.combined(shards: 70) == many.whole())
  }

  @Test("Bare 'recorded' that means another tool in each shard is refused as in the whole")
  func tools() async throws {
    var sketch = RandomTrace.sketch(seed: 3, queries: 4)
    for index in sketch.queries.indices {
      sketch.queries[index].calls.removeAll { $0.role == .ranking && ($0.tool == "judge") == (index < 2) }
    }
    let shards = ShardSketch(sketch, selectors: ["recorded"])
    let union = try union([await shards.partial { $0 < 2 }, await shards.partial { $0 >= 2 }])
    await #expect(throws: PartialError.tools(kind: "selector", recorded: ["editor", "judge"], wanted: nil)) {
      try await union.sweep()
    }
  }

  @Test(
    "An offline aggregator at three layers is refused where a shard knows fewer recorded ones than the whole")
  func chain() async throws {
    var sketch = RandomTrace.sketch(seed: 3, queries: 4)
    sketch.queries[3].calls.append(merge("m1 m2", by: "editor", in: 1, out: 1, score: 0))
    var shards = ShardSketch(sketch, selectors: ["length"], aggregators: ["vote"])
    shards.request.layers = [3]
    let union = try union([await shards.partial { $0 < 3 }, await shards.partial { $0 == 3 }])
    await #expect(
      throws: PartialError.chain(file: "0.part", recorded: ["judge"], all: ["editor", "judge"])
    ) { try await union.sweep() }
  }

  @Test("A workload that is asked for and in no shard is named")
  func noWorkload() async throws {
    var partial = try await Self.sketch.partial { $0 < 3 }
    partial.header.terms.workloads = ["x"]
    let union = try union([partial])
    await #expect(throws: PartialError.noWorkload("x", known: ["w"])) { try await union.sweep() }
  }

  @Test("Without partials there is nothing to combine")
  func nothing() async throws {
    await #expect(throws: PartialError.noPartials) { try await PartialUnion().sweep() }
  }
}
