/// Recorded calls found by row and coordinates: rankings, merges, refinements and the like.
///
/// Entries of one row are contiguous and sorted by key, so a look-up is a binary search in a few entries.
package struct CallTable<Key: Comparable & Sendable>: Sendable {
  /// `rowStart[r] ..< rowStart[r + 1]` are the entries of row r.
  package internal(set) var rowStart: ContiguousArray<Int32>
  package internal(set) var keys: ContiguousArray<Key>
  package internal(set) var calls: CallColumns

  package static var empty: CallTable { CallTable(rows: 0, entries: []) }

  /// `entries` in any order; two entries of one row never have equal keys.
  init(rows: Int, entries: [Entry]) {
    let sorted = entries.sorted { ($0.row, $0.key) < ($1.row, $1.key) }
    var starts = ContiguousArray<Int32>(repeating: 0, count: rows + 1)
    for entry in sorted { starts[entry.row + 1] += 1 }
    for row in 0..<rows { starts[row + 1] += starts[row] }
    rowStart = starts
    keys = ContiguousArray(sorted.map(\.key))
    var columns = CallColumns()
    for entry in sorted { columns.append(entry.call) }
    calls = columns
  }

  struct Entry {
    var row: Int
    var key: Key
    var call: RecordedCall
  }

  /// The entry of `row` with `key`, or −1.
  package func index(row: Int, key: Key) -> Int {
    var low = Int(rowStart[row])
    var high = Int(rowStart[row + 1])
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < Int(rowStart[row + 1]) && keys[low] == key ? low : -1
  }
}

/// The coordinates of a ranking, merge or refinement within a row.
package struct SetCallKey: Sendable, BitwiseCopyable, Hashable, Comparable {
  /// Position of the selector or aggregator in the trace's list; −1 where none is named.
  package var tool: Int32
  /// The candidate writing a refinement; −1 for rankings and merges.
  package var candidate: Int32
  package var layer: Int32
  /// `BootBudget.cut`; −1 where the text does not depend on it.
  package var cut: Int32
  package var members: CandidateSet

  package init(tool: Int32, candidate: Int32 = -1, layer: Int32, cut: Int32, members: CandidateSet) {
    self.tool = tool
    self.candidate = candidate
    self.layer = layer
    self.cut = cut
    self.members = members
  }

  package static func < (left: SetCallKey, right: SetCallKey) -> Bool {
    if left.tool != right.tool { return left.tool < right.tool }
    if left.layer != right.layer { return left.layer < right.layer }
    if left.cut != right.cut { return left.cut < right.cut }
    if left.members != right.members { return left.members.bits < right.members.bits }
    return left.candidate < right.candidate
  }
}

/// The coordinates of a prefix, boot or continuation of one candidate within a row.
package struct CutKey: Sendable, BitwiseCopyable, Hashable, Comparable {
  package var candidate: Int32
  /// `BootBudget.cut`.
  package var cut: Int32

  package init(candidate: Int32, cut: Int32) {
    self.candidate = candidate
    self.cut = cut
  }

  package static func < (left: CutKey, right: CutKey) -> Bool {
    (left.candidate, left.cut) < (right.candidate, right.cut)
  }
}
