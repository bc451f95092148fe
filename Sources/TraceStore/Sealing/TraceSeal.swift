import GRDB

/// What a trace's tables held when they were last written, kept in the trace.
///
/// A writer renews it in the transaction in which it writes, so that a trace matches its seal after every commit.
package enum TraceSeal {
  /// Seals every table as it is now.
  static func renew(_ db: Database) throws {
    for table in SealedTable.allCases { try store(RowSum(of: table, db), for: table, db) }
  }

  /// Changes a trace by SQL that minds no rule, and seals it: what tests and fuzzing do, as a forger would.
  package static func renew(at path: String, after sql: String = "") throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON; " + sql)
      try renew(db)
    }
    try queue.close()
  }

  /// Runs a body that adds rows, and may change the row of one query, and brings the seal up to date without
  /// reading the rest.
  static func extending(_ db: Database, query: Int64?, _ body: () throws -> Void) throws {
    let ends = try SealedTable.allCases.map { table in
      try Int64.fetchOne(db, sql: "SELECT max(\(table.key)) FROM \(table.rawValue)") ?? 0
    }
    let before = try query.map { try RowSum(of: .queries, db, where: "id = ?", $0) }
    try body()
    for (table, end) in zip(SealedTable.allCases, ends) {
      var added = try RowSum(of: table, db, where: "\(table.key) > ?", end)
      if table == .queries, let query, let before {
        added = try added + RowSum(of: .queries, db, where: "id = ?", query) - before
      }
      if added != RowSum() { try store(stored(table, db) + added, for: table, db) }
    }
  }

  /// What a table held when it was last written; `nil` where the trace does not say.
  static func known(_ table: SealedTable, _ db: Database) throws -> RowSum? {
    let row = try Row.fetchOne(
      db, sql: "SELECT rows, sum FROM seals WHERE name = ?", arguments: [table.rawValue])
    return row.map { RowSum(rows: $0[0], sum: UInt64(bitPattern: $0[1] as Int64)) }
  }

  private static func stored(_ table: SealedTable, _ db: Database) throws -> RowSum {
    guard let sum = try known(table, db) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    return sum
  }

  private static func store(_ sum: RowSum, for table: SealedTable, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO seals (name, rows, sum) VALUES (?, ?, ?)",
      arguments: [table.rawValue, sum.rows, Int64(bitPattern: sum.sum)])
  }
}
