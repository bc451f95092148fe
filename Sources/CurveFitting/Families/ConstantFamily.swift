/// S = a: what x does not change.
struct ConstantFamily: CurveFamily {
  let name = "constant"
  let formula = "a"
  let parameters = ["a"]
  let linearCount = 1
  let originForm = OriginForm.none

  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector { ParameterVector(1, 0, 0, 0) }
  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector { ParameterVector(1, 0, 0, 0) }
  func slope(_ x: Double, _ p: ParameterVector) -> Double { 0 }
  func asymptote(_ p: ParameterVector) -> Double? { p[0] }
}
