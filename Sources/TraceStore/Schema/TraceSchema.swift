import GRDB

/// The versions of the trace file: `user_version` n = the first n migrations have been applied.
package struct TraceSchema: Sendable {
  /// "LRTR": marks an SQLite file as a trace of this program.
  package static let applicationID: Int32 = 0x4C52_5452

  /// One step from a version to the next. Published steps are never edited.
  package struct Migration: Sendable {
    package let name: String
    package let sql: String

    package init(name: String, sql: String) {
      self.name = name
      self.sql = sql
    }
  }

  package let migrations: [Migration]
  package var version: Int { migrations.count }

  package init(migrations: [Migration]) { self.migrations = migrations }

  /// What this program reads and writes.
  package static let current = TraceSchema(migrations: [
    Migration(name: "initial", sql: InitialSchema.sql)
  ])

  /// Applies the migrations that a file of `version` lacks, each in a transaction of its own.
  func migrate(_ database: Database, from version: Int) throws {
    for (index, migration) in migrations.enumerated().dropFirst(version) {
      try database.inTransaction {
        try database.execute(sql: migration.sql)
        try database.execute(sql: "PRAGMA user_version = \(index + 1)")
        return .commit
      }
    }
  }
}
