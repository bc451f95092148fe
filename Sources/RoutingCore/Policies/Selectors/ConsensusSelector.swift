/// Ranks a prefix by its mean similarity to the others: the paper's "mutual information among
/// candidates" without a model call (Scheme.md, "Selectors").
///
/// `consensus` compares word counts; `consensus:answer` counts the others with the same extracted answer.
struct ConsensusSelector: CandidateSelector {
  static let entry = SelectorEntry(
    name: "consensus", argument: .oneOf([answers]), needsPrefixes: true, isBound: false,
    comparison: { $0 == answers ? .answers : .words },
    words: { "their agreement with each other ranks \($0)" },
    make: { (argument, _, _) in ConsensusSelector(comparesAnswers: argument == answers) })
  private static let answers = "answer"

  let comparesAnswers: Bool

  func rank(_ scope: RankingScope, into column: inout RankingColumn) {
    for offset in 0..<scope.rows.count where scope.members[offset].count > 1 {
      if comparesAnswers {
        rankByAnswer(scope, offset, into: &column)
      } else {
        rankByWords(scope, offset, into: &column)
      }
    }
  }

  private func rankByWords(_ scope: RankingScope, _ offset: Int, into column: inout RankingColumn) {
    let members = scope.members[offset]
    for candidate in members {
      for other in members where other > candidate && scope.similarity(offset, candidate, other) < 0 {
        return column.fail(offset, Gap(.noText, scope.hasText(offset, candidate) ? other : candidate))
      }
    }
    // Every member has the same number of others, so the sum ranks as the mean does.
    column.rank(offset, members) { candidate in
      var sum: Int64 = 0
      for other in members where other != candidate {
        sum += Int64(scope.similarity(offset, candidate, other))
      }
      return sum
    }
  }

  private func rankByAnswer(_ scope: RankingScope, _ offset: Int, into column: inout RankingColumn) {
    let members = scope.members[offset]
    var ids = [Int32](repeating: CallColumns.unknown, count: column.stride)
    for candidate in members {
      guard case .known(let id) = scope.answer(offset, candidate) else {
        return column.fail(offset, Gap(.noPrefixAnswer, candidate))
      }
      ids[candidate] = id
    }
    column.rank(offset, members) { candidate in
      var same: Int64 = 0
      for other in members where other != candidate && ids[other] >= 0 && ids[other] == ids[candidate] {
        same += 1
      }
      return same
    }
  }
}
