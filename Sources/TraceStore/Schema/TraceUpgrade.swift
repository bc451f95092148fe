import GRDB

/// Recognises trace files and brings older ones up to date.
struct TraceUpgrade {
  let schema: TraceSchema

  /// Checks that `path` is a trace this program understands; an older one is replaced by a migrated copy.
  ///
  /// The old file keeps its place until the copy is complete.
  func prepare(_ path: String) throws {
    guard SystemCall.exists(path) else { throw TraceFileError.missing(path: path) }
    guard !SystemCall.isDirectory(path) else {
      throw TraceFileError.cannotOpen(path: path, reason: "Is a directory")
    }
    try checkMark(path)
    let version = try TraceFileError.naming(path) { try storedVersion(path) }
    guard version <= schema.version else {
      throw TraceFileError.newer(path: path, version: version, supported: schema.version)
    }
    if version < schema.version { try migrate(path, from: version) }
  }

  /// The first bytes say whether this is an SQLite file at all, without SQLite touching it.
  private func checkMark(_ path: String) throws {
    guard let file = SystemCall.openForReading(path) else {
      throw TraceFileError.cannotOpen(path: path, reason: SystemCall.lastReason)
    }
    defer { SystemCall.close(file) }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = bytes.withUnsafeMutableBytes { SystemCall.read(file, into: $0) } ?? 0
    guard bytes.starts(with: "SQLite format 3\0".utf8) else { throw TraceFileError.notATrace(path: path) }
    guard count == bytes.count else {
      throw TraceFileError.corrupt(path: path, detail: "it ends after \(count) bytes")
    }
    let mark = bytes[68..<72].reduce(Int32(0)) { $0 << 8 | Int32($1) }
    guard mark == TraceSchema.applicationID else { throw TraceFileError.notATrace(path: path) }
  }

  private func storedVersion(_ path: String) throws -> Int {
    do {
      return try version(of: try Connection.readOnly(path))
    } catch let error as DatabaseError where Self.needsRecovery(error) {
      // A program died while writing: opening for writing puts the old state back.
      return try version(of: try Connection.readWrite(path, journal: .rollback))
    }
  }

  private func version(of queue: DatabaseQueue) throws -> Int {
    let version = try queue.inDatabase { database in
      _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
      return try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }
    try queue.close()
    return version
  }

  private static func needsRecovery(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_READONLY || error.resultCode == .SQLITE_CANTOPEN
  }

  private func migrate(_ path: String, from version: Int) throws {
    do {
      try TemporaryFile.replacing(path) { temporary in
        let source = try Connection.readOnly(path)
        let copy = try Connection.building(temporary)
        try source.backup(to: copy)
        try source.close()
        try copy.inDatabase { try schema.migrate($0, from: version) }
        try copy.close()
      }
    } catch let error as DatabaseError {
      let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
      throw TraceFileError.cannotMigrate(path: path, version: version, reason: reason)
    }
  }
}
