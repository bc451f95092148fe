import RoutingCore
import Testing

@Suite struct PoissonWeightsTests {
  /// ⌊2⁶⁴ · P(X ≤ w)⌋ from e⁻¹ = Σ (−1)ⁿ/n! and P(X = w) = e⁻¹/w!, in integers with 120 binary places.
  private static let thresholds: [UInt64] = {
    let one = UInt128(1) << 120
    var term = one
    var (plus, minus) = (one, UInt128(0))
    for n in 1...40 {
      term /= UInt128(n)
      if n % 2 == 0 { plus += term } else { minus += term }
    }
    let inverse = plus - minus
    var mass = inverse
    var total: UInt128 = 0
    return (0..<20).map { count in
      if count > 0 { mass /= UInt128(count) }
      total += mass
      return UInt64(total >> 56)
    }
  }()

  @Test("The thresholds are those of the Poisson distribution with mean 1")
  func distribution() {
    #expect(PoissonWeights.cumulative == Self.thresholds)
  }

  @Test("A weight is the number of thresholds at or below its random bits")
  func inversion() {
    let weights = PoissonWeights(seed: 5)
    let generator = Philox(seed: 5)
    for replicate in 0..<2000 as Range<UInt32> {
      let bits = generator.bits(item: 77, draw: replicate, attempt: 3)
      let expected = Self.thresholds.count { bits >= $0 }
      #expect(Int(weights.weight(group: 77, replicate: replicate, attempt: 3)) == expected)
    }
  }

  @Test("Mean and variance are 1")
  func moments() {
    let weights = PoissonWeights(seed: 1)
    var sum = 0
    var squares = 0
    let count = 200_000
    for index in 0..<count {
      let weight = Int(weights.weight(group: UInt64(index / 100), replicate: UInt32(index % 100), attempt: 0))
      sum += weight
      squares += weight * weight
    }
    let mean = Double(sum) / Double(count)
    let variance = Double(squares) / Double(count) - mean * mean
    // Standard errors: 1/√n = 0.0022 and √(3/n) = 0.0039 (fourth central moment 4); four of them.
    #expect(abs(mean - 1) < 0.009)
    #expect(abs(variance - 1) < 0.016)
  }

  @Test("Seed, group, replicate and attempt each change the draws")
  func keys() {
    func draws(_ weight: (UInt32) -> UInt8) -> [UInt8] { (0..<50).map(weight) }
    let one = PoissonWeights(seed: 1)
    let base = draws { one.weight(group: 9, replicate: $0, attempt: 0) }
    #expect(base != draws { PoissonWeights(seed: 2).weight(group: 9, replicate: $0, attempt: 0) })
    #expect(base != draws { one.weight(group: 10, replicate: $0, attempt: 0) })
    #expect(base != draws { one.weight(group: 9, replicate: $0 + 50, attempt: 0) })
    #expect(base != draws { one.weight(group: 9, replicate: $0, attempt: 1) })
    #expect(base == draws { PoissonWeights(seed: 1).weight(group: 9, replicate: $0, attempt: 0) })
  }
}
