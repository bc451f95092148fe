/// What deciding k by query is worth: the best adaptive policy against fixed ones, chosen by the same rule.
package struct AdaptiveComparison: Sendable {
  /// What the rule takes among the adaptive policies.
  package let adaptive: HeldOutChoice
  /// Against the fixed policies of all kinds, single models among them.
  package let fixed: AdaptiveRival
  /// Against those that differ from an adaptive policy in k only; `nil` where none is compared.
  package let sameTools: AdaptiveRival?
}

/// A choice in-sample, and the means of its counterparts held out.
package struct HeldOutChoice: Sendable, Equatable {
  package let inSample: PolicyMeans
  /// Chosen on nine folds and scored on the tenth.
  package let score: Double
  /// Per query, in cost units.
  package let cost: Double
}

/// What the rule takes among some fixed policies, and what the adaptive ones differ by, held out and paired.
package struct AdaptiveRival: Sendable {
  package let choice: HeldOutChoice
  /// Adaptive minus fixed.
  package let scoreDifference: Estimate
  package let costDifference: Estimate
  /// Where the rule asks for the largest S − λT; a λ that only follows from the choice compares nothing.
  package let objectiveDifference: Estimate?
}

extension Recommender {
  /// - Parameter eligible: by fold, whether each policy may be chosen on the rows outside it.
  func adaptiveComparison(_ eligible: [[Bool]]) async -> AdaptiveComparison? {
    let policies = means.positions.map(evidence.policy)
    let isAdaptive = policies.map(\.isAdaptive)
    guard isAdaptive.contains(true), isAdaptive.contains(false) else { return nil }
    let tools = Set(policies.filter(\.isAdaptive).compactMap(\.withoutK))
    let isNear = policies.map { !$0.isAdaptive && ($0.withoutK.map(tools.contains) ?? false) }
    let own = await heldOut(among: isAdaptive, eligible)
    func rival(_ group: [Bool]) async -> AdaptiveRival {
      let other = await heldOut(among: group, eligible)
      return AdaptiveRival(
        choice: choice(among: group, other), scoreDifference: own.scoreDifference(to: other),
        costDifference: own.costDifference(to: other),
        objectiveDifference: wantedLambda.map { own.objectiveDifference(to: other, lambda: $0) })
    }
    return AdaptiveComparison(
      adaptive: choice(among: isAdaptive, own), fixed: await rival(isAdaptive.map { !$0 }),
      sameTools: isNear.contains(true) ? await rival(isNear) : nil)
  }

  private var wantedLambda: Double? {
    if case .objective(let lambda) = rule.aim { lambda } else { nil }
  }

  private func heldOut(among group: [Bool], _ eligible: [[Bool]]) async -> CompositeMeans {
    let validation = CrossValidation(
      evidence, rule: rule, positions: means.positions, scale: settings.costUnit.scale, eligible: eligible,
      among: group)
    return await CompositeMeans(validation.chosen, settings: settings)
  }

  private func choice(among group: [Bool], _ heldOut: CompositeMeans) -> HeldOutChoice {
    let choice = rule.choose(in: means.sample(isEligible, pairedError), among: group).index
    return HeldOutChoice(
      inSample: PolicyMeans(
        policy: evidence.policy(means.positions[choice]), score: means.scores[choice],
        cost: means.costs[choice]),
      score: heldOut.score.mean, cost: heldOut.cost.mean)
  }
}

extension Policy {
  /// The scheme with k = 1, so that policies which differ in k only are equal; `nil` of a baseline.
  fileprivate var withoutK: SchemePolicy? {
    guard case .scheme(var scheme) = self else { return nil }
    scheme.k = KSchedule(constant: 1)
    return scheme
  }
}
