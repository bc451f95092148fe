/// The expected score of a uniform pick among the chosen, rounded half to even: the paper's bound
/// S ≤ (1/k) Σ S_i.
struct MeanAggregator: AnswerAggregator {
  static let entry = AggregatorEntry(
    name: "mean", argument: .none, isBound: true, words: { _ in "one of them is taken at random" },
    merging: MeanAggregator())

  func merge(_ inputs: MergeInputs, into scores: inout ContiguousArray<Int32>) {
    for row in 0..<inputs.counts.count where inputs.counts[row] > 0 {
      let entries = row * inputs.stride..<row * inputs.stride + Int(inputs.counts[row])
      guard entries.allSatisfy({ inputs.scores[$0] >= 0 }) else {
        scores[row] = CallColumns.unknown
        continue
      }
      let sum = entries.reduce(Int128(0)) { $0 + Int128(inputs.scores[$1]) }
      scores[row] = Int32(FixedPoint.dividedHalfEven(sum, by: Int128(entries.count)))
    }
  }

  func place(among answers: ContiguousArray<Int32>) -> Int? { nil }
}
