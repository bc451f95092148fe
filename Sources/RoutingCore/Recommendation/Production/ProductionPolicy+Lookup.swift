extension ProductionPolicy {
  /// What to run for a query with this label; without a label, or with one no workload has, the default.
  package func decision(for workload: String?) -> ProductionDecision {
    guard let workload else { return fallback }
    return workloads.first { $0.workload.map(ExactString.init) == ExactString(workload) } ?? fallback
  }

  /// The candidates in the order in which ties fall.
  package var pool: [ProductionModel] { models.filter(\.isInPool) }

  /// Names that are called somewhere: models, then those behind selectors and aggregators.
  package var callees: [String] {
    let tools = (workloads + [fallback]).flatMap { [$0.selector, $0.aggregator] }.compactMap { $0 }
    var names: [ExactString] = []
    for name in models.map(\.name) + tools.map({ $0.model ?? $0.name })
    where !names.contains(ExactString(name)) {
      names.append(ExactString(name))
    }
    return names.map(\.text)
  }
}

extension Double {
  /// The nearest number with that many significant decimal digits, itself when it is 0.
  package func rounded(significantDigits digits: Int) -> Double {
    guard isFinite, self != 0 else { return self }
    var places = digits
    var magnitude = abs(self)
    while magnitude >= 1 {
      magnitude /= 10
      places -= 1
    }
    while magnitude < 0.1, places < 22 {
      magnitude *= 10
      places += 1
    }
    var power = 1.0
    for _ in 0..<abs(places) { power *= 10 }
    // A power of ten up to 10²² is exact, so the quotient is the double nearest to the decimal.
    return places >= 0
      ? (self * power).rounded(.toNearestOrEven) / power : (self / power).rounded(.toNearestOrEven) * power
  }
}
