/// Ranks by the tokens of the prefix, more first.
struct LengthSelector: CandidateSelector {
  static let entry = SelectorEntry(
    name: "length", argument: .none, needsPrefixes: true, isBound: false,
    words: { "\($0) are ranked by length" },
    make: { (_, _, _) in LengthSelector() })

  func rank(_ scope: RankingScope, into column: inout RankingColumn) {
    for offset in 0..<scope.rows.count where scope.members[offset].count > 1 {
      let members = scope.members[offset]
      var unknown = -1
      column.rank(offset, members) { candidate in
        let length = scope.length(offset, candidate)
        if length < 0 { unknown = candidate }
        return Int64(length)
      }
      if unknown >= 0 { column.fail(offset, Gap(.noOutputTokens, unknown)) }
    }
  }
}
