import RoutingCore

/// The scale scores are written on, brought linearly to [0, 1].
package struct ScoreRange: Sendable, Equatable {
  /// Decimals kept exactly while converting.
  private static let places = 18
  /// No bound is farther from 0, so that the conversion fits 128 bits.
  private static let limit: Int128 = 1_000_000_000 * 1_000_000_000_000_000_000

  private let low: Int128
  private let high: Int128
  /// As given, for messages.
  let words: String

  /// Scores from 0 to 1.
  package static let unit = ScoreRange(
    low: 0, high: 1_000_000_000_000_000_000, words: "a score from 0 to 1")

  /// Parses `LOW,HIGH`, such as `0,10`; `nil` unless both are numbers within ±10⁹ and LOW < HIGH.
  package init?(_ text: String) {
    let bounds = text.split(separator: ",", omittingEmptySubsequences: false)
    guard bounds.count == 2,
      let low = FixedPoint.scaled(bounds[0], places: Self.places), abs(low) <= Self.limit,
      let high = FixedPoint.scaled(bounds[1], places: Self.places), abs(high) <= Self.limit, low < high
    else { return nil }
    self.init(low: low, high: high, words: "a score from \(bounds[0]) to \(bounds[1])")
  }

  private init(low: Int128, high: Int128, words: String) {
    self.low = low
    self.high = high
    self.words = words
  }

  /// A score on this scale from decimal text; `nil` when it is no number in range.
  func score(_ text: String) -> Score? {
    if self == .unit { return Score(decimal: text) }
    return FixedPoint.scaled(text, places: Self.places).flatMap(score)
  }

  /// `value` has `places` decimals.
  private func score(_ value: Int128) -> Score? {
    guard (low...high).contains(value) else { return nil }
    return Score(
      millionths: FixedPoint.dividedHalfEven((value - low) * Int128(Score.unit), by: high - low))
  }

  /// Takes a score on this scale.
  func read(_ reader: inout FieldReader) throws(JSONFault) -> Score? {
    if self == .unit {
      return try reader.decimal(places: 6, expected: words) { Score(millionths: $0) }
    }
    return try reader.decimal(places: Self.places, expected: words) { score($0) }
  }
}
