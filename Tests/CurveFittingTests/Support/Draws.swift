import RoutingCore

/// Seeded normal and uniform draws for simulations.
struct Draws {
  private let random: Philox
  private var next: UInt64 = 0

  init(seed: UInt64) { random = Philox(seed: seed) }

  /// In (0, 1).
  mutating func uniform() -> Double {
    next += 1
    return (Double(random.bits(item: next, draw: 0) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  /// Standard normal: the sum of twelve uniforms is near enough only in the middle, so by polar coordinates
  /// (Marsaglia and Bray 1964).
  mutating func normal() -> Double {
    while true {
      let (u, v) = (2 * uniform() - 1, 2 * uniform() - 1)
      let s = u * u + v * v
      if s > 0, s < 1 { return u * (-2 * naturalLogarithm(s) / s).squareRoot() }
    }
  }

  /// Normals with the same correlation between any two.
  mutating func correlated(_ count: Int, correlation: Double, deviation: Double) -> [Double] {
    let common = correlation.squareRoot() * normal()
    return (0..<count).map { _ in deviation * (common + (1 - correlation).squareRoot() * normal()) }
  }

  /// By series, to keep the tests free of other modules: ln s for 0 < s < 1.
  private func naturalLogarithm(_ s: Double) -> Double {
    let mantissa = s.significand
    let ratio = (mantissa - 1) / (mantissa + 1)
    var (term, sum) = (ratio, 0.0)
    for power in stride(from: 1.0, through: 41, by: 2) {
      sum += term / power
      term *= ratio * ratio
    }
    return 2 * sum + Double(s.exponent) * 0.693_147_180_559_945_3
  }
}
