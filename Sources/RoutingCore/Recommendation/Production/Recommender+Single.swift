extension Recommender {
  /// What the rule takes among the single models, held to the score that all policies set; where none of them
  /// meets it, the nearest.
  var bestSingle: PolicyMeans? {
    let isSingle = means.positions.map { position in
      if case .single = evidence.policy(position) { true } else { false }
    }
    guard isSingle.contains(true) else { return nil }
    var fixed = rule.held(toTargetOf: means.sample(isEligible))
    fixed.isOneStandardError = false
    let eligible = means.sample(zip(isEligible, isSingle).map { $0 && $1 })
    let choice = fixed.choose(in: eligible) ?? nearest(fixed, isSingle: isSingle, eligible)
    return PolicyMeans(
      policy: evidence.policy(means.positions[choice]), score: means.scores[choice], cost: means.costs[choice]
    )
  }

  private func nearest(_ rule: ChoiceRule, isSingle: [Bool], _ eligible: ChoiceSample) -> Int {
    rule.nearest(in: eligible.isEligible.contains(true) ? eligible : means.sample(isSingle))
  }
}
