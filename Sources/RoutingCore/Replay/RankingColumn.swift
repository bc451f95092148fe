/// Rankings of a block of rows: for each, an order of candidates or why there is none.
package struct RankingColumn {
  /// Candidates best first; row i has its entries from `i · stride`.
  package private(set) var orders: ContiguousArray<UInt8>
  /// By row of the block.
  package private(set) var gaps: ContiguousArray<Gap>
  /// Entry of `Trace.rankings` that is billed; −1 for an offline selector.
  package private(set) var entries: ContiguousArray<Int32>
  package let stride: Int

  /// Every row uncovered, until a selector fills it.
  package init(rows: Int, poolCount: Int) {
    stride = poolCount
    orders = .init(repeating: 0, count: rows * poolCount)
    gaps = .init(repeating: .covered, count: rows)
    entries = .init(repeating: -1, count: rows)
  }

  package mutating func fail(_ offset: Int, _ gap: Gap) { gaps[offset] = gap }

  /// Ranks `members` by descending key; equal keys stay in pool order.
  // The key is read per candidate; a call and a capture each would cost more than the rest.
  @inline(__always)
  package mutating func rank(_ offset: Int, _ members: CandidateSet, by key: (Int) -> Int64) {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: stride) { keys in
      let base = offset * stride
      var count = 0
      for candidate in members {
        let value = key(candidate)
        var position = count
        while position > 0, keys[position - 1] < value {
          keys[position] = keys[position - 1]
          orders[base + position] = orders[base + position - 1]
          position -= 1
        }
        keys[position] = value
        orders[base + position] = UInt8(candidate)
        count += 1
      }
    }
  }

  /// Selectors rank sets of two and more; a lone candidate is first whoever ranks.
  package mutating func rankLone(_ sets: ContiguousArray<CandidateSet>) {
    for offset in sets.indices where sets[offset].count == 1 { rank(offset, sets[offset]) { _ in 0 } }
  }

  /// Takes a recorded order.
  package mutating func take(_ offset: Int, order: some Sequence<UInt8>, entry: Int) {
    var position = offset * stride
    for candidate in order {
      orders[position] = candidate
      position += 1
    }
    entries[offset] = Int32(entry)
  }

  /// A recorded ranking call that failed: billed, but with no order.
  package mutating func failCall(_ offset: Int, entry: Int) {
    entries[offset] = Int32(entry)
    gaps[offset] = Gap(.failedCall)
  }
}
