/// A set of candidates, as bits by position in the trace's candidate order.
package struct CandidateSet: Sendable, BitwiseCopyable, Hashable {
  package var bits: UInt64

  /// The most candidates a trace can replay.
  package static let capacity = 64
  package static let empty = CandidateSet(bits: 0)

  package init(bits: UInt64) { self.bits = bits }

  package init(_ positions: some Sequence<Int>) {
    bits = positions.reduce(0) { $0 | 1 << UInt64($1) }
  }

  package var count: Int { bits.nonzeroBitCount }
  package var isEmpty: Bool { bits == 0 }

  package func contains(_ position: Int) -> Bool { bits >> UInt64(position) & 1 == 1 }

  package mutating func insert(_ position: Int) { bits |= 1 << UInt64(position) }
}

extension CandidateSet: Sequence {
  /// Positions in ascending order.
  package struct Iterator: IteratorProtocol {
    fileprivate var rest: UInt64

    package mutating func next() -> Int? {
      guard rest != 0 else { return nil }
      defer { rest &= rest &- 1 }
      return rest.trailingZeroBitCount
    }
  }

  package func makeIterator() -> Iterator { Iterator(rest: bits) }
  package var underestimatedCount: Int { count }
}
