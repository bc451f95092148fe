/// Ranks candidates. A selector fills a whole column at once, so it is dispatched once per column.
package protocol CandidateSelector: Sendable {
  /// Ranks the members of each row of `scope`, best first; ties fall to pool order. Rows it cannot rank
  /// get a gap. Never reads the row's own future: what it uses is stated in its comment.
  func rank(_ scope: RankingScope, into column: inout RankingColumn)
}
