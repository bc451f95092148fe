/// The first-ranked answer.
struct FirstAggregator: AnswerAggregator {
  static let entry = AggregatorEntry(
    name: "first", argument: .none, isBound: false, merging: FirstAggregator())

  func merge(_ inputs: MergeInputs, into scores: inout ContiguousArray<Int32>) {
    for row in 0..<inputs.counts.count where inputs.counts[row] > 0 {
      scores[row] = inputs.scores[row * inputs.stride]
    }
  }
}
