import RoutingCore

/// Points ready to be fitted: checked, with their errors turned into a whitening.
struct CurveProblem: Sendable {
  let x: [Double]
  let y: [Double]
  let whitening: Whitening
  /// y whitened.
  let target: [Double]
  let support: Support
  /// Whether the size of the errors is known, so that χ² means something.
  let hasErrors: Bool
  let isCorrelated: Bool

  /// - Throws: `FitError` for values that are no numbers, errors that are none, or x that are all equal.
  init(_ data: CurveData) throws(FitError) {
    for (index, point) in data.points.enumerated() {
      guard point.x.isFinite else { throw .notFinite(what: "x", point: index + 1) }
      guard point.y.isFinite else { throw .notFinite(what: "y", point: index + 1) }
    }
    x = data.points.map(\.x)
    y = data.points.map(\.y)
    support = Support(x)
    if support.x.count == 1, x.count > 1 { throw .allXEqual(x: x[0], points: x.count) }
    if x.isEmpty { throw .tooFewPoints(family: "a curve", parameters: 1, needed: 3, found: 0, isRank: false) }
    whitening = try Whitening(data.points, errors: data.errors)
    target = whitening(y)
    hasErrors = data.errors != .unknown
    if case .correlated = data.errors { isCorrelated = true } else { isCorrelated = false }
  }

  /// The same points with other y: a bootstrap replicate.
  init(_ other: CurveProblem, y: [Double]) {
    x = other.x
    self.y = y
    whitening = other.whitening
    target = whitening(y)
    support = other.support
    hasErrors = other.hasErrors
    isCorrelated = other.isCorrelated
  }

  /// Independent residuals.
  var rank: Int { target.count }

  /// The size of residuals to be expected, so that tolerances do not depend on the unit of y.
  var scale: Double {
    let mean = target.reduce(0, +) / Double(rank)
    let spread = target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    return spread > 0 ? spread : max(target.map(abs).max() ?? 0, .leastNormalMagnitude)
  }

  /// Throws where there are too few points for a family (Curves.md, "Fitting").
  func checkSize(for family: any CurveFamily) throws(FitError) {
    let count = family.parameters.count
    let needed = count + (hasErrors ? 1 : 2)
    guard rank >= needed else {
      throw .tooFewPoints(
        family: family.name, parameters: count, needed: needed, found: rank, isRank: rank < x.count)
    }
    guard support.x.count >= count else {
      throw .tooFewDistinct(family: family.name, needed: count, found: support.x.count)
    }
  }
}
