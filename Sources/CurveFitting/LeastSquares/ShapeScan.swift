/// Starting values: the shape parameters on a grid, the linear ones fitted exactly for each (variable
/// projection, Golub and Pereyra 1973); the local minima of what is left are where to start from.
struct ShapeScan {
  /// A local minimum of the grid.
  struct Start {
    let point: ParameterVector
    let rss: Double
    /// Shape parameters that are at an end of their range there.
    let edges: [(parameter: Int, value: Double)]
  }

  /// Best first, at most four.
  let starts: [Start]

  private static let most = 4

  init(_ residuals: CurveResiduals, _ constraint: Constraint) {
    let family = residuals.family
    let moving = residuals.axes.indices.filter { !constraint.isHeld(family.linearCount + $0) }
    let trials = moving.map { residuals.axes[$0].trials }
    let sizes = trials.map(\.count)
    var points: [ParameterVector] = []
    var left: [Double] = []
    for flat in 0..<sizes.reduce(1, *) {
      var p = constraint.applied(to: ParameterVector())
      for (axis, index) in Self.indices(flat, sizes).enumerated() {
        p[family.linearCount + moving[axis]] = trials[axis][index]
      }
      let (point, rss) = Self.linear(residuals, constraint, at: p)
      points.append(point)
      left.append(rss.isFinite ? rss : .infinity)
    }
    var found: [Start] = []
    for flat in points.indices where left[flat].isFinite {
      let place = Self.indices(flat, sizes)
      var isLowest = true
      var edges: [(parameter: Int, value: Double)] = []
      for (axis, index) in place.enumerated() {
        let stride = sizes[(axis + 1)...].reduce(1, *)
        let shape = residuals.axes[moving[axis]]
        let value = trials[axis][index]
        if shape.isBound(value) { edges.append((family.linearCount + moving[axis], value)) }
        for step in [-1, 1] where sizes[axis] > 1 {
          let other = index + step
          guard trials[axis].indices.contains(other),
            shape.ranges.contains(where: { $0.contains(value) && $0.contains(trials[axis][other]) })
          else { continue }
          if left[flat + step * stride] < left[flat] { isLowest = false }
        }
      }
      if isLowest { found.append(Start(point: points[flat], rss: left[flat], edges: edges)) }
    }
    // Equal ones in order of the grid, so that results do not depend on the sort.
    let order = found.indices.sorted { (found[$0].rss, $0) < (found[$1].rss, $1) }
    starts = order.prefix(Self.most).map { found[$0] }
  }

  /// Position on each axis, the last one running fastest.
  private static func indices(_ flat: Int, _ sizes: [Int]) -> [Int] {
    var rest = flat
    var result = [Int](repeating: 0, count: sizes.count)
    for axis in sizes.indices.reversed() {
      result[axis] = rest % sizes[axis]
      rest /= sizes[axis]
    }
    return result
  }

  /// The best free linear parameters for the shape in `p`.
  static func linear(_ residuals: CurveResiduals, _ constraint: Constraint, at p: ParameterVector)
    -> (point: ParameterVector, rss: Double)
  {
    let linear = Array(0..<residuals.family.linearCount)
    let free = linear.filter { !constraint.isHeld($0) }
    let columns = residuals.columns(p, linear)
    var goal = residuals.problem.target
    for index in linear where constraint.isHeld(index) {
      for row in goal.indices { goal[row] -= p[index] * columns[index][row] }
    }
    let fit = ColumnFit(columns: free.map { columns[$0] }, goal: goal)
    var point = p
    for (index, factor) in zip(free, fit.factors) { point[index] = factor }
    return (point, fit.rss)
  }
}
