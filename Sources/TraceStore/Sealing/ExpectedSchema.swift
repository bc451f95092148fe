import GRDB

/// What a trace of a version consists of, to the letter: a file with anything else is refused before any of it
/// is read, so that no view, trigger or expression of a stranger runs.
enum ExpectedSchema {
  /// - Throws: `TraceFileError.foreign` naming what a trace does not have; `.damaged` where something is missing.
  static func check(_ db: Database, _ path: String, version: Int, of schema: TraceSchema) throws {
    let expected = try DatabaseQueue().write { memory in
      for migration in schema.migrations.prefix(version) { try memory.execute(sql: migration.sql) }
      return try entries(memory)
    }
    let found = try entries(db)
    if let stranger = found.first(where: { !expected.contains($0) }) {
      let isKnown = expected.contains { $0.name == stranger.name && $0.kind == stranger.kind }
      throw isKnown
        ? TraceFileError.altered(path, table: stranger.table)
        : TraceFileError.foreign(path, "\(stranger.kind) '\(stranger.name)'")
    }
    guard found.count == expected.count else { throw TraceFileError.damaged(path, "its tables") }
  }

  private struct Entry: Hashable {
    let kind: String
    let name: String
    let table: String
    let sql: String?
  }

  private static func entries(_ db: Database) throws -> [Entry] {
    try Row.fetchAll(db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema").map {
      Entry(kind: $0[0] ?? "", name: $0[1] ?? "", table: $0[2] ?? "", sql: $0[3])
    }
  }
}
