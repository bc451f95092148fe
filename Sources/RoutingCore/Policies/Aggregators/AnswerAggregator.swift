/// Merges the answers of the chosen candidates without a model call. It fills a whole column at once.
package protocol AnswerAggregator: Sendable {
  /// The score of each row's merge in millionths, or −1 where a score it needs is missing. `scores` has
  /// one entry per row of `inputs`.
  func merge(_ inputs: MergeInputs, into scores: inout ContiguousArray<Int32>)

  /// The same live, for one query: the place of the output that is taken for the merge; `nil` where what is known
  /// while a query is answered does not decide it (bounds).
  ///
  /// - Parameter answers: of one output at least, best-ranked first; −1 where none was extracted.
  func place(among answers: ContiguousArray<Int32>) -> Int?
}

/// The outputs to be merged, best-ranked first, for each row of a block.
package struct MergeInputs {
  /// Outputs per row at most; row i has its entries from `i · stride`.
  package let stride: Int
  /// Outputs of each row; 0 where there is nothing to merge.
  package var counts: ContiguousArray<Int32>
  /// What stands in `answers` for an output of which nothing is recorded.
  package static let unseen: Int32 = -2

  /// Dense answer ids; −1 where none was extracted, `unseen` where it is not known.
  package var answers: ContiguousArray<Int32>
  /// Millionths; −1 where not graded.
  package var scores: ContiguousArray<Int32>

  package init(rows: Int, stride: Int) {
    self.stride = stride
    counts = .init(repeating: 0, count: rows)
    answers = .init(repeating: CallColumns.unknown, count: rows * stride)
    scores = answers
  }
  /// The place of a row's first output without a score; 0 where all have one.
  func firstUngraded(_ row: Int) -> Int {
    for place in 0..<Int(counts[row]) where scores[row * stride + place] < 0 { return place }
    return 0
  }
}
