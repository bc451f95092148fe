/// The tables whose rows are sealed: all but text blocks, whose texts have hashes of their own, and caches.
enum SealedTable: String, CaseIterable {
  case header
  case workloads
  case tools
  case graders
  case answers
  case candidateSets = "candidate_sets"
  case texts
  case queries
  case queryContents = "query_contents"
  case calls
  case callContents = "call_contents"
  case rankings
  case grades
  case prefixGrades = "prefix_grades"

  /// What a replay reads.
  static let replayed: [SealedTable] = [
    .header, .workloads, .tools, .graders, .answers, .candidateSets, .queries, .calls, .rankings, .grades,
    .prefixGrades,
  ]

  /// What the computation of similarities reads beside.
  static let read: [SealedTable] = [.texts, .callContents]

  /// The column that grows with every row added; rows are never removed but by a grading.
  var key: String {
    switch self {
    case .callContents, .rankings, .grades, .prefixGrades: "call_id"
    case .queryContents: "query_id"
    default: "id"
    }
  }

  /// Told apart, so that rows of one table do not pass for another's.
  var salt: UInt64 { RowSum.mix(UInt64(SealedTable.allCases.firstIndex(of: self) ?? 0) &+ 1, RowSum.odd.0) }
}
