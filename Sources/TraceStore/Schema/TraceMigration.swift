import GRDB

/// Brings older trace files up to date.
enum TraceMigration {
  /// Replaces the trace at `path`, which is of an older `version`, by a migrated copy.
  ///
  /// The old file keeps its place until the copy is complete.
  static func migrate(_ path: String, from version: Int, to schema: TraceSchema) throws {
    do {
      try TemporaryFile.replacing(path) { temporary in
        // What is sealed now passes for what was written, so it is looked at in full before.
        let old = try TraceDatabase(
          path: path, configuration: TraceDatabase.readOnlyConfiguration, isSealed: version >= 2)
        let problems = try old.verify().problems
        guard problems.isEmpty else { throw TraceFileError.damaged(path, problems[0]) }
        try old.queue.close()
        let source = try DatabaseQueue(path: path, configuration: TraceDatabase.readOnlyConfiguration)
        let copy = try DatabaseQueue(path: temporary, configuration: TraceDatabase.configuration)
        try source.backup(to: copy)
        try source.close()
        try copy.writeWithoutTransaction { try schema.migrate($0, from: version) }
        try copy.close()
      }
    } catch let error as DatabaseError {
      throw TraceFileError.older(path, error.message ?? "SQLite error \(error.resultCode.rawValue)")
    }
  }
}
