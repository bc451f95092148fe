import Foundation
import GRDB
package import RoutingCore

/// A trace while calls are added to it: every call is committed on its own, so that a crash loses at most the
/// calls in flight.
///
/// The file is in write-ahead mode meanwhile and can be read along; one process at a time records into it.
package actor TraceRecording: CallStore {
  private let database: TraceDatabase
  private let writer: TraceWriter
  private let rules: QueryRules
  private let lock: Int32
  private var stored: [ExactString: StoredQuery] = [:]
  private var isOpen = true
  /// Why nothing can be written any more: what the writer remembers of a transaction that was undone is not in the file.
  private var failure: (any Error)?

  private struct StoredQuery {
    let id: Int64
    var query: CanonicalQuery
  }

  /// Opens a trace to record into, or makes one.
  ///
  /// - Throws: `TraceFileError`; `RecordingError` where the trace is of other models or being recorded already.
  package init(path: String, header: TraceHeader) throws {
    guard !SystemCall.isDirectory(path) else { throw TraceFileError.isFolder(path, expected: "a trace file") }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard SystemCall.isDirectory(folder) else { throw TraceFileError.noFolder(path) }
    guard let lock = SystemCall.lock(Self.lockPath(path)) else {
      throw SystemCall.exists(Self.lockPath(path))
        ? RecordingError.recordedElsewhere(path) : TraceFileError.readOnly(path)
    }
    var isComplete = false
    defer { if !isComplete { SystemCall.close(lock) } }
    if !SystemCall.exists(path) { try Self.create(path, header) }
    let database = try TraceDatabase(changing: path)
    try database.checkAll()
    let joined = try Self.joined(try database.header(), header, path)
    let (writer, _) = try database.translatingErrors {
      try database.queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        try Self.write(joined, to: db)
        return (try TraceWriter(db, header: joined), 0)
      }
    }
    self.database = database
    self.writer = writer
    self.lock = lock
    rules = QueryRules(header: joined)
    self.stored = try Self.queries(of: database, rules, writer)
    isComplete = true
  }

  private static func lockPath(_ path: String) -> String { path + ".recording" }

  /// An empty trace, in its place only when it is whole.
  private static func create(_ path: String, _ header: TraceHeader) throws {
    let temporary = path + ".creating-\(SystemCall.processID)"
    SystemCall.remove(temporary)
    defer { SystemCall.remove(temporary) }
    let database = try TraceDatabase(creating: temporary, for: path)
    try database.translatingErrors {
      try database.queue.writeWithoutTransaction { db in try write(header, to: db) }
    }
    try database.queue.close()
    // Live prompts and answers are for whoever records them; SQLite's side files follow.
    guard SystemCall.setMode(temporary, 0o600) else {
      throw TraceFileError.failed(path, SystemCall.lastReason)
    }
    guard SystemCall.synchronize(temporary), SystemCall.replace(path, with: temporary) else {
      throw TraceFileError.failed(path, SystemCall.lastReason)
    }
  }

  private static func write(_ header: TraceHeader, to db: Database) throws {
    try db.inTransaction {
      try StoredHeader.write(header, to: db)
      try TraceSeal.renew(db)
      return .commit
    }
  }

  private static func joined(_ stored: TraceHeader, _ header: TraceHeader, _ path: String) throws
    -> TraceHeader
  {
    if let (field, found, inTrace) = HeaderComparison.differences(header, stored).first {
      throw RecordingError.otherHeader(path, field: field, found: found, inTrace: inTrace)
    }
    return HeaderComparison.joined(stored, header)
  }

  private static func queries(
    of database: TraceDatabase, _ rules: QueryRules, _ writer: TraceWriter
  ) throws -> [ExactString: StoredQuery] {
    var stored: [ExactString: StoredQuery] = [:]
    var records: [QueryRecord] = []
    try database.forEachQuery { records.append($0) }
    for record in records {
      guard let query = rules.canonical(record).query,
        let id = try database.queue.writeWithoutTransaction({ _ in try writer.id(of: record.query) })
      else { throw TraceFileError.damaged(database.path, "a query") }
      stored[ExactString(record.query)] = StoredQuery(id: id, query: query)
    }
    return stored
  }
}

extension TraceRecording {
  /// Stores queries that are not in the trace yet and returns all asked for with their recorded calls, in the
  /// order given.
  ///
  /// - Throws: `RecordingError` where a query is in the trace with another prompt, reference or workload.
  package func begin(_ queries: [QueryRecord]) throws -> [QueryRecord] {
    try inTransaction(changing: nil) {
      for query in queries {
        guard let known = stored[ExactString(query.query)] else {
          try store(query)
          continue
        }
        guard var record = Optional(known.query.record) else { continue }
        record.calls = []
        guard record == query else { throw RecordingError.otherQuery(database.path, query: query.query) }
      }
    }
    return queries.compactMap { stored[ExactString($0.query)]?.query.record }
  }

  private func store(_ query: QueryRecord) throws {
    guard let canonical = rules.canonical(query).query else {
      throw RecordingError.unfit(query: query.query, "the query")
    }
    stored[ExactString(query.query)] = StoredQuery(id: try writer.add(canonical), query: canonical)
  }

  package func add(_ call: CallRecord, to query: String) throws {
    guard var entry = stored[ExactString(query)] else {
      throw RecordingError.unfit(query: query, "an unknown query")
    }
    var record = entry.query.record
    record.calls.append(call)
    let known = Set(entry.query.coordinates)
    let (canonical, faults) = rules.canonical(record)
    guard let canonical else {
      throw RecordingError.unfit(
        query: query, faults.first.map { "\($0.field): \($0.fault)" } ?? call.role.words)
    }
    try inTransaction(changing: entry.id) {
      try writer.add(callsOf: canonical, where: { !known.contains(canonical.coordinates[$0]) }, to: entry.id)
    }
    entry.query = canonical
    stored[ExactString(query)] = entry
  }

  /// After a failure every further call gets the same one.
  private func inTransaction(changing query: Int64?, _ body: () throws -> Void) throws {
    if let failure { throw failure }
    do {
      try database.translatingErrors {
        try database.queue.writeWithoutTransaction { db in
          try db.inTransaction(.immediate) {
            try TraceSeal.extending(db, query: query, body)
            return .commit
          }
        }
      }
    } catch {
      failure = error
      throw error
    }
  }

  /// Brings the file to rest: one file again, nothing beside it.
  package func close() throws {
    guard isOpen else { return }
    isOpen = false
    try database.translatingErrors {
      try database.queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")
      }
    }
    SystemCall.remove(Self.lockPath(database.path))
    SystemCall.close(lock)
  }
}

/// Why calls cannot be recorded into a trace.
package enum RecordingError: Error, Equatable {
  case recordedElsewhere(String)
  case otherHeader(String, field: String, found: String, inTrace: String)
  case otherQuery(String, query: String)
  case unfit(query: String, String)
}

extension RecordingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .recordedElsewhere(let path):
      "\(path): another process is recording into it; wait until it is done, or stop it"
    case .otherHeader(let path, let field, let found, let inTrace):
      "\(path): \(field) is \(found) in the configuration and \(inTrace) in the trace; record into another trace"
    case .otherQuery(let path, let query):
      "\(path): the query '\(query)' is recorded with another prompt, reference, workload or other detail; give the new one another name"
    case .unfit(let query, let what): "query '\(query)': a call cannot be stored: \(what)"
    }
  }
}
