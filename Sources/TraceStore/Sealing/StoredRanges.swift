import GRDB
import RoutingCore

/// What an import makes sure of, so that no file, whoever made it, can make a replay count beyond an array or a
/// number's range. The tables' own CHECK rules are among it: SQLite does not look at them in a file that it opens to
/// read only.
enum StoredRanges {
  /// - Throws: `TraceFileError.damaged` naming the table.
  static func check(_ db: Database, _ header: TraceHeader, _ path: String) throws {
    let models = header.models.count
    func refuse(_ what: String, where isWrong: Bool?) throws {
      guard isWrong == false else { throw TraceFileError.damaged(path, what) }
    }
    try refuse("a call", where: Bool.fetchOne(db, sql: calls, arguments: [models]))
    try refuse("a query", where: Bool.fetchOne(db, sql: queries))
    for table in ["grades", "prefix_grades"] {
      try refuse("a grade", where: Bool.fetchOne(db, sql: grades(table)))
    }
    try refuse("a prefix", where: Bool.fetchOne(db, sql: prefixes))
    let sets = try sets(db, models, path)
    try checkRankings(db, sets, models, path)
  }

  private static let most = Int32.max

  private static let calls = """
    SELECT EXISTS (
      SELECT 1 FROM calls NOT INDEXED
      WHERE role NOT BETWEEN 0 AND 5 OR model < 0 OR model >= ? OR sample NOT BETWEEN 0 AND \(most)
        OR layer NOT BETWEEN 1 AND \(SchemePolicy.mostLayers) OR boot_budget NOT BETWEEN 1 AND \(most)
        OR input_tokens NOT BETWEEN 0 AND \(most)
        OR cached_input_tokens NOT BETWEEN 0 AND ifnull(input_tokens, \(most))
        OR output_tokens NOT BETWEEN 0 AND \(most) OR reasoning_tokens NOT BETWEEN 0 AND \(most)
        OR token_source NOT IN (0, 1) OR failed NOT IN (0, 1)
        OR time_to_first_token_us NOT BETWEEN 0 AND ifnull(duration_us, \(Microseconds.limit))
        OR duration_us NOT BETWEEN 0 AND \(Microseconds.limit)
        OR cost_picodollars < 0 OR score NOT BETWEEN 0 AND \(Score.unit)
        OR text_bytes NOT BETWEEN 0 AND \(LineReader.limit) OR token_end_count NOT BETWEEN 0 AND text_bytes
        OR (token_end_count IS NOT NULL AND text_bytes IS NULL)
        OR (role IN (0, 1, 2, 5) AND model IS NULL) OR (role IN (1, 2) AND boot_budget IS NULL)
        OR (role >= 3 AND set_id IS NULL))
    """

  private static let queries = """
    SELECT EXISTS (SELECT 1 FROM queries NOT INDEXED
      WHERE prompt_bytes NOT BETWEEN 0 AND \(LineReader.limit)
        OR length(sha256) <> 32)
    """

  private static func grades(_ table: String) -> String {
    "SELECT EXISTS (SELECT 1 FROM \(table) NOT INDEXED WHERE score NOT BETWEEN 0 AND \(Score.unit))"
  }

  private static let prefixes =
    "SELECT EXISTS (SELECT 1 FROM prefix_grades NOT INDEXED WHERE boot_budget NOT BETWEEN 1 AND \(most))"

  /// The members of each set, ascending.
  private static func sets(_ db: Database, _ models: Int, _ path: String) throws -> [Int64: [Int64]] {
    var sets: [Int64: [Int64]] = [:]
    let rows = try BulkStatement(db, "SELECT id, members FROM candidate_sets NOT INDEXED")
    while try rows.next() {
      guard let members = try? StoredList.numbers(rows.text(1) ?? ""), isSubset(members, of: models),
        members == members.sorted()
      else { throw TraceFileError.damaged(path, "a set of candidates") }
      sets[rows.integer(0) ?? 0] = members
    }
    return sets
  }

  /// An order is a permutation of its members.
  private static func checkRankings(
    _ db: Database, _ sets: [Int64: [Int64]], _ models: Int, _ path: String
  ) throws {
    let rows = try BulkStatement(
      db,
      """
      SELECT c.set_id, r.model_order, r.scores, r.shown
      FROM rankings r NOT INDEXED LEFT JOIN calls c ON c.id = r.call_id
      """)
    while try rows.next() {
      let order = rows.text(1).map { (try? StoredList.numbers($0)) ?? [-1] }
      let scores = rows.text(2).map { try? StoredList.numbers($0) }
      let shown = rows.text(3).map { (try? StoredList.numbers($0)) ?? [-1] }
      let members = rows.integer(0).flatMap { sets[$0] }
      let isFit =
        members != nil && (order == nil || order?.sorted() == members)
        && (scores.map { $0 != nil && (order == nil || $0?.count == order?.count) } ?? true)
        && (shown.map { isSubset($0, of: models) } ?? true)
      guard isFit else { throw TraceFileError.damaged(path, "a ranking") }
    }
  }

  /// Whether these are different positions in a list of so many.
  private static func isSubset(_ positions: [Int64], of count: Int) -> Bool {
    positions.allSatisfy { (0..<Int64(count)).contains($0) } && Set(positions).count == positions.count
  }
}
