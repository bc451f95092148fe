/// S = a + b x: constant returns.
struct LinearFamily: CurveFamily {
  let name = "linear"
  let formula = "a + b x"
  let parameters = ["a", "b"]
  let linearCount = 2
  let originForm = OriginForm.without(0)

  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector { ParameterVector(1, x, 0, 0) }
  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector { ParameterVector(1, x, 0, 0) }
  func slope(_ x: Double, _ p: ParameterVector) -> Double { p[1] }
  func asymptote(_ p: ParameterVector) -> Double? { p[1] == 0 ? p[0] : nil }
}
