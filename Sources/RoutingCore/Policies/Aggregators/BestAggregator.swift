/// The best of the chosen answers in hindsight: a ceiling.
struct BestAggregator: AnswerAggregator {
  static let entry = AggregatorEntry(
    name: "best", argument: .none, isBound: true, words: { _ in "the best is taken in hindsight" },
    merging: BestAggregator())

  func merge(_ inputs: MergeInputs, into scores: inout ContiguousArray<Int32>) {
    for row in 0..<inputs.counts.count where inputs.counts[row] > 0 {
      let entries = row * inputs.stride..<row * inputs.stride + Int(inputs.counts[row])
      var best: Int32 = 0
      for entry in entries {
        guard inputs.scores[entry] >= 0 else {
          best = CallColumns.unknown
          break
        }
        best = max(best, inputs.scores[entry])
      }
      scores[row] = best
    }
  }

  func place(among answers: ContiguousArray<Int32>) -> Int? { nil }
}
