/// How well one order of candidates agrees with the scores of their full answers.
///
/// Pairs of equal scores say nothing about an order and are left out. Sources: Somers 1962 (D), Kendall 1945
/// (τ-b, whose denominator counts tied scores, so that it stays below 1 where scores tie).
package struct RankAgreement: Sendable, Equatable {
  /// Pairs with different scores.
  package let pairs: Int
  /// Those of them in which the better answer stands first.
  package let concordant: Int
  /// Candidates.
  package let count: Int

  /// - Parameter scores: of the candidates, in the order given to them.
  package init(ranked scores: [Int32]) {
    var pairs = 0
    var concordant = 0
    for first in scores.indices {
      for second in first + 1..<max(first + 1, scores.count) where scores[first] != scores[second] {
        pairs += 1
        if scores[first] > scores[second] { concordant += 1 }
      }
    }
    self.pairs = pairs
    self.concordant = concordant
    count = scores.count
  }

  /// (concordant − discordant) / pairs with different scores; `nil` without one.
  package var somersD: Double? { pairs == 0 ? nil : Double(2 * concordant - pairs) / Double(pairs) }

  /// (concordant − discordant) / √(pairs · pairs with different scores); an order itself has no ties.
  package var tauB: Double? {
    guard pairs > 0 else { return nil }
    let all = count * (count - 1) / 2
    return Double(2 * concordant - pairs) / (Double(all) * Double(pairs)).squareRoot()
  }
}

/// Whether the best answer is among the first k.
package enum TopHit {
  /// - Parameter scores: in the selector's order.
  package static func isHit(ranked scores: [Int32], k: Int) -> Bool {
    guard let best = scores.max() else { return false }
    return scores.prefix(k).contains(best)
  }

  /// The share of hits of a random order, exactly: 1 − C(n − m, k) / C(n, k) with m best of n, in billionths,
  /// half to even.
  package static func chance(_ scores: [Int32], k: Int) -> Int128 {
    guard let best = scores.max() else { return 0 }
    let misses = scores.count { $0 != best }
    guard k <= misses else { return ratioUnit }
    // The product (misses / n) · ((misses − 1) / (n − 1)) · … never leaves 128 bits: n ≤ 64.
    var numerator: Int128 = 1
    var denominator: Int128 = 1
    for place in 0..<k {
      numerator *= Int128(misses - place)
      denominator *= Int128(scores.count - place)
      let common = gcd(numerator, denominator)
      numerator /= common
      denominator /= common
    }
    return ratioUnit - FixedPoint.dividedHalfEven(ratioUnit * numerator, by: denominator)
  }

  private static func gcd(_ left: Int128, _ right: Int128) -> Int128 {
    var (a, b) = (left, right)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

/// Ratios of sums are taken of whole numbers in billionths.
package let ratioUnit: Int128 = 1_000_000_000
