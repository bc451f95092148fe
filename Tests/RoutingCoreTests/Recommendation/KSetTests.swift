import RoutingCore
import Testing

@Suite struct KSetTests {
  private func k(_ value: Int) -> KSchedule { KSchedule(constant: value) }

  /// Pseudo-random 0/1 policies as resampled means, one for each mean score.
  private func means(_ scores: [Double], queries: Int = 200, seed: UInt64 = 1) async throws -> ReplicateMeans
  {
    let sketch = SinglesSketch(
      scores.enumerated().map { ("m\($0)", $1, 100) }, queries: queries, seed: seed)
    return ReplicateMeans(try await sketch.evidence().means, positions: Array(scores.indices))
  }

  private func set(
    _ means: ReplicateMeans, ks: [Int], recommended: Int, lambda: Double = 0, without: [Int] = []
  ) -> [KSchedule] {
    KSet(
      means, ks: ks.map(k), recommended: recommended, lambda: lambda,
      isEligible: ks.indices.map { !without.contains($0) }
    ).members
  }

  @Test("A k that is far below is left out, one that is near is kept")
  func nearAndFar() async throws {
    let means = try await means([0.9, 0.89, 0.5])
    #expect(set(means, ks: [1, 2, 3], recommended: 0) == [k(1), k(2)])
  }

  @Test("A k stands or falls with its best policy")
  func bestOfK() async throws {
    let means = try await means([0.9, 0.1, 0.89])
    #expect(set(means, ks: [1, 2, 2], recommended: 0) == [k(1), k(2)])
    #expect(set(means, ks: [1, 2, 2], recommended: 0, without: [2]) == [k(1)])
  }

  @Test("A lead that is the same on every query counts from the size of a few queries on")
  func constant() async throws {
    let wrong = (0..<100).map { $0 % 5 == 0 ? 0 : 1_000_000 }
    func model(_ name: String, tokens: Int) -> SinglesSketch.Model {
      .init(name: name, scores: wrong, tokens: .init(repeating: tokens, count: 100))
    }
    let sketch = SinglesSketch([
      model("a", tokens: 1), model("b", tokens: 2), model("c", tokens: 3), model("d", tokens: 4),
    ])
    let means = ReplicateMeans(try await sketch.evidence().means, positions: [0, 1, 2, 3])
    // At λ = 0.01 a leads by 0.01, 0.02 and 0.03. An unseen query is worth 0.01; 1.96 · 0.01 · √½ = 0.0139.
    #expect(set(means, ks: [1, 2, 3, 4], recommended: 0, lambda: 0.01) == [k(1), k(2)])
  }

  @Test("The cost counts as much as λ says")
  func lambda() async throws {
    let sketch = SinglesSketch([("a", 0.9, 100), ("b", 0.9, 900)], queries: 300)
    let means = ReplicateMeans(try await sketch.evidence().means, positions: [0, 1])
    #expect(set(means, ks: [1, 2], recommended: 0) == [k(1), k(2)])
    #expect(set(means, ks: [1, 2], recommended: 0, lambda: 0.001) == [k(1)])
  }

  @Test(
    "The interval is simultaneous: a k that is kept among few rivals is kept among many",
    arguments: 1...20 as ClosedRange<UInt64>)
  func simultaneous(seed: UInt64) async throws {
    let means = try await means([0.8, 0.72, 0.74, 0.76, 0.78, 0.7], seed: seed)
    let together = set(means, ks: [1, 2, 3, 4, 5, 6], recommended: 0)
    for rival in 1..<6 {
      let alone = set(means, ks: [1, 2, 3, 4, 5, 6], recommended: 0, without: (1..<6).filter { $0 != rival })
      #expect(!alone.contains(k(rival + 1)) || together.contains(k(rival + 1)))
    }
  }

  @Test(
    "Against one rival the set is that of the lead's own 95 % quantile", arguments: [0.5, 0.6, 0.7, 0.79])
  func pair(score: Double) async throws {
    let means = try await means([0.8, score])
    let difference = means.difference(0, 1, lambda: 0)
    let spread = zip(means.objectives(0, lambda: 0), means.objectives(1, lambda: 0))
      .map { abs($0 - $1 - difference.mean) }.sorted()
    // ⌈0.95 · 200⌉ = 190; half a query of 200 on either side widens an error of 0.04 by a hundredth at most.
    let isBelow = difference.mean > spread[189]
    #expect(abs(difference.mean / spread[189] - 1) > 0.03, "too close to call")
    #expect(set(means, ks: [1, 2], recommended: 0) == (isBelow ? [k(1)] : [k(1), k(2)]))
  }
}
