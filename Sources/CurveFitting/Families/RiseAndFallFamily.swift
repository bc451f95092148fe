import CGSL

/// S = a − b e^{−x/τ} − c x: a saturating gain and a steady loss, so that there is a best x.
struct RiseAndFallFamily: CurveFamily {
  let name = "rise-and-fall"
  let formula = "a − b e^(−x/τ) − c x"
  let parameters = ["a", "b", "c", "tau"]
  let linearCount = 3
  let originForm = OriginForm.equal(1, to: 0)

  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector {
    ParameterVector(1, -exp(-x / p[3]), -x, 0)
  }

  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector {
    let decay = exp(-x / p[3])
    return ParameterVector(1, -decay, -x, -p[1] * decay * x / (p[3] * p[3]))
  }

  func slope(_ x: Double, _ p: ParameterVector) -> Double { p[1] / p[3] * exp(-x / p[3]) - p[2] }
  func asymptote(_ p: ParameterVector) -> Double? { p[2] == 0 ? p[0] : nil }
  func shapes(over support: Support) -> [ShapeAxis] {
    [SaturatingExponentialFamily.timeConstant(over: support)]
  }
}
