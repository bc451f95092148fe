/// S = a − b / (1 + x/h): half of b is gained at x = h.
///
/// Through the origin, a x / (h + x): Michaelis and Menten 1913 (NIST Misra1d).
struct HyperbolicFamily: CurveFamily {
  let name = "hyperbolic"
  let formula = "a − b / (1 + x/h)"
  let parameters = ["a", "b", "h"]
  let linearCount = 2
  let originForm = OriginForm.equal(1, to: 0)

  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector {
    ParameterVector(1, -p[2] / (p[2] + x), 0, 0)
  }

  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector {
    let whole = p[2] + x
    return ParameterVector(1, -p[2] / whole, -p[1] * x / (whole * whole), 0)
  }

  func slope(_ x: Double, _ p: ParameterVector) -> Double {
    let whole = p[2] + x
    return p[1] * p[2] / (whole * whole)
  }

  func asymptote(_ p: ParameterVector) -> Double? { p[0] }

  func objection(to support: Support) -> String? {
    support.low >= 0 ? nil : "needs x ≥ 0, found x = \(support.low)"
  }

  func shapes(over support: Support) -> [ShapeAxis] {
    let low = max(support.gap / 50, support.high / 10_000)
    return [ShapeAxis([ShapeAxis.logarithmic(from: low, to: max(100 * support.span, 2 * low), count: 24)])]
  }
}
