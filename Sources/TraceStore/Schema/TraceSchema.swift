import GRDB

/// The versions of the trace file: `user_version` n = the first n migrations have been applied.
package struct TraceSchema: Sendable {
  /// "LRtr", so that a trace is told from any other SQLite file.
  static let applicationID: Int32 = 0x4C52_7472

  /// What brings a file to the next version. Published migrations are never edited; a new version is a new one.
  package struct Migration: Sendable {
    package let name: String
    package let sql: String

    package init(name: String, sql: String) {
      self.name = name
      self.sql = sql
    }
  }

  package let migrations: [Migration]
  var version: Int { migrations.count }

  package init(migrations: [Migration]) { self.migrations = migrations }

  /// What this program reads and writes.
  package static let current = TraceSchema(migrations: [
    Migration(name: "calls, queries and texts", sql: SchemaVersion1.sql),
    Migration(name: "seals", sql: SchemaVersion2.sql),
  ])

  /// Brings an open database from `version` to this one, in one transaction.
  func migrate(_ db: Database, from version: Int) throws {
    try db.inTransaction {
      for migration in migrations.dropFirst(version) { try db.execute(sql: migration.sql) }
      try TraceSeal.renew(db)
      try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
      try db.execute(sql: "PRAGMA user_version = \(self.version)")
      return .commit
    }
  }
}
