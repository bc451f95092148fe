import RoutingCore
import Testing

@Suite struct BudgetSplitTests {
  private func sample(_ seed: UInt64) -> ChoiceSample {
    var draws = Draws(seed: seed)
    let count = 2 + draws.below(9)
    return ChoiceSample(
      scores: (0..<count).map { _ in Double(draws.below(1_000_001)) / 1e6 },
      costs: (0..<count).map { _ in Double(1 + draws.below(1_000_000)) / 1e6 },
      isEligible: (0..<count).map { _ in true })
  }

  /// The best score that two policies whose shares cost the budget at most reach, by trying all pairs.
  private func bruteForce(_ sample: ChoiceSample, budget: Double) -> Double? {
    var best: Double?
    for cheap in sample.costs.indices where sample.costs[cheap] <= budget {
      best = max(best ?? 0, sample.scores[cheap])
      for dear in sample.costs.indices where sample.costs[dear] > budget {
        let share = (budget - sample.costs[cheap]) / (sample.costs[dear] - sample.costs[cheap])
        best = max(best ?? 0, (1 - share) * sample.scores[cheap] + share * sample.scores[dear])
      }
    }
    return best
  }

  @Test(
    "The mixture costs the budget exactly and no other scores more", arguments: 1...60 as ClosedRange<UInt64>)
  func mixture(seed: UInt64) throws {
    let sample = sample(seed)
    let budget = Double(Draws(seed: seed + 500).first(1_200_000)) / 1e6
    let split = BudgetSplit(sample, among: Array(sample.costs.indices), budget: budget)
    guard let split else {
      #expect(bruteForce(sample, budget: budget) == nil)
      return
    }
    let (low, high) = (split.cheaper, split.dearer)
    let cost = (1 - split.dearerShare) * sample.costs[low] + split.dearerShare * sample.costs[high]
    let score = (1 - split.dearerShare) * sample.scores[low] + split.dearerShare * sample.scores[high]
    #expect((0..<1).contains(split.dearerShare))
    #expect(split.dearerShare == 0 ? cost <= budget : abs(cost - budget) < 1e-12)
    #expect(abs(score - (try #require(bruteForce(sample, budget: budget)))) < 1e-9)
  }

  @Test("λ is what a little more budget buys", arguments: 1...60 as ClosedRange<UInt64>)
  func slope(seed: UInt64) throws {
    let sample = sample(seed)
    let budget = (sample.costs.min() ?? 0) + 0.1
    let split = try #require(BudgetSplit(sample, among: Array(sample.costs.indices), budget: budget))
    let here = try #require(bruteForce(sample, budget: budget))
    let there = try #require(bruteForce(sample, budget: budget + 1e-7))
    #expect(abs((there - here) / 1e-7 - split.lambda) < 1e-3)
  }

  @Test("A recommended mixture costs the budget, and its λ is in force", arguments: [150.0, 250, 399])
  func recommended(budget: Double) async throws {
    let sketch = SinglesSketch([("a", 0.5, 100), ("b", 0.8, 200), ("c", 0.9, 400)], queries: 200)
    let found = try await sketch.recommendation(.budget(budget))
    let evidence = try await sketch.evidence()
    let cost = found.mixture.reduce(0.0) { sum, part in
      let position = evidence.kept.indices.first { evidence.policy($0) == part.policy }
      return sum + part.share * (position.map(evidence.meanCost) ?? .nan)
    }
    #expect(found.mixture.count == 2)
    #expect(abs(found.mixture.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    #expect(abs(cost - budget) < 1e-9)
    #expect(found.recommended.policy == found.mixture[0].policy)
    let regime = try #require(found.regimes.first { $0.policy == found.mixture[0].policy })
    #expect(abs(regime.lambdaLow - (try #require(found.lambda))) < 1e-12)
  }
}

extension Draws {
  fileprivate func first(_ bound: Int) -> Int {
    var copy = self
    return copy.below(bound)
  }
}
