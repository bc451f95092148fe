/// A length of time, held as an integer number of microseconds.
package struct Microseconds: Sendable, Hashable, Comparable {
  package let count: Int64

  /// The longest time a trace may hold: 10⁷ seconds (Scheme.md, "Units and rounding").
  package static let limit: Int64 = 10_000_000_000_000

  /// `nil` below 0 or above `limit`.
  package init?(count: Int128) {
    guard (0...Int128(Self.limit)).contains(count) else { return nil }
    self.count = Int64(count)
  }

  package static func < (left: Microseconds, right: Microseconds) -> Bool { left.count < right.count }
}
