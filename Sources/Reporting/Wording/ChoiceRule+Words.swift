package import RoutingCore

extension ChoiceRule {
  /// What is wanted, in words.
  package func sentence(unit: CostUnit) -> String {
    var parts: [String]
    switch aim {
    case .objective(let lambda):
      parts = ["the largest S − λT at λ = \(NumberText.significant(lambda)) per \(unit.rawValue)"]
    case .leastCost: parts = ["the least cost"]
    case .budget: parts = ["the best score"]
    }
    switch scoreTarget {
    case .score(let score): parts.append("with a score of at least \(NumberText.fixed(score, places: 4))")
    case .shareOfBest(let share):
      parts.append("with at least \(NumberText.significant(100 * share)) % of the best score")
    case nil: break
    }
    if let budget { parts.append("for at most \(NumberText.cost(budget, unit: unit)) a query") }
    if let maxLatencyP95 {
      parts.append("with a p95 latency of at most \(NumberText.significant(maxLatencyP95)) s")
    }
    if let confidence {
      parts.append("met in at least \(NumberText.fixed(100 * confidence, places: 0)) % of the resamples")
    }
    if isOneStandardError { parts.append("(cheapest within one standard error)") }
    return parts.joined(separator: " ")
  }
}
