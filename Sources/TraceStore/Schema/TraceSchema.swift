import GRDB

/// The tables of a trace file. Migrations are named and never edited; a new version is a new one.
enum TraceSchema {
  /// "LRtr", so that a trace is told from any other SQLite file.
  static let applicationID: Int32 = 0x4C52_7472
  /// The version this program writes, in `user_version`.
  static let version: Int32 = 1

  /// By version: what brings a file from the version before to it.
  static let migrations: [(version: Int32, name: String, sql: String)] = [
    (1, "calls, queries and texts", FirstSchema.sql)
  ]

  static func migrate(_ db: Database, from version: Int32) throws {
    for migration in migrations where migration.version > version { try db.execute(sql: migration.sql) }
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(sql: "PRAGMA user_version = \(self.version)")
  }
}
