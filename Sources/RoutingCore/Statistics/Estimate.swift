/// A mean with its bootstrap standard error and 95 % percentile interval.
package struct Estimate: Sendable, Equatable {
  package var mean: Double
  package var standardError: Double
  package var low: Double
  package var high: Double

  package init(mean: Double, standardError: Double, low: Double, high: Double) {
    self.mean = mean
    self.standardError = standardError
    self.low = low
    self.high = high
  }

  /// - Parameters:
  ///   - mean: the plain mean of the sample.
  ///   - replicates: replicate means.
  package init(mean: Double, replicates: [Double]) {
    self.mean = mean
    standardError = Self.standardDeviation(replicates)
    (low, high) = Self.percentileInterval(replicates)
  }

  /// Standard deviation with n − 1; 0 for fewer than two values.
  package static func standardDeviation(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The ⌈0.025 R⌉-th and ⌈0.975 R⌉-th smallest of R values.
  package static func percentileInterval(_ values: [Double]) -> (low: Double, high: Double) {
    let sorted = values.sorted()
    precondition(!sorted.isEmpty, "an interval needs at least one replicate")
    // In integers: 0.025 R = R / 40, rounded up.
    let low = (sorted.count + 39) / 40
    let high = (39 * sorted.count + 39) / 40
    return (sorted[low - 1], sorted[high - 1])
  }
}
