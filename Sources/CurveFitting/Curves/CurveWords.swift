import RoutingCore

/// What a fit says, in sentences.
struct CurveWords {
  let fits: CurveFits
  let chosen: FittedFamily?
  let points: Int
  let rank: Int

  var notes: [String] {
    var notes: [String] = []
    if rank < points { notes.append("\(points) points, of which \(rank) are independent (rank)") }
    guard let chosen else { return notes + ["no family can be fitted to these points"] }
    if let choice = choice(chosen) { notes.append(choice) }
    if let p = chosen.fit.pValue, p < 0.01 {
      notes.append(
        "even \(chosen.fit.family) does not describe the points (\(Self.probability(p))): read it as a summary, and trust the measured points"
      )
    }
    for parameter in chosen.fit.parameters {
      if parameter.isAtBound {
        notes.append(
          "\(parameter.name) is at the end of its domain (\(Self.number(parameter.value))): its best value lies beyond"
        )
      } else if parameter.low == nil || parameter.high == nil {
        let side =
          parameter.low == nil && parameter.high == nil
          ? "not identified" : parameter.low == nil ? "not identified downwards" : "not identified upwards"
        notes.append("\(parameter.name) is \(side)")
      }
    }
    if chosen.fit.isNearSingular {
      notes.append("some combination of the parameters is hardly determined by the points")
    }
    return notes
  }

  private func choice(_ chosen: FittedFamily) -> String? {
    guard let constant = fits.fitted.first(where: { $0.fit.family == "constant" }), fits.fitted.count > 1
    else {
      return nil
    }
    if chosen.fit.family == "constant" {
      let best = fits.fitted.map(\.fit.aic).min() ?? constant.fit.aic
      return best < constant.fit.aic
        ? "flat: no family beats constant by \(Self.number(CurveFitter.leadOverConstant)) in AIC (the best by \(Self.number(constant.fit.aic - best)))"
        : "flat: no family beats constant in AIC"
    }
    let rivals = fits.fitted.filter {
      $0.fit.family != chosen.fit.family && $0.fit.aic - chosen.fit.aic < 2
    }
    let lead = "beats constant by \(Self.number(constant.fit.aic - chosen.fit.aic)) in AIC"
    return rivals.isEmpty
      ? "\(chosen.fit.family) \(lead)"
      : "\(chosen.fit.family) \(lead); \(rivals.map(\.fit.family).joined(separator: ", ")) describe\(rivals.count == 1 ? "s" : "") the points about as well"
  }

  func agreement(_ optimum: CurveOptimum, axis: CurveAxis) -> String {
    let curve = "\(Self.number(optimum.x))\(Self.range(optimum.low, optimum.high))"
    let measured =
      "\(Self.number(optimum.measured.x))\(Self.range(optimum.measured.low, optimum.measured.high))"
    let edge = optimum.isAtEdge ? "; the curve's is at the edge of what was measured" : ""
    return optimum.agrees
      ? "the best \(axis.rawValue) by the curve, \(curve), agrees with the measured one, \(measured)\(edge)"
      : "the best \(axis.rawValue) by the curve, \(curve), disagrees with the measured one, \(measured), by more than their uncertainty\(edge)"
  }

  private static func range(_ low: Double?, _ high: Double?) -> String {
    guard let low, let high else { return " (no interval)" }
    return " (\(number(low))–\(number(high)))"
  }

  /// Three significant digits, and no decimals from 100 on.
  static func number(_ value: Double) -> String { Figures.short(value) }

  /// `p = 0.03`, `p < 0.000001`.
  static func probability(_ p: Double) -> String { p < 1e-6 ? "p < 0.000001" : "p = \(Figures.short(p))" }
}
