import Foundation
import RoutingCore

/// Scores of several policies on the same query, with given means and correlated as they are in reality: hard
/// queries are hard for all.
///
/// A policy's score is 1 where its threshold exceeds √ρ · (difficulty of the query) + √(1 − ρ) · (its own luck),
/// both standard normal; `graded` scores are the probability of that given half of the luck, so they have the
/// same mean.
struct ProbitScores: Sendable {
  private let thresholds: [Double]
  private let correlation: Double
  private let isGraded: Bool

  init(means: [Double], correlation: Double = 0.8, isGraded: Bool = false) {
    thresholds = means.map(Self.quantile)
    self.correlation = correlation
    self.isGraded = isGraded
  }

  /// By policy.
  func draw(_ random: inout RandomStream) -> [Double] {
    let difficulty = correlation.squareRoot() * random.normal()
    let luck = ((1 - correlation) / 2).squareRoot()
    return thresholds.map { threshold in
      let rest = threshold - difficulty - luck * random.normal()
      if isGraded { return Self.probability(rest / luck) }
      return rest > luck * random.normal() ? 1 : 0
    }
  }

  private static func probability(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  private static func quantile(_ share: Double) -> Double {
    var (low, high) = (-10.0, 10.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if probability(middle) < share { low = middle } else { high = middle }
    }
    return low
  }
}
