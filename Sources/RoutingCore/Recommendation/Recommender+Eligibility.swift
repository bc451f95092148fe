extension Recommender {
  /// Of the eligible policies those that meet the constraints as surely as the rule asks for.
  static func confident(_ means: ReplicateMeans, _ rule: ChoiceRule, _ isEligible: [Bool]) -> [Bool] {
    guard let confidence = rule.confidence else { return isEligible }
    let met = means.metShares(rule, isEligible: isEligible)
    return zip(isEligible, met).map { $0 && $1 >= confidence }
  }

  /// The same for each fold left out.
  func eligibleByFold() async -> [[Bool]] {
    var eligible: [[Bool]] = []
    for fold in 0..<IdentityDigest.folds { eligible.append(await isEligible(without: fold)) }
    return eligible
  }

  /// Which policies may be chosen on the rows outside a fold.
  func isEligible(without fold: UInt8) async -> [Bool] {
    let isQuick = means.positions.map { latencies.isMet($0, without: fold) }
    guard rule.confidence != nil else { return isQuick }
    let others = await ResampledMeans(evidence.sums.without(fold: fold), settings: settings)
    return Self.confident(ReplicateMeans(others, positions: means.positions), rule, isQuick)
  }
}
