import CGSL

/// S = a − b x^{−c}, c ≠ 0 of either sign: a power law, with a limit for c > 0 (Cortes et al. 1993 for
/// learning curves).
///
/// Through the origin a = 0, so −b x^{−c} is b′ x^{c′} (NIST DanWood). For c → 0 it becomes a logarithm.
struct PowerFamily: CurveFamily {
  let name = "power"
  let formula = "a − b x^(−c)"
  let parameters = ["a", "b", "c"]
  let linearCount = 2
  let originForm = OriginForm.without(0)

  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector {
    ParameterVector(1, -pow(x, -p[2]), 0, 0)
  }

  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector {
    let power = pow(x, -p[2])
    return ParameterVector(1, -power, p[1] * power * log(x), 0)
  }

  func slope(_ x: Double, _ p: ParameterVector) -> Double { p[1] * p[2] * pow(x, -p[2] - 1) }
  func asymptote(_ p: ParameterVector) -> Double? { p[2] > 0 ? p[0] : nil }

  func objection(to support: Support) -> String? {
    support.low > 0 ? nil : "needs x > 0, found x = \(support.low)"
  }

  func shapes(over support: Support) -> [ShapeAxis] {
    // x^{±c} stays far from overflow.
    let steepest = 300 / max(abs(log(support.low)), abs(log(support.high)), 1e-300)
    let rising = [0.001, 0.03, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8].filter { $0 <= steepest }
    return [ShapeAxis([rising.reversed().map { -$0 }, rising])]
  }
}
