import Foundation
import RoutingCore

/// Seeded draws from the distributions the simulations need; a stream per (seed, item) from the core's generator.
struct RandomStream {
  private let generator: Philox
  private let item: UInt64
  private var count: UInt32 = 0

  init(seed: UInt64, item: Int) {
    generator = Philox(seed: seed)
    self.item = UInt64(item)
  }

  mutating func bits() -> UInt64 {
    count += 1
    return generator.bits(item: item, draw: count)
  }

  /// Uniform on the open interval from 0 to 1.
  mutating func uniform() -> Double { (Double(bits() >> 12) + 0.5) / 0x1p52 }

  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
  }

  /// 0 ..< bound.
  mutating func below(_ bound: Int) -> Int { Int(bits().multipliedFullWidth(by: UInt64(bound)).high) }

  /// Box and Muller, 1958.
  mutating func normal() -> Double {
    let radius = (-2 * log(uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// Shape `shape` > 0, scale 1: Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", 2000.
  mutating func gamma(_ shape: Double) -> Double {
    guard shape >= 1 else { return gamma(shape + 1) * pow(uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = pow(1 + c * x, 3)
      if v > 0, log(uniform()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
    }
  }

  /// Beta with mean `mean` and `total` = a + b.
  mutating func beta(mean: Double, total: Double) -> Double {
    let one = gamma(mean * total)
    let other = gamma((1 - mean) * total)
    return one + other > 0 ? one / (one + other) : (uniform() < mean ? 1 : 0)
  }
}
