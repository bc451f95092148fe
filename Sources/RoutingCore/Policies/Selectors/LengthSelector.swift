/// Ranks by the tokens of the prefix, more first.
struct LengthSelector: CandidateSelector {
  static let entry = SelectorEntry(
    name: "length", argument: .none, needsPrefixes: true, isBound: false
  ) { (_, _, _) in LengthSelector() }

  func rank(_ scope: RankingScope, into column: inout RankingColumn) {
    for offset in 0..<scope.rows.count where scope.members[offset].count > 1 {
      let members = scope.members[offset]
      if let candidate = members.first(where: { scope.length(offset, $0) < 0 }) {
        column.fail(offset, Gap(.noOutputTokens, candidate))
      } else {
        column.rank(offset, members) { Int64(scope.length(offset, $0)) }
      }
    }
  }
}
