import CGSL

/// S = a / (1 + e^{−(x−m)/s}): an S-shaped rise (s > 0) or fall (s < 0) about x = m (Verhulst 1838; NIST Rat42).
struct LogisticFamily: CurveFamily {
  let name = "logistic"
  let formula = "a / (1 + e^(−(x−m)/s))"
  let parameters = ["a", "m", "s"]
  let linearCount = 1
  let originForm = OriginForm.none

  private func share(_ x: Double, _ p: ParameterVector) -> Double { 1 / (1 + exp(-(x - p[1]) / p[2])) }

  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector { ParameterVector(share(x, p), 0, 0, 0) }

  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector {
    let share = share(x, p)
    let steepness = p[0] * share * (1 - share) / p[2]
    return ParameterVector(share, -steepness, -steepness * (x - p[1]) / p[2], 0)
  }

  func slope(_ x: Double, _ p: ParameterVector) -> Double {
    let share = share(x, p)
    return p[0] * share * (1 - share) / p[2]
  }

  func asymptote(_ p: ParameterVector) -> Double? { p[2] > 0 ? p[0] : 0 }

  func shapes(over support: Support) -> [ShapeAxis] {
    let middles = ShapeAxis.even(
      from: support.low - 2 * support.span, to: support.high + 2 * support.span, count: 16)
    let widths = ShapeAxis.logarithmic(
      from: support.gap / 8, to: max(4 * support.span, support.gap / 4), count: 7)
    return [ShapeAxis([middles]), ShapeAxis([widths.reversed().map { -$0 }, widths])]
  }
}
