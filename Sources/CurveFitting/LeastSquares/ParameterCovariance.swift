/// How well the data determine the parameters of a fit.
struct ParameterCovariance {
  /// Row by row over all parameters; `nil` where a parameter is at a bound or not determined.
  let entries: [Double?]
  private let count: Int
  /// Whether some combination of the parameters hardly moves the curve.
  let isNearSingular: Bool

  /// Singular values of the Jacobian with columns of length 1, as shares of the largest.
  private static let nearSingular = 1e-6
  private static let singular = 1e-12

  /// - Parameters:
  ///   - jacobian: whitened columns of the free parameters.
  ///   - variance: of a whitened residual.
  init(jacobian: [[Double]], free: [Int], count: Int, variance: Double) throws(FitError) {
    self.count = count
    var entries = [Double?](repeating: nil, count: count * count)
    let lengths = jacobian.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    guard !jacobian.isEmpty, lengths.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      self.entries = entries
      isNearSingular = true
      return
    }
    let scaled = zip(jacobian, lengths).map { column, length in column.map { $0 / length } }
    let decomposed = try SingularValues(columns: scaled)
    let largest = decomposed.values[0]
    let smallest = decomposed.values[decomposed.values.count - 1]
    isNearSingular = smallest < Self.nearSingular * largest
    if smallest > Self.singular * largest {
      for (row, first) in free.enumerated() {
        for (column, second) in free.enumerated() {
          var sum = 0.0
          for (value, vector) in zip(decomposed.values, decomposed.right) {
            sum += vector[row] * vector[column] / (value * value)
          }
          let entry = variance * sum / lengths[row] / lengths[column]
          entries[first * count + second] = entry.isFinite ? entry : nil
        }
      }
    }
    self.entries = entries
  }

  func standardError(_ parameter: Int) -> Double? {
    entries[parameter * count + parameter].map { $0.squareRoot() }
  }
}
