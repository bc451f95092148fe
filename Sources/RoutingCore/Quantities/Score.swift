/// A grade in [0, 1], held as an integer number of millionths (Scheme.md, "Units and rounding").
package struct Score: Sendable, Hashable, Comparable {
  /// 0 … 1 000 000.
  package let millionths: Int32

  package static let zero = Score(unchecked: 0)
  package static let one = Score(unchecked: unit)
  /// Millionths in a score of one.
  package static let unit: Int32 = 1_000_000

  /// `nil` outside 0 … 1 000 000.
  package init?(millionths: Int128) {
    guard (0...Int128(Self.unit)).contains(millionths) else { return nil }
    self.millionths = Int32(millionths)
  }

  private init(unchecked millionths: Int32) { self.millionths = millionths }

  /// Reads decimal text such as `0.95`, rounding half to even; `nil` when it is no number in [0, 1].
  package init?(decimal text: some StringProtocol) {
    guard let value = FixedPoint.scaled(text, places: 6) else { return nil }
    self.init(millionths: value)
  }

  package static func < (left: Score, right: Score) -> Bool { left.millionths < right.millionths }
}

extension Score: CustomStringConvertible {
  package var description: String { FixedPoint.text(Int128(millionths), places: 6) }
}
