import CGSL

/// S = a + b ln x: every doubling of x adds the same.
struct LogarithmicFamily: CurveFamily {
  let name = "logarithmic"
  let formula = "a + b ln x"
  let parameters = ["a", "b"]
  let linearCount = 2
  let originForm = OriginForm.none

  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector { ParameterVector(1, log(x), 0, 0) }
  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector { columns(x, p) }
  func slope(_ x: Double, _ p: ParameterVector) -> Double { p[1] / x }
  func asymptote(_ p: ParameterVector) -> Double? { p[1] == 0 ? p[0] : nil }

  func objection(to support: Support) -> String? {
    support.low > 0 ? nil : "needs x > 0, found x = \(support.low)"
  }
}
