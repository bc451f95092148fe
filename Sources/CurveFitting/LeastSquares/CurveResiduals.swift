/// A family about the points of a problem, as functions of the free parameters.
struct CurveResiduals {
  let family: any CurveFamily
  let problem: CurveProblem
  let axes: [ShapeAxis]

  /// What a residual is where the curve does not exist: a step there is always refused.
  private static let barrier = 1e100

  func isInDomain(_ p: ParameterVector) -> Bool {
    for index in 0..<family.linearCount where !p[index].isFinite { return false }
    return axes.indices.allSatisfy { axes[$0].contains(p[family.linearCount + $0]) }
  }

  /// Model minus data; taken before whitening, which would blow up the rounding of both.
  private func distances(_ p: ParameterVector) -> [Double] {
    problem.x.indices.map { family.value(problem.x[$0], p) - problem.y[$0] }
  }

  /// Whitened residuals, model minus data.
  func residuals(_ p: ParameterVector) -> [Double] {
    problem.whitening(distances(p))
  }

  /// Whitened residual sum of squares.
  func rss(_ p: ParameterVector) -> Double { residuals(p).reduce(0) { $0 + $1 * $1 } }

  /// Whitened columns ∂S/∂p of the given parameters.
  func jacobian(_ p: ParameterVector, _ parameters: [Int]) -> [[Double]] {
    let gradients = problem.x.map { family.gradient($0, p) }
    return parameters.map { parameter in problem.whitening(gradients.map { $0[parameter] }) }
  }

  /// Whitened columns of the linear parameters at the shape in `p`.
  func columns(_ p: ParameterVector, _ parameters: [Int]) -> [[Double]] {
    let columns = problem.x.map { family.columns($0, p) }
    return parameters.map { parameter in problem.whitening(columns.map { $0[parameter] }) }
  }

  /// For the solver: only the parameters that `constraint` leaves free move, and residuals are about 1.
  func system(_ constraint: Constraint) -> ResidualSystem {
    let free = constraint.free
    let unit = problem.scale
    let fixed = constraint.applied(to: ParameterVector())
    func whole(_ point: [Double]) -> ParameterVector {
      var p = fixed
      for index in free.indices { p[free[index]] = point[index] }
      return p
    }
    return ResidualSystem(
      residuals: { point, entry in
        let p = whole(point)
        guard isInDomain(p) else {
          for row in problem.target.indices { entry(row, Self.barrier) }
          return
        }
        problem.whitening.apply(to: distances(p)) { row, value in
          entry(row, value.isFinite ? value / unit : Self.barrier)
        }
      },
      jacobian: { point, entry in
        for (column, values) in jacobian(whole(point), free).enumerated() {
          for (row, value) in values.enumerated() { entry(row, column, value / unit) }
        }
      })
  }

  /// Whether no small change of the free parameters makes the fit better: the share of the residuals that
  /// the Jacobian explains is nothing (the relative offset of Bates and Watts 1981).
  func isStationary(_ p: ParameterVector, _ constraint: Constraint) -> Bool {
    guard isInDomain(p) else { return false }
    let residuals = residuals(p)
    let rss = residuals.reduce(0) { $0 + $1 * $1 }
    guard rss.isFinite else { return false }
    let size = problem.target.reduce(0) { $0 + $1 * $1 }
    if rss <= 1e-20 * size { return true }
    let rest = ColumnFit(columns: jacobian(p, constraint.free), goal: residuals).rss
    return ((rss - rest) / rss).squareRoot() <= 1e-4 || rest > rss
  }
}
