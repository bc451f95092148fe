/// Word similarities between the pool's texts, in millionths: what the `consensus` selector ranks by.
package struct SimilarityColumns: Sendable {
  /// Entry `row · pairs + pair` for the prefixes cut at a budget (`BootBudget.cut`); −1 where a text is missing.
  package var prefixes: [Int32: ContiguousArray<Int32>] = [:]
  /// Similarity of two refinements (entries of `Trace.refinements`, smaller first) cut at a budget.
  package var refinements: [RefinementPair: Int32] = [:]

  package init() {}

  /// Two refinements of one layer, cut at a budget.
  package struct RefinementPair: Sendable, Hashable {
    package var first: Int32
    package var second: Int32
    package var cut: Int32

    package init(first: Int32, second: Int32, cut: Int32) {
      self.first = first
      self.second = second
      self.cut = cut
    }
  }

  /// Unordered pairs among `count` candidates.
  package static func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }

  /// Position of the pair (`first` < `second`) among the pairs of `count` candidates.
  package static func pair(_ first: Int, _ second: Int, of count: Int) -> Int {
    first * (2 * count - first - 1) / 2 + (second - first - 1)
  }
}
