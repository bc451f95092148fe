import CGSL

/// S = a − b e^{−x/τ}: what is left to gain shrinks by the same share with every unit of x.
///
/// Through the origin, a (1 − e^{−x/τ}): the monomolecular curve (Mitscherlich 1909; NIST Misra1a, BoxBOD).
struct SaturatingExponentialFamily: CurveFamily {
  let name = "saturating-exponential"
  let formula = "a − b e^(−x/τ)"
  let parameters = ["a", "b", "tau"]
  let linearCount = 2
  let originForm = OriginForm.equal(1, to: 0)

  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector {
    ParameterVector(1, -exp(-x / p[2]), 0, 0)
  }

  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector {
    let decay = exp(-x / p[2])
    return ParameterVector(1, -decay, -p[1] * decay * x / (p[2] * p[2]), 0)
  }

  func slope(_ x: Double, _ p: ParameterVector) -> Double { p[1] / p[2] * exp(-x / p[2]) }
  func asymptote(_ p: ParameterVector) -> Double? { p[0] }
  func shapes(over support: Support) -> [ShapeAxis] { [Self.timeConstant(over: support)] }

  /// τ from an eighth of the smallest step (the rise is over before the second point) to 50 times the span
  /// (a straight line).
  static func timeConstant(over support: Support) -> ShapeAxis {
    // e^{±x/τ} stays far from overflow.
    let low = max(support.gap / 8, support.magnitude / 300)
    return ShapeAxis([ShapeAxis.logarithmic(from: low, to: max(50 * support.span, 2 * low), count: 24)])
  }
}
