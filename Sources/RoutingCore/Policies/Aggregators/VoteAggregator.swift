/// Plurality over extracted answers (DESIGN §1).
///
/// Ties go to the answer whose best-ranked holder is first, and that holder's score counts. An absent
/// answer does not vote; if none votes, the first-ranked answer counts. At k = 2 it is a tie rule.
struct VoteAggregator: AnswerAggregator {
  static let entry = AggregatorEntry(
    name: "vote", argument: .none, isBound: false, merging: VoteAggregator())

  func merge(_ inputs: MergeInputs, into scores: inout ContiguousArray<Int32>) {
    let answers = inputs.answers.span
    let graded = inputs.scores.span
    for row in 0..<inputs.counts.count {
      let base = row * inputs.stride
      let count = Int(inputs.counts[row])
      var winner = 0
      var mostVotes = 0
      var seesAll = true
      for holder in 0..<count where answers[base + holder] == MergeInputs.unseen { seesAll = false }
      for holder in 0..<count where answers[base + holder] >= 0 {
        var votes = 0
        for other in 0..<count where answers[base + other] == answers[base + holder] { votes += 1 }
        // A later holder of the same answer has as many votes, so it never replaces the first.
        if votes > mostVotes {
          mostVotes = votes
          winner = holder
        }
      }
      if count > 0 { scores[row] = seesAll ? graded[base + winner] : CallColumns.unknown }
    }
  }
}
