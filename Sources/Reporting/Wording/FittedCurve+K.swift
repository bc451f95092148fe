import RoutingCore

/// The k that a curve along k puts best, as a recommendation shows it beside the measured one.
extension FittedCurve {
  var fittedK: JSONValue {
    guard let optimum, let chosen, case .object(var members) = optimum.json else { return .null }
    members["family"] = .string(chosen)
    members["slice"] = .string(slice)
    return .object(members)
  }

  /// `nil` without an optimum.
  var fittedKText: String? {
    guard let optimum, let chosen else { return nil }
    let range = optimum.low.flatMap { low in
      optimum.high.map { " (\(Figures.short(low))–\(Figures.short($0)))" }
    }
    let measured = optimum.measured
    return """
      k* = \(Figures.short(optimum.x))\(range ?? "") on the \(chosen) curve along k, measured \
      \(Figures.short(measured.x)) (\(Figures.short(measured.low))–\(Figures.short(measured.high))): \
      \(optimum.agrees ? "the same within their uncertainty" : "they disagree by more than their uncertainty")
      """
  }
}
