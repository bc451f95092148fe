/// Plurality over extracted answers (Scheme.md, "Aggregators").
///
/// Ties go to the answer whose best-ranked holder is first, and that holder's score counts. An absent
/// answer does not vote; if none votes, the first-ranked answer counts. At k = 2 it is a tie rule.
struct VoteAggregator: AnswerAggregator {
  static let entry = AggregatorEntry(
    name: "vote", argument: .none, isBound: false, words: { _ in "a vote decides" }, merging: VoteAggregator()
  )

  func merge(_ inputs: MergeInputs, into scores: inout ContiguousArray<Int32>) {
    let answers = inputs.answers.span
    let graded = inputs.scores.span
    for row in 0..<inputs.counts.count {
      let holders = row * inputs.stride..<row * inputs.stride + Int(inputs.counts[row])
      guard !holders.isEmpty else { continue }
      let winner = Self.winner(holders, answers)
      scores[row] = winner < 0 ? CallColumns.unknown : graded[winner]
    }
  }

  func place(among answers: ContiguousArray<Int32>) -> Int? { Self.winner(answers.indices, answers.span) }

  /// The holder whose score counts; −1 where an answer is not known.
  @inline(__always)
  private static func winner(_ holders: Range<Int>, _ answers: Span<Int32>) -> Int {
    var winner = holders.lowerBound
    var mostVotes = 0
    for holder in holders {
      let answer = answers[holder]
      guard answer >= 0 else {
        if answer == MergeInputs.unseen { return -1 }
        continue
      }
      // Only later holders are counted: an answer's first holder sees all its votes.
      var votes = 1
      for other in holder + 1..<holders.upperBound where answers[other] == answer { votes += 1 }
      if votes > mostVotes {
        mostVotes = votes
        winner = holder
      }
    }
    return winner
  }
}

extension SchemePolicy {
  /// Whether the first-ranked of two answers always wins, and the second is paid for nothing.
  package var isVoteOfTwo: Bool { aggregator == VoteAggregator.entry.name && k.first == 2 }
}
