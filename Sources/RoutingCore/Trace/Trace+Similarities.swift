extension Trace {
  /// Similarities of the pool's prefixes in some rows, for each cut: entry `row · pairs + pair`; −1 where a
  /// text is missing.
  ///
  /// - Parameter text: the full answer of a candidate in a row.
  package func prefixSimilarities(
    rows: Range<Int>, cuts: [Int32], text: (_ row: Int, _ candidate: Int) -> CuttableText?
  ) -> [ContiguousArray<Int32>] {
    let pairs = SimilarityColumns.pairs(poolCount)
    var columns = cuts.map { _ in
      ContiguousArray<Int32>(repeating: CallColumns.unknown, count: rows.count * pairs)
    }
    for (offset, row) in rows.enumerated() {
      let texts = (0..<poolCount).map { self.rows.active[row].contains($0) ? text(row, $0) : nil }
      for (position, cut) in cuts.enumerated() {
        let counts = texts.map { $0.map { WordCounts($0.prefix(cut)) } }
        for first in 0..<poolCount {
          guard let left = counts[first] else { continue }
          for second in first + 1..<poolCount {
            guard let right = counts[second] else { continue }
            columns[position][offset * pairs + SimilarityColumns.pair(first, second, of: poolCount)] =
              left.similarity(to: right)
          }
        }
      }
    }
    return columns
  }

  /// Similarities of the refinements of one layer and set, for each cut.
  ///
  /// - Parameter text: of an entry of `refinements`.
  package func refinementSimilarities(
    cuts: [Int32], text: (_ entry: Int) -> CuttableText?
  ) -> [SimilarityColumns.RefinementPair: Int32] {
    var found: [SimilarityColumns.RefinementPair: Int32] = [:]
    let keys = refinements.keys
    func isTogether(_ left: SetCallKey, _ right: SetCallKey) -> Bool {
      (left.tool, left.layer, left.cut, left.members) == (right.tool, right.layer, right.cut, right.members)
    }
    for row in rows.query.indices {
      let entries = Int(refinements.rowStart[row])..<Int(refinements.rowStart[row + 1])
      for first in entries {
        for second in first + 1..<max(first + 1, entries.upperBound)
        where isTogether(keys[first], keys[second]) {
          for cut in cuts where keys[first].cut < 0 ? cut == .max : keys[first].cut == cut {
            guard let left = text(first), let right = text(second) else { continue }
            let pair = SimilarityColumns.RefinementPair(first: Int32(first), second: Int32(second), cut: cut)
            found[pair] = WordCounts(left.prefix(cut)).similarity(to: WordCounts(right.prefix(cut)))
          }
        }
      }
    }
    return found
  }
}
