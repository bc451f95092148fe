import CGSL

/// Probabilities and quantiles.
enum Distributions {
  /// P(χ² ≥ `value`) on `degreesOfFreedom` ≥ 1.
  static func chiSquareTail(_ value: Double, degreesOfFreedom: Int) -> Double {
    gsl_cdf_chisq_Q(max(0, value), Double(degreesOfFreedom))
  }

  /// The 95 % quantile of χ² on one degree of freedom.
  static let chiSquare95 = gsl_cdf_chisq_Pinv(0.95, 1)

  /// The square of the two-sided 95 % quantile of Student's t, which is that of F(1, ν).
  static func fisher95(degreesOfFreedom: Int) -> Double {
    let t = gsl_cdf_tdist_Pinv(0.975, Double(max(1, degreesOfFreedom)))
    return t * t
  }
}
