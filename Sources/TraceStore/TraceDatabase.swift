import GRDB
package import RoutingCore

/// A trace file: one SQLite database with a header, queries and their recorded calls (DESIGN §4).
///
/// Reading never changes the file and needs no write access. Writing goes through `create` for a new file and
/// `write` for an existing one; both either happen as a whole or leave everything as it was.
package final class TraceDatabase: Sendable {
  package let path: String
  let queue: DatabaseQueue
  private let journal: Journal?

  /// How changes to an existing trace are kept safe until they are complete.
  package enum Journal: Sendable {
    /// For one large change: until it is complete the file keeps its old content, byte for byte.
    case rollback
    /// For many small changes, each safe at once, while others read (recording).
    case writeAhead
  }

  private init(path: String, queue: DatabaseQueue, journal: Journal?) {
    self.path = path
    self.queue = queue
    self.journal = journal
  }

  // MARK: Opening

  /// Opens a trace for reading. An older version is brought up to date first.
  package static func open(_ path: String, schema: TraceSchema = .current) throws -> TraceDatabase {
    try TraceUpgrade(schema: schema).prepare(path)
    return try TraceFileError.naming(path) {
      TraceDatabase(path: path, queue: try Connection.readOnly(path), journal: nil)
    }
  }

  /// Opens an existing trace to add to it. Call `close()` when done.
  package static func openForAppending(
    _ path: String, journal: Journal = .rollback, schema: TraceSchema = .current
  ) throws -> TraceDatabase {
    try TraceUpgrade(schema: schema).prepare(path)
    return try TraceFileError.naming(path) {
      let queue = try Connection.readWrite(path, journal: journal)
      return TraceDatabase(path: path, queue: queue, journal: journal)
    }
  }

  /// Makes a new trace with what `body` adds; no file is left if `body` throws.
  ///
  /// The file is built beside `path` and takes its name when complete. `path` must not exist.
  package static func create<Value>(
    at path: String, header: TraceHeader, _ body: (TraceWriter) throws -> Value
  ) throws -> Value {
    guard !SystemCall.exists(path) else { throw TraceFileError.alreadyExists(path: path) }
    return try TemporaryFile.replacing(path) { temporary in
      try TraceFileError.naming(path) {
        let queue = try Connection.building(temporary)
        let value = try queue.inDatabase { database in
          try TraceSchema.current.migrate(database, from: 0)
          try database.execute(sql: "PRAGMA application_id = \(TraceSchema.applicationID)")
          return try Self.inTransaction(database) {
            try HeaderStore.insert(header, database)
            return try body(TraceWriter(database, header: header))
          }
        }
        try queue.close()
        return value
      }
    }
  }

  // MARK: Writing

  /// Runs `body` in one transaction; nothing of it stays if it throws.
  package func write<Value>(_ body: (TraceWriter) throws -> Value) throws -> Value {
    try TraceFileError.naming(path) {
      try queue.inDatabase { database in
        try Self.inTransaction(database) {
          try body(TraceWriter(database, header: try HeaderStore.read(database)))
        }
      }
    }
  }

  /// Ends the work on a trace opened for appending; the trace is one file again.
  package func close() throws {
    try TraceFileError.naming(path) {
      if journal == .writeAhead {
        try queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      }
      try queue.close()
    }
  }

  private static func inTransaction<Value>(_ database: Database, _ body: () throws -> Value) throws -> Value {
    var result: Value?
    try database.inTransaction(.immediate) {
      result = try body()
      return .commit
    }
    guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
    return result
  }

  // MARK: Reading

  package func header() throws -> TraceHeader {
    try read { try HeaderStore.read($0) }
  }

  /// Hands each query to `body`, in the order they were stored.
  package func forEachQuery(_ body: (QueryRecord) throws -> Void) throws {
    try read { database in
      let reader = try RecordReader(database, header: try HeaderStore.read(database))
      try reader.forEachQuery(body)
    }
  }

  package func queryCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM queries") ?? 0 }
  }

  /// Identifies the content: SHA-256 over the header without its name and the digests of the queries by name,
  /// in hexadecimal. It does not depend on the order of queries, the file's layout or the caches.
  package func fingerprint() throws -> String {
    try read { try Fingerprint.compute($0) }
  }

  /// Runs `body` on one unchanging state of the trace.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try TraceFileError.naming(path) { try queue.read(body) }
  }
}
