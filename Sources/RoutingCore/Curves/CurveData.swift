/// A measured point of a curve.
package struct CurvePoint: Sendable, Equatable {
  package let x: Double
  package let y: Double
  /// `nil` where nothing is known of its error.
  package let standardError: Double?

  package init(x: Double, y: Double, standardError: Double? = nil) {
    self.x = x
    self.y = y
    self.standardError = standardError
  }
}

/// Points to fit curves to, with what is known of their errors.
package struct CurveData: Sendable, Equatable {
  /// What is known of the errors of the points.
  package enum Errors: Sendable, Equatable {
    /// Nothing: ordinary least squares; the scatter about the curve says how large they are.
    case unknown
    /// Independent, with the standard error of each point: weighted least squares.
    case independent
    /// The covariance of the points, row by row: generalised least squares. One that was `given` must be
    /// positive semidefinite; one estimated by resampling may miss that by rounding.
    case correlated(covariance: [Double], isGiven: Bool)
  }

  package let points: [CurvePoint]
  package let errors: Errors

  /// - Precondition: as many rows and columns in a covariance as points, and a standard error for each
  ///   point where errors are `independent`.
  package init(points: [CurvePoint], errors: Errors) {
    switch errors {
    case .unknown: break
    case .independent:
      precondition(points.allSatisfy { $0.standardError != nil }, "one standard error per point")
    case .correlated(let covariance, _):
      precondition(covariance.count == points.count * points.count, "one covariance per pair of points")
    }
    self.points = points
    self.errors = errors
  }
}
