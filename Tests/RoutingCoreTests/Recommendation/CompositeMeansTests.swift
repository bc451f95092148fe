import RoutingCore
import Testing

@Suite struct CompositeMeansTests {
  private let sketch = SinglesSketch([("a", 0.7, 100), ("b", 0.9, 300)], queries: 80)
  private let settings = SinglesSketch.settings()

  private func composite(_ policy: (UInt8) -> Int) async throws -> CompositeMeans {
    await CompositeMeans(try await sketch.evidence().sums.composite(policy), settings: settings)
  }

  @Test("A composite of one policy has that policy's figures", arguments: [0, 1])
  func constant(position: Int) async throws {
    let evidence = try await sketch.evidence()
    let composite = try await composite { _ in position }
    #expect(composite.score == evidence.score(position))
    #expect(composite.cost == evidence.cost(position))
    let objective = evidence.objective(position, lambda: 0.001, winShare: nil)
    #expect(abs(composite.objective(lambda: 0.001).mean - objective.mean) < 1e-12)
    #expect(abs(composite.objective(lambda: 0.001).low - objective.low) < 1e-12)
  }

  @Test("Every query counts with the policy of its fold")
  func mixed() async throws {
    let sums = try await sketch.evidence().sums
    let composite = try await composite { Int($0 % 2) }
    let cost = sums.folds.indices.reduce(Int128(0)) { $0 + sums.costs[Int(sums.folds[$1] % 2)][$1] }
    #expect(abs(composite.cost.mean - Double(cost) / 80) < 1e-12)
  }

  @Test("Differences are paired: that of a composite to itself is 0 in every replicate")
  func paired() async throws {
    let one = try await composite { Int($0 % 2) }
    let same = one.scoreDifference(to: one)
    #expect([same.mean, same.standardError, same.low, same.high] == [0, 0, 0, 0])
    let other = try await composite { _ in 1 }
    #expect(abs(one.costDifference(to: other).mean - (one.cost.mean - other.cost.mean)) < 1e-12)
  }
}
