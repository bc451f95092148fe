import RoutingCore
import Testing

@Suite struct RollingPoolTests {
  /// Windows of three. Three good models are right on two of three queries each, two of them on every query, so that
  /// a vote of the three is always right; the fourth is always wrong. From the third window on the fourth is `b`.
  private static var sketch: RollingSketch {
    let bad = "000000"
    var sketch = RollingSketch([
      (name: "a", scores: bad + "110110110", tokens: 10),
      (name: "b", scores: "110110" + "000000000", tokens: 10),
      (name: "c", scores: "101101" + "101101101", tokens: 10),
      (name: "d", scores: "011011" + "011011011", tokens: 10),
    ])
    sketch.selectors = ["length"]
    sketch.aggregators = ["vote"]
    sketch.k = [3]
    return sketch
  }

  @Test("Losers leave the pool, and come back when others lose")
  func pools() async throws {
    let request = try RollingRequest(window: 3, lambda: 0.001)
    let result = try await Self.sketch.workload(request)
    let pools = result.windows.map { $0.pool.joined() }
    #expect(pools == ["abcd", "bcd", "bcd", "acd", "acd"])
    #expect(result.runs[1...].allSatisfy { $0 == "k=3,boot=full,layers=2,selector=length,aggregator=vote" })
    #expect(result.windows.map { $0[.rolling].pool.joined() } == ["a"] + pools.dropFirst())
    #expect(result.windows.map(\.left) == [[], ["a"], [], ["b"], []])
    #expect(result.windows.map(\.returned) == [[], [], [], ["a"], []])
    // The vote of three is right on every query, at thirty tokens.
    #expect(result.windows.map { $0[.rolling].score }[1] == 1)
    #expect(result.windows[1][.rolling].cost == 30)
    #expect(result.windows.map { $0[.rolling].score }[3...] == [1, 1])
    #expect(result.windows.allSatisfy { $0[.hindsight].regret == 0 })
  }

  @Test("A model that is recorded for too few queries is not in the pool, and is named")
  func unrecorded() async throws {
    var sketch = Self.sketch.sketch
    for index in sketch.queries.indices where index > 2 {
      sketch.queries[index].calls.removeAll { $0.model == "c" }
    }
    let request = try RollingRequest(window: 3, lambda: 0.001)
    let result = try await sketch.rolling(
      request, k: [2], boots: [.full], selectors: ["length"], aggregators: ["vote"]
    ).workloads[0]
    #expect(result.unrecorded == ["c"])
    #expect(result.pool == ["a", "b", "d"])
    #expect(result.comparedRows == 15)
  }

  @Test("A model outside the pool is never chosen")
  func outside() async throws {
    var sketch = Self.sketch.sketch
    sketch.header.pool = ["b", "c"]
    let request = try RollingRequest(window: 3, lambda: 0.001)
    let result = try await sketch.rolling(
      request, k: [1], boots: [.full], selectors: ["length"], aggregators: ["vote"]
    ).workloads[0]
    #expect(result.pool == ["b", "c"])
    for arm in RollingArm.allCases {
      for window in result.windows { #expect(window[arm].policy != .single("d")) }
    }
  }
}
