/// σ²/k: independent answers.
struct IndependentLaw: CurveFamily {
  let name = "iid"
  let formula = "σ²/k"
  let parameters = ["sigma2"]
  let linearCount = 1
  let originForm = OriginForm.none

  func columns(_ k: Double, _ p: ParameterVector) -> ParameterVector { ParameterVector(1 / k, 0, 0, 0) }
  func gradient(_ k: Double, _ p: ParameterVector) -> ParameterVector { columns(k, p) }
  func slope(_ k: Double, _ p: ParameterVector) -> Double { -p[0] / (k * k) }
  func asymptote(_ p: ParameterVector) -> Double? { 0 }
}

/// σ² (ρ + (1 − ρ)/k): equally correlated answers; what is common to all never averages out.
struct CorrelatedLaw: CurveFamily {
  let name = "correlated"
  let formula = "σ² (ρ + (1−ρ)/k)"
  let parameters = ["sigma2", "rho"]
  let linearCount = 1
  let originForm = OriginForm.none

  func columns(_ k: Double, _ p: ParameterVector) -> ParameterVector {
    ParameterVector(p[1] + (1 - p[1]) / k, 0, 0, 0)
  }
  func gradient(_ k: Double, _ p: ParameterVector) -> ParameterVector {
    ParameterVector(p[1] + (1 - p[1]) / k, p[0] * (1 - 1 / k), 0, 0)
  }
  func slope(_ k: Double, _ p: ParameterVector) -> Double { -p[0] * (1 - p[1]) / (k * k) }
  func asymptote(_ p: ParameterVector) -> Double? { p[0] * p[1] }

  /// Beyond 1 the variance grows with k, which merges may do.
  func shapes(over support: Support) -> [ShapeAxis] {
    [ShapeAxis([ShapeAxis.even(from: -1, to: 2, count: 31)])]
  }
}

/// (σ²/k)(N−k)/(N−1): k drawn without replacement from a pool of N; nothing varies once all are in.
struct FinitePoolLaw: CurveFamily {
  /// N, at least 2.
  let pool: Int

  let name = "finite-pool"
  let formula = "(σ²/k) (N−k)/(N−1)"
  let parameters = ["sigma2"]
  let linearCount = 1
  let originForm = OriginForm.none

  private func share(_ k: Double) -> Double { (Double(pool) - k) / Double(pool - 1) / k }

  func columns(_ k: Double, _ p: ParameterVector) -> ParameterVector { ParameterVector(share(k), 0, 0, 0) }
  func gradient(_ k: Double, _ p: ParameterVector) -> ParameterVector { columns(k, p) }
  func slope(_ k: Double, _ p: ParameterVector) -> Double {
    -p[0] * Double(pool) / Double(pool - 1) / (k * k)
  }
  func asymptote(_ p: ParameterVector) -> Double? { nil }
}
