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
      simple queries stop at k = \(stop.k), \(NumberText.fixed(100 * share, places: 0)) % of all: \
      where the \(stop.condition)
      """
    if case .quantile = stop.threshold, case .scheme(let frozen)? = chosen.frozen, let own = frozen.k.stop {
      text += " (\(own.threshold) over all queries)"
    }
    return text + "; the others take k = \(scheme.k.values.map(String.init).joined(separator: ">"))"
  }

  /// What deciding k by query is worth, held out.
  static func lines(_ comparison: AdaptiveComparison, unit: CostUnit) -> [String] {
    func means(_ choice: HeldOutChoice) -> String {
      "\(NumberText.fixed(choice.score, places: 4)) at \(NumberText.cost(choice.cost, unit: unit))"
    }
    func line(_ rival: AdaptiveRival, _ name: String) -> String {
      "            against \(name) (\(means(rival.choice))): \(difference(rival, unit))"
    }
    return [
      "  by query  held out, the best k decided by query scores \(means(comparison.adaptive))",
      line(comparison.fixed, "the best fixed policy"),
    ] + (comparison.sameTools.map { [line($0, "a fixed k of the same selector")] } ?? [])
  }

  /// The same as sentences.
  static func paragraph(_ comparison: AdaptiveComparison, unit: CostUnit) -> String {
    var text = """
      Deciding k by query, held out, against the best fixed policy: \(difference(comparison.fixed, unit)).
      """
    if let near = comparison.sameTools {
      text += " Against a fixed k of the same selector: \(difference(near, unit))."
    }
    return text
  }

  /// The paired differences and what they say.
  static func difference(_ rival: AdaptiveRival, _ unit: CostUnit) -> String {
    func money(_ value: Double) -> String { sign(value) + NumberText.cost(abs(value), unit: unit) }
    func score(_ value: Double) -> String { sign(value) + NumberText.fixed(abs(value), places: 4) }
    let (scores, costs) = (rival.scoreDifference, rival.costDifference)
    return """
      score \(score(scores.mean)) (\(score(scores.low)) to \(score(scores.high))), \
      cost \(money(costs.mean)) (\(money(costs.low)) to \(money(costs.high))): \(verdict(rival))
      """
  }

  private static func sign(_ value: Double) -> String { value < 0 ? "−" : "+" }

  /// What the intervals say: of S − λT where there is a λ, else of score and cost.
  static func verdict(_ rival: AdaptiveRival) -> String {
    if let objective = rival.objectiveDifference {
      return [-1: "worse", 0: "not to be told apart", 1: "better"][direction(objective)] ?? ""
    }
    switch (direction(rival.scoreDifference), direction(rival.costDifference)) {
    case (0, 0): return "not to be told apart"
    case (0..., ...0): return "better"
    case (...0, 0...): return "worse"
    case (1, _): return "it scores more and costs more"
    default: return "it costs less and scores less"
    }
  }

  /// ±1 where the interval excludes 0.
  private static func direction(_ difference: Estimate) -> Int {
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
