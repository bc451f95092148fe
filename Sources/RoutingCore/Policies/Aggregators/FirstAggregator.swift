/// The first-ranked answer.
struct FirstAggregator: AnswerAggregator {
  static let entry = AggregatorEntry(
    name: "first", argument: .none, isBound: false, takesFirst: true,
    words: { _ in "the first-ranked answer is taken" }, merging: FirstAggregator())

  func merge(_ inputs: MergeInputs, into scores: inout ContiguousArray<Int32>) {
    for row in 0..<inputs.counts.count where inputs.counts[row] > 0 {
      scores[row] = inputs.scores[row * inputs.stride]
    }
  }

  func place(among answers: ContiguousArray<Int32>) -> Int? { 0 }
}
