import Foundation
import GRDB
package import RoutingCore

/// A trace file: SQLite, with a fingerprint of its content (`fingerprint()`).
package final class TraceDatabase: Sendable {
  package let path: String
  let queue: DatabaseQueue
  /// Whether it says what its tables held when they were written; older versions did not.
  let isSealed: Bool

  /// Opens a trace to read it; an older version is brought up to date first. The file and its folder may be
  /// read-only.
  ///
  /// - Throws: `TraceFileError` when it is no trace, damaged, or of another version.
  package convenience init(reading path: String, schema: TraceSchema = .current) throws {
    try Self.prepare(path, schema)
    try self.init(path: path, configuration: Self.readOnlyConfiguration)
  }

  /// Opens an existing trace to change it; an older version is brought up to date first.
  package convenience init(changing path: String, schema: TraceSchema = .current) throws {
    try Self.prepare(path, schema)
    try self.init(path: path, configuration: Self.configuration)
  }

  /// Checks that a file is a trace of this version, or makes it one.
  private static func prepare(_ path: String, _ schema: TraceSchema) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw TraceFileError.missing(path) }
    guard !SystemCall.isDirectory(path) else { throw TraceFileError.isFolder(path, expected: "a trace file") }
    finishInterruptedWriting(path)
    let database = try TraceDatabase(path: path, configuration: readOnlyConfiguration)
    let version = try database.version(schema)
    try database.queue.close()
    if version < schema.version { try TraceMigration.migrate(path, from: version, to: schema) }
  }

  /// Where a writer was killed, SQLite's side files still lie beside the trace, and reading needs them gone.
  ///
  /// Nothing committed is lost and nothing half-written is kept. A writer that is still at work keeps its
  /// lock, and so its files; those can be read along.
  private static func finishInterruptedWriting(_ path: String) {
    let files = FileManager.default
    guard ["-wal", "-journal"].contains(where: { files.fileExists(atPath: path + $0) }),
      let queue = try? DatabaseQueue(path: path, configuration: configuration)
    else { return }
    try? queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
    try? queue.close()
  }

  /// Makes a new, empty trace at a path where no file is.
  ///
  /// - Parameter name: the path that it is to have in the end, for messages.
  convenience init(creating path: String, for name: String) throws {
    var configuration = Self.configuration
    // What refers to what is written by one writer and checked by `verify`; looking it up row by row takes time.
    configuration.foreignKeysEnabled = false
    // The file becomes a trace only by its rename, so until then nothing needs to survive.
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    }
    try self.init(path: name, file: path, configuration: configuration)
    try translatingErrors {
      try queue.writeWithoutTransaction { db in try TraceSchema.current.migrate(db, from: 0) }
    }
  }

  /// - Parameter file: where it lies, if not at its path.
  init(path: String, file: String? = nil, configuration: Configuration, isSealed: Bool = true) throws {
    self.path = path
    self.isSealed = isSealed
    do {
      queue = try DatabaseQueue(path: file ?? path, configuration: configuration)
    } catch let error as DatabaseError {
      throw TraceFileError(error, path: path)
    }
  }

  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try ConnectionLimits.set(db)
      try db.execute(sql: "PRAGMA cache_size = -65536")
    }
    return configuration
  }

  static var readOnlyConfiguration: Configuration {
    var configuration = configuration
    configuration.readonly = true
    return configuration
  }

  /// The version of the file, which must be a trace and nothing else.
  private func version(_ schema: TraceSchema) throws -> Int {
    try translatingErrors {
      try queue.read { db in
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == TraceSchema.applicationID else {
          throw TraceFileError.notATrace(path)
        }
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version <= schema.version else { throw TraceFileError.newer(path, version: version) }
        guard version >= 1 else { throw TraceFileError.damaged(path, "its version") }
        try ExpectedSchema.check(db, path, version: version, of: schema)
        return version
      }
    }
  }

  /// Turns what SQLite reports into a sentence with the path.
  func translatingErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw TraceFileError(error, path: path)
    } catch is StoredListFault {
      throw TraceFileError.damaged(path, "a list")
    }
  }

  package func header() throws -> TraceHeader {
    try translatingErrors {
      try queue.read { db in
        try check([.header], db)
        return try storedHeader(db)
      }
    }
  }

  func storedHeader(_ db: Database) throws -> TraceHeader {
    guard let text = try String.fetchOne(db, sql: "SELECT json FROM header"),
      let header = InterchangeText.header(text), HeaderRules.faults(in: header).isEmpty
    else { throw TraceFileError.damaged(path, "its header") }
    return header
  }
}
