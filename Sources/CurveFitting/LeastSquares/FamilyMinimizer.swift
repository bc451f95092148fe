/// The parameters of a family that fit best.
struct FamilyMinimum {
  let point: ParameterVector
  /// Whitened residual sum of squares.
  let rss: Double
  /// Parameters held at an end of their domain, because the fit would only get better beyond it.
  let atBound: [Int]
}

/// Finds the best parameters of one family for problems of one size; workspaces are reused.
struct FamilyMinimizer: ~Copyable {
  let family: any CurveFamily
  let axes: [ShapeAxis]
  private let rank: Int
  private let whole: TrustRegionSolver
  /// One parameter held.
  private let reduced: TrustRegionSolver?

  /// - Throws: `FitError` where the family cannot be fitted to the points of `problem`.
  init(_ family: any CurveFamily, for problem: CurveProblem) throws(FitError) {
    if let objection = family.objection(to: problem.support) {
      throw .domain(family: family.name, reason: objection)
    }
    try problem.checkSize(for: family)
    let count = family.parameters.count
    let whole = try TrustRegionSolver(rows: problem.rank, parameters: count)
    let reduced = count > 1 ? try TrustRegionSolver(rows: problem.rank, parameters: count - 1) : nil
    self.family = family
    axes = family.shapes(over: problem.support)
    rank = problem.rank
    self.whole = whole
    self.reduced = reduced
  }

  var unconstrained: Constraint { Constraint(none: family.parameters.count) }

  /// The best parameters that `constraint` allows.
  /// - Parameters:
  ///   - warm: a place to start from; the grid is only searched where that leads nowhere.
  ///   - step: where the search ends, as a share of a parameter.
  borrowing func minimum(
    of problem: CurveProblem, _ constraint: Constraint, warm: ParameterVector? = nil,
    step: Double = TrustRegionSolver.fineStep
  ) throws(FitError) -> FamilyMinimum {
    let residuals = CurveResiduals(family: family, problem: problem, axes: axes)
    let shapes = Array(family.linearCount..<family.parameters.count)
    guard shapes.contains(where: { !constraint.isHeld($0) }) else {
      return try linear(residuals, constraint)
    }
    if let warm, let found = try descend(residuals, constraint, from: constraint.applied(to: warm), step) {
      return found
    }
    let scan = ShapeScan(residuals, constraint)
    var inner: FamilyMinimum?
    var outer: FamilyMinimum?
    for start in scan.starts {
      let found = try descend(residuals, constraint, from: start.point, step)
      inner = Self.better(inner, found)
      let edges = found == nil && start.edges.isEmpty ? ends(around: start.point, constraint) : start.edges
      for edge in edges {
        let held = try minimum(of: problem, constraint.holding(edge.parameter, at: edge.value), step: step)
        outer = Self.better(
          outer, FamilyMinimum(point: held.point, rss: held.rss, atBound: held.atBound + [edge.parameter]))
      }
    }
    if let inner, inner.rss <= (outer?.rss ?? .infinity) * (1 + 1e-9) { return inner }
    guard let outer else { throw .notConverged(family: family.name, starts: scan.starts.count) }
    return outer
  }

  private static func better(_ held: FamilyMinimum?, _ new: FamilyMinimum?) -> FamilyMinimum? {
    guard let held, let new else { return held ?? new }
    return new.rss < held.rss ? new : held
  }

  /// Both ends of the range that each free shape parameter is in.
  private borrowing func ends(around p: ParameterVector, _ constraint: Constraint)
    -> [(parameter: Int, value: Double)]
  {
    axes.indices.flatMap { axis -> [(parameter: Int, value: Double)] in
      let parameter = family.linearCount + axis
      guard !constraint.isHeld(parameter),
        let range = axes[axis].ranges.first(where: { $0.contains(p[parameter]) })
      else { return [] }
      return [(parameter, range.lowerBound), (parameter, range.upperBound)]
    }
  }

  /// Down from `start` by trust region; `nil` unless that ends in a minimum.
  private borrowing func descend(
    _ residuals: CurveResiduals, _ constraint: Constraint, from start: ParameterVector, _ step: Double
  ) throws(FitError) -> FamilyMinimum? {
    guard residuals.isInDomain(start) else { return nil }
    let free = constraint.free
    let system = residuals.system(constraint)
    let point = free.map { start[$0] }
    let end: [Double]
    switch family.parameters.count - free.count {
    case 0: end = try whole.descend(from: point, on: system, step: step)
    case 1:
      if reduced != nil {
        end = try reduced!.descend(from: point, on: system, step: step)
      } else {
        end = point
      }
    default:
      end = try TrustRegionSolver(rows: rank, parameters: free.count).descend(
        from: point, on: system, step: step)
    }
    var p = start
    for (index, parameter) in free.enumerated() { p[parameter] = end[index] }
    guard residuals.isStationary(p, constraint) else { return nil }
    return FamilyMinimum(point: p, rss: residuals.rss(p), atBound: [])
  }

  /// The shape is settled: what is left is linear.
  private borrowing func linear(_ residuals: CurveResiduals, _ constraint: Constraint) throws(FitError)
    -> FamilyMinimum
  {
    var p = constraint.applied(to: ParameterVector())
    let free = constraint.free
    if !free.isEmpty {
      let columns = residuals.columns(p, Array(0..<family.linearCount))
      var goal = residuals.problem.target
      for index in 0..<family.linearCount where constraint.isHeld(index) {
        for row in goal.indices { goal[row] -= p[index] * columns[index][row] }
      }
      let solver = try LinearSolver(rows: rank, parameters: free.count)
      let factors = try solver.solve(columns: free.map { columns[$0] }, goal: goal)
      for (index, factor) in zip(free, factors) { p[index] = factor }
    }
    let rss = residuals.rss(p)
    guard rss.isFinite else { throw .notConverged(family: family.name, starts: 1) }
    return FamilyMinimum(point: p, rss: rss, atBound: [])
  }
}
