/// An amount of money, held as an integer number of picodollars (10⁻¹² USD; Scheme.md, "Units and rounding").
///
/// 128 bits hold 10²⁶ USD, so no sum of the amounts a trace may contain can wrap.
package struct Cost: Sendable, BitwiseCopyable, Hashable, Comparable, AdditiveArithmetic {
  package var picodollars: Int128

  package static let zero = Cost(picodollars: 0)

  package init(picodollars: Int128) { self.picodollars = picodollars }

  /// Reads an amount in dollars, rounding half to even; `nil` when it is no number or out of range.
  package init?(dollars text: some StringProtocol) {
    guard let value = FixedPoint.scaled(text, places: 12) else { return nil }
    self.init(picodollars: value)
  }

  package static func < (left: Cost, right: Cost) -> Bool { left.picodollars < right.picodollars }
  package static func + (left: Cost, right: Cost) -> Cost {
    Cost(picodollars: left.picodollars + right.picodollars)
  }
  package static func - (left: Cost, right: Cost) -> Cost {
    Cost(picodollars: left.picodollars - right.picodollars)
  }
}
