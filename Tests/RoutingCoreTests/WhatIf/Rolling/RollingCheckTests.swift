import RoutingCore
import Testing

@Suite struct RollingCheckTests {
  /// Twelve queries that cost `a` 2ⁱ tokens and `b` nothing, so that a sum of costs tells which queries it is of.
  private static var powers: RollingSketch {
    var sketch = RollingSketch([
      (name: "a", scores: "101101011010", tokens: 0), (name: "b", scores: "010010100101", tokens: 0),
    ])
    sketch.models[0].tokens = (0..<12).map { 1 << $0 }
    return sketch
  }

  private func checked(_ window: RollingWindow) -> [Int] {
    (0..<12).filter { Int(window[.rolling].checkCost) >> $0 & 1 == 1 }
  }

  @Test("Every window pays the full answers of all models on V of its own queries", arguments: [1, 2, 3])
  func booked(check: Int) async throws {
    let request = try RollingRequest(window: 4, checks: check, lambda: 1e-9)
    let result = try await Self.powers.workload(request)
    for (index, window) in result.windows.enumerated() {
      let places = checked(window)
      #expect(places.count == check)
      #expect(places.allSatisfy { $0 / 4 == index })
      #expect(window[.hindsight].checkCost == 0)
      #expect(window[.bestFixed].checkCost == 0)
      // The choice that is kept was learned from the first window's checks.
      #expect(window[.fixed].checkCost == (index == 0 ? window[.rolling].checkCost : 0))
      let own = window[.rolling].policy == .single("a") ? (0..<4).reduce(0) { $0 + 1 << (4 * index + $1) } : 0
      if case .single = window[.rolling].policy {
        #expect(window[.rolling].cost == (Double(own) + window[.rolling].checkCost) / 4)
      }
    }
    let total = result.windows.reduce(0) { $0 + $1[.rolling].checkCost }
    #expect(try #require(result.totals)[.rolling].checkCost == total)
    let costs = result.windows.reduce(0) { $0 + $1[.rolling].cost * 4 }
    #expect(abs(try #require(result.totals)[.rolling].cost.mean * 12 - costs) < 1e-6)
  }

  @Test("The seed draws which queries are checked")
  func seeds() async throws {
    let request = try RollingRequest(window: 4, checks: 2, lambda: 1e-9)
    var drawn: Set<[Int]> = []
    for seed in 1...8 as ClosedRange<UInt64> {
      drawn.insert(try await Self.powers.workload(request, seed: seed).windows.flatMap(checked))
    }
    #expect(drawn.count > 4)
  }

  @Test("What was not checked teaches nothing", arguments: 1...6 as ClosedRange<UInt64>)
  func unseen(seed: UInt64) async throws {
    let request = try RollingRequest(window: 4, checks: 2, lambda: 1e-9)
    let before = try await Self.powers.workload(request, seed: seed)
    let seen = Set(before.windows.flatMap(checked))
    var sketch = Self.powers
    for model in sketch.models.indices {
      sketch.models[model].scores = String(
        sketch.models[model].scores.enumerated().map { place, score in
          seen.contains(place) ? score : "0"
        })
    }
    let after = try await sketch.workload(request, seed: seed)
    #expect(after.choices == before.choices)
    func right(_ workload: RollingWorkload) -> Double {
      workload.windows.reduce(0) { $0 + $1.arms.reduce(0) { $0 + $1.score } }
    }
    #expect(right(after) < right(before))
  }

  @Test("A check runs models only: policies that need rankings or merges by a model are not chosen")
  func models() async throws {
    // Both models are always wrong, and their merge by the judge is always right.
    var sketch = RollingSketch([
      (name: "a", scores: "00000000", tokens: 1), (name: "b", scores: "00000000", tokens: 1),
    ])
    .sketch
    sketch.header.models.append(ModelDeclaration(name: "judge"))
    sketch.header.pool = ["a", "b"]
    for index in sketch.queries.indices {
      sketch.queries[index].calls.append(merge("a b", in: 1, out: 1, score: 1_000_000))
    }
    func ids(_ checks: Int?) async throws -> [String] {
      try await sketch.rolling(
        RollingRequest(window: 4, checks: checks, lambda: 1e-3), k: [2], boots: [.full],
        selectors: ["length"],
        aggregators: ["recorded:judge", "vote"]
      ).workloads[0].windows.flatMap { window in RollingArm.allCases.map { window[$0].policy.description } }
    }
    #expect(try await ids(nil).contains { $0.contains("recorded:judge") })
    #expect(try await !ids(3).contains { $0.contains("recorded:judge") })
  }

  /// With ordinals that are not the order of names.
  static func ordered(_ sketch: TraceSketch) -> TraceSketch {
    var copy = sketch
    for index in copy.queries.indices {
      copy.queries[index].ordinal = Int64((index * 17) % copy.queries.count)
    }
    return copy
  }
}

@Suite struct RollingLookAheadTests {
  private func choices(_ sketch: TraceSketch, check: Int?) async throws -> [String] {
    let request = try RollingRequest(window: 8, checks: check, lambda: 1e-4)
    return try await sketch.rolling(
      request, k: [1, 2, 3], boots: [.tokens(5), .full],
      selectors: check == nil ? ["recorded:judge", "prior", "consensus"] : ["consensus", "prior", "length"],
      aggregators: check == nil ? ["recorded:judge", "vote"] : ["vote", "first"]
    ).workloads[0].choices
  }

  @Test("What happens in a window changes no choice made before its end", arguments: [nil, 6])
  func noLookAhead(check: Int?) async throws {
    let sketch = RollingCheckTests.ordered(RandomTrace.sketch(seed: 21, queries: 40))
    let before = try await choices(sketch, check: check)
    #expect(before.count == 5)
    var changes = 0
    for window in 0..<5 {
      var other = sketch
      for index in other.queries.indices where other.queries[index].ordinal.map({ $0 / 8 }) == Int64(window) {
        for call in other.queries[index].calls.indices {
          let score = other.queries[index].calls[call].score.map { 1_000_000 - $0.millionths }
          other.queries[index].calls[call].score = score.flatMap { Score(millionths: Int128($0)) }
        }
      }
      let after = try await choices(other, check: check)
      #expect(after.prefix(window + 1) == before.prefix(window + 1))
      changes += after == before ? 0 : 1
    }
    // Otherwise nothing above could fail.
    #expect(changes > 1)
  }

  @Test("The result is the same on any number of threads")
  func threads() async throws {
    let sketch = RollingCheckTests.ordered(RandomTrace.sketch(seed: 3, queries: 40))
    let request = try RollingRequest(window: 8, lambda: 1e-4)
    var results: [String] = []
    for threads in [1, 2, 5] {
      let result = try await sketch.rolling(
        request, k: [1, 2], boots: [.full], selectors: ["consensus", "prior"], aggregators: ["vote"],
        threads: threads)
      results.append("\(result.workloads)")
    }
    #expect(Set(results).count == 1)
  }
}
