/// A parameter of a fitted curve.
package struct CurveParameter: Sendable, Equatable {
  package let name: String
  package let value: Double
  /// `nil` where the data do not determine it, or where it is at a bound.
  package let standardError: Double?
  /// Ends of the 95 % interval by profile likelihood; `nil` = not identified on that side.
  package let low: Double?
  package let high: Double?
  /// Whether the best value in the domain is the domain's end.
  package let isAtBound: Bool

  package init(
    name: String, value: Double, standardError: Double?, low: Double?, high: Double?, isAtBound: Bool = false
  ) {
    self.name = name
    self.value = value
    self.standardError = standardError
    self.low = low
    self.high = high
    self.isAtBound = isAtBound
  }
}

/// One family of curves fitted to points.
package struct FamilyFit: Sendable, Equatable {
  package let family: String
  package let formula: String
  package let parameters: [CurveParameter]
  /// Residual sum of squares, unweighted.
  package let rss: Double
  /// Weighted by the errors of the points; `nil` where they are unknown.
  package let chiSquare: Double?
  /// Probability of a χ² at least as large if the family were right.
  package let pValue: Double?
  package let degreesOfFreedom: Int
  /// χ² + 2p, or AICc where the errors are unknown.
  package let aic: Double
  /// Akaike weight among the families fitted together.
  package var weight: Double
  /// Whether some combination of the parameters is hardly determined by the data.
  package let isNearSingular: Bool

  package init(
    family: String, formula: String, parameters: [CurveParameter], rss: Double, chiSquare: Double?,
    pValue: Double?, degreesOfFreedom: Int, aic: Double, weight: Double, isNearSingular: Bool
  ) {
    self.family = family
    self.formula = formula
    self.parameters = parameters
    self.rss = rss
    self.chiSquare = chiSquare
    self.pValue = pValue
    self.degreesOfFreedom = degreesOfFreedom
    self.aic = aic
    self.weight = weight
    self.isNearSingular = isNearSingular
  }
}

/// What became of a family: a fit, or why there is none.
package enum FamilyOutcome: Sendable, Equatable {
  case fitted(FamilyFit)
  case skipped(family: String, reason: String)

  package var family: String {
    switch self {
    case .fitted(let fit): fit.family
    case .skipped(let family, _): family
    }
  }

  package var fit: FamilyFit? {
    if case .fitted(let fit) = self { fit } else { nil }
  }
}
