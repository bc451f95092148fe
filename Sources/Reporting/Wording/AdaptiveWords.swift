import RoutingCore

/// What adaptive policies do, in words.
enum AdaptiveWords {
  /// How many queries stop early under a policy, and when; nothing where k is fixed.
  static func lines(_ chosen: ChosenPolicy) -> [String] {
    guard let sentence = sentence(chosen) else { return [] }
    return ["  adaptive  \(sentence)"]
  }

  /// Without its end.
  static func sentence(_ chosen: ChosenPolicy) -> String? {
    guard case .scheme(let scheme) = chosen.policy, let stop = scheme.k.stop, let share = chosen.stopShare
    else { return nil }
    var text = """
      simple queries stop at k = \(stop.k), \(NumberText.fixed(100 * share, places: 0)) % of them all: \
      where the \(stop.condition)
      """
    if case .quantile = stop.threshold, case .scheme(let frozen)? = chosen.frozen, let own = frozen.k.stop {
      text += " (\(own.threshold) over all queries)"
    }
    return text + "; the others take k = \(scheme.k.values.map(String.init).joined(separator: ">"))"
  }

  /// What deciding k by query is worth, held out.
  static func lines(_ comparison: AdaptiveComparison, unit: CostUnit) -> [String] {
    let (adaptive, fixed) = (comparison.heldOutAdaptive, comparison.heldOutFixed)
    func means(_ pair: AdaptiveComparison.HeldOutPair) -> String {
      "\(NumberText.fixed(pair.score, places: 4)) at \(NumberText.cost(pair.cost, unit: unit))"
    }
    let (score, cost) = (comparison.scoreDifference, comparison.costDifference)
    func money(_ value: Double) -> String {
      (value < 0 ? "−" : "+") + NumberText.cost(abs(value), unit: unit)
    }
    return [
      "  k by query, held out: the best adaptive policy \(means(adaptive)), the best fixed one \(means(fixed))",
      """
                score \(signed(score.mean)) (\(signed(score.low)) to \(signed(score.high))), \
      cost \(money(cost.mean)) (\(money(cost.low)) to \(money(cost.high))) a query: \(verdict(comparison))
      """,
    ]
  }

  private static func signed(_ value: Double) -> String {
    (value < 0 ? "−" : "+") + NumberText.fixed(abs(value), places: 4)
  }

  /// What the intervals say: of S − λT where there is a λ, else of score and cost.
  static func verdict(_ comparison: AdaptiveComparison) -> String {
    if let objective = comparison.objectiveDifference {
      if objective.low > 0 { return "deciding by query is better" }
      return objective.high < 0 ? "a fixed k is better" : "the data do not tell them apart"
    }
    let (score, cost) = (comparison.scoreDifference, comparison.costDifference)
    let (scores, costs) = (sign(score), sign(cost))
    switch (scores, costs) {
    case (0, 0): return "the data do not tell them apart"
    case (0..., ...0): return "deciding by query is better"
    case (...0, 0...): return "a fixed k is better"
    default: return "one scores more, the other costs less"
    }
  }

  /// Of a difference whose interval excludes 0; else 0.
  private static func sign(_ difference: Estimate) -> Int {
    difference.low > 0 ? 1 : difference.high < 0 ? -1 : 0
  }
}

extension EarlyStop {
  /// When a query stops, to follow "where the".
  var condition: String {
    switch threshold {
    case .value: "\(signal.words) is at least \(threshold)"
    case .quantile(let share):
      "\(signal.words) is at least its \(FixedPoint.text(Int128(share), places: 6)) quantile on other queries"
    }
  }
}
