/// What deciding k by query is worth: adaptive policies against fixed ones, both chosen by the same rule.
package struct AdaptiveComparison: Sendable {
  /// What the rule takes among the adaptive policies, and among all others, in-sample.
  package let adaptive: PolicyMeans
  package let fixed: PolicyMeans
  /// Both chosen on nine folds and scored on the tenth.
  package let heldOutAdaptive: HeldOutPair
  package let heldOutFixed: HeldOutPair
  /// Adaptive minus fixed, held out, paired.
  package let scoreDifference: Estimate
  package let costDifference: Estimate
  /// `nil` without λ.
  package let objectiveDifference: Estimate?

  /// Mean score, and cost per query in cost units.
  package struct HeldOutPair: Sendable, Equatable {
    package let score: Double
    package let cost: Double
  }
}

extension Recommender {
  /// - Parameter eligible: by fold, whether each policy may be chosen on the rows outside it.
  func adaptiveComparison(lambda: Double?, _ eligible: [[Bool]]) async -> AdaptiveComparison? {
    let isAdaptive = means.positions.map { evidence.policy($0).isAdaptive }
    guard isAdaptive.contains(true), isAdaptive.contains(false) else { return nil }
    let own = await heldOut(among: isAdaptive, eligible)
    let other = await heldOut(among: isAdaptive.map { !$0 }, eligible)
    return AdaptiveComparison(
      adaptive: chosenMeans(among: isAdaptive), fixed: chosenMeans(among: isAdaptive.map { !$0 }),
      heldOutAdaptive: .init(score: own.score.mean, cost: own.cost.mean),
      heldOutFixed: .init(score: other.score.mean, cost: other.cost.mean),
      scoreDifference: own.scoreDifference(to: other), costDifference: own.costDifference(to: other),
      objectiveDifference: lambda.map { own.objectiveDifference(to: other, lambda: $0) })
  }

  private func heldOut(among group: [Bool], _ eligible: [[Bool]]) async -> CompositeMeans {
    let validation = CrossValidation(
      evidence, rule: rule, positions: means.positions, scale: settings.costUnit.scale, eligible: eligible,
      among: group)
    return await CompositeMeans(validation.chosen, settings: settings)
  }

  private func chosenMeans(among group: [Bool]) -> PolicyMeans {
    let choice = rule.choose(in: means.sample(isEligible, pairedError), among: group).index
    return PolicyMeans(
      policy: evidence.policy(means.positions[choice]), score: means.scores[choice], cost: means.costs[choice]
    )
  }
}
