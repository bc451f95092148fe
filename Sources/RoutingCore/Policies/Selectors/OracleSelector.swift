/// Ranks by the score of the whole output, which no live selector can see: a bound.
struct OracleSelector: CandidateSelector {
  static let entry = SelectorEntry(
    name: "oracle", argument: .none, needsPrefixes: true, isBound: true,
    words: { "\($0) are ranked in hindsight" },
    make: { (_, _, _) in OracleSelector() })

  func rank(_ scope: RankingScope, into column: inout RankingColumn) {
    for offset in 0..<scope.rows.count where scope.members[offset].count > 1 {
      let members = scope.members[offset]
      if let candidate = members.first(where: { scope.score(offset, $0) < 0 }) {
        column.fail(offset, Gap(.noScore, candidate))
      } else {
        column.rank(offset, members) { Int64(scope.score(offset, $0)) }
      }
    }
  }
}
