import RoutingCore

/// Turns residuals into ones that are independent with variance 1 (or, with unknown errors, leaves them).
enum Whitening: Sendable {
  case none
  /// Factors 1/σ by point.
  case scaled([Double])
  /// `rows` rows of as many entries as points, one after another.
  case rotated([Double], rows: Int)

  /// Eigenvalues of the correlation matrix below this share of the largest are dropped (Curves.md, "Fitting").
  static let smallestShare = 1e-8

  /// - Throws: `FitError` where errors are not numbers > 0, or a covariance the user gave is not one.
  init(_ data: [CurvePoint], errors: CurveData.Errors) throws(FitError) {
    switch errors {
    case .unknown: self = .none
    case .independent:
      var factors: [Double] = []
      for (index, point) in data.enumerated() {
        let sigma = point.standardError ?? .nan
        guard sigma > 0, sigma.isFinite else { throw .badStandardError(point: index + 1, value: sigma) }
        factors.append(1 / sigma)
      }
      self = .scaled(factors)
    case .correlated(let covariance, let isGiven):
      self = try Self.rotation(covariance, order: data.count, isGiven: isGiven)
    }
  }

  private static func rotation(_ covariance: [Double], order n: Int, isGiven: Bool) throws(FitError)
    -> Whitening
  {
    var deviations: [Double] = []
    for point in 0..<n {
      let variance = covariance[point * n + point]
      guard variance > 0, variance.isFinite else { throw .badVariance(point: point + 1, value: variance) }
      deviations.append(variance.squareRoot())
    }
    var correlation = covariance
    for row in 0..<n {
      for column in 0..<n {
        let (above, below) = (covariance[row * n + column], covariance[column * n + row])
        let scale = deviations[row] * deviations[column]
        guard above.isFinite else { throw .notFinite(what: "the covariance", point: row + 1) }
        guard abs(above - below) <= 1e-8 * scale else {
          throw .asymmetricCovariance(row: min(row, column) + 1, column: max(row, column) + 1)
        }
        correlation[row * n + column] = row == column ? 1 : (above + below) / 2 / scale
      }
    }
    let eigen = try SymmetricEigen(correlation, order: n)
    let (largest, smallest) = (eigen.values[0], eigen.values[n - 1])
    if isGiven, smallest < -smallestShare * largest {
      throw .notPositiveSemidefinite(smallest: smallest, largest: largest)
    }
    var entries: [Double] = []
    var rows = 0
    for (value, vector) in zip(eigen.values, eigen.vectors) where value > smallestShare * largest {
      entries += zip(vector, deviations).map { $0 / value.squareRoot() / $1 }
      rows += 1
    }
    return .rotated(entries, rows: rows)
  }

  /// Independent residuals that come out of `count` points.
  func rank(of count: Int) -> Int {
    if case .rotated(_, let rows) = self { rows } else { count }
  }

  func callAsFunction(_ values: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: rank(of: values.count))
    apply(to: values) { result[$0] = $1 }
    return result
  }

  /// Hands out whitened entries one by one.
  func apply(to values: [Double], _ body: (Int, Double) -> Void) {
    switch self {
    case .none: for (index, value) in values.enumerated() { body(index, value) }
    case .scaled(let factors):
      for (index, value) in values.enumerated() { body(index, value * factors[index]) }
    case .rotated(let entries, let rows):
      let n = values.count
      for row in 0..<rows {
        var sum = 0.0
        for column in 0..<n { sum += entries[row * n + column] * values[column] }
        body(row, sum)
      }
    }
  }
}
