/// Least squares on a few columns by modified Gram–Schmidt: fast and good enough for starting values.
struct ColumnFit {
  /// One factor per column; 0 for a column that adds nothing.
  let factors: [Double]
  /// Residual sum of squares.
  let rss: Double

  init(columns: [[Double]], goal: [Double]) {
    var rest = goal
    var basis: [[Double]] = []
    var upper: [[Double]] = []
    var projections: [Double] = []
    for column in columns {
      let size = Self.dot(column, column).squareRoot()
      var direction = column
      var row: [Double] = []
      for unit in basis {
        let share = Self.dot(unit, direction)
        row.append(share)
        Self.subtract(share, unit, from: &direction)
      }
      let length = Self.dot(direction, direction).squareRoot()
      // What is left of a dependent column is rounding.
      let isNew = length > 1e-12 * size && length > 0
      basis.append(direction.map { isNew ? $0 / length : 0 })
      row.append(isNew ? length : 0)
      upper.append(row)
      let projection = Self.dot(basis[basis.count - 1], rest)
      projections.append(projection)
      Self.subtract(projection, basis[basis.count - 1], from: &rest)
    }
    rss = Self.dot(rest, rest)
    var factors = [Double](repeating: 0, count: columns.count)
    for index in columns.indices.reversed() where upper[index][index] > 0 {
      var value = projections[index]
      for later in index + 1..<columns.count { value -= upper[later][index] * factors[later] }
      factors[index] = value / upper[index][index]
    }
    self.factors = factors
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }

  private static func subtract(_ factor: Double, _ unit: [Double], from values: inout [Double]) {
    for index in values.indices { values[index] -= factor * unit[index] }
  }
}
