import GRDB
import GRDBSQLite

/// What a connection to a trace may do at most: a trace may come from anybody.
enum ConnectionLimits {
  static func set(_ db: Database) throws {
    guard let connection = db.sqliteConnection else { return }
    // No value is longer than a line of input, but for blocks of texts and cached columns.
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Int32(LineReader.limit) * 2)
    sqlite3_limit(connection, SQLITE_LIMIT_SQL_LENGTH, 1 << 16)
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(connection, SQLITE_LIMIT_TRIGGER_DEPTH, 1)
    sqlite3_limit(connection, SQLITE_LIMIT_WORKER_THREADS, 0)
    try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
  }
}
