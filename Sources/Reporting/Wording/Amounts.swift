package import RoutingCore

/// Costs, scores and their differences as a report writes them.
package struct Amounts {
  let unit: CostUnit

  package init(unit: CostUnit) { self.unit = unit }

  /// Queries that a shown cost is for: dollars of one query are too small to read.
  var queries: Double { unit == .usd ? 1000 : 1 }

  /// As λ is per.
  var name: String { unit == .usd ? "USD" : unit.rawValue }

  /// What shown costs are in, for headings.
  var heading: String {
    switch unit {
    case .usd: "cost, USD per 1,000 queries"
    case .tokens: "tokens per query"
    case .ktokens: "thousand tokens per query"
    }
  }

  /// With the unit, for sentences.
  package func sentence(_ cost: Double) -> String {
    NumberText.cost(cost * queries, unit: unit) + (unit == .usd ? " per 1,000 queries" : " per query")
  }

  /// Without the unit, for tables.
  func cell(_ cost: Double) -> String {
    unit == .tokens ? NumberText.fixed(cost, places: 0) : NumberText.significant(cost * queries)
  }

  /// The value that an axis shows.
  func shown(_ cost: Double) -> Double { cost * queries }

  func score(_ value: Double) -> String { NumberText.fixed(value, places: 3) }

  func scoreInterval(_ estimate: Estimate) -> String { "\(score(estimate.low)) to \(score(estimate.high))" }

  func costInterval(_ estimate: Estimate) -> String { "\(cell(estimate.low)) to \(cell(estimate.high))" }

  func signed(_ value: Double) -> String {
    let text = NumberText.fixed(value, places: 3)
    return value >= 0 ? "+" + text : "−" + text.dropFirst()
  }

  /// `−12 %` of `whole`; `nil` where there is nothing to compare with.
  func change(_ difference: Double, of whole: Double) -> String? {
    guard whole > 0 else { return nil }
    let text = NumberText.fixed(100 * abs(difference) / whole, places: 0)
    return (difference < 0 ? "−" : "+") + text + " %"
  }

  /// `for 12 % less`, `at 3.1 times the cost`.
  package func changeInWords(_ difference: Double, of whole: Double) -> String {
    guard whole > 0, difference != 0 else { return "at the same cost" }
    if difference >= whole {
      return "at \(NumberText.significant((whole + difference) / whole, digits: 2)) times the cost"
    }
    let share = NumberText.fixed(100 * abs(difference) / whole, places: 0)
    return "for \(share) % \(difference < 0 ? "less" : "more")"
  }

  func percent(_ share: Double) -> String { NumberText.fixed(100 * share, places: 0) + " %" }
}
