import Foundation
import GRDB
import RoutingCore

/// Imports files into a trace: all of them, or nothing.
package struct TraceImport {
  /// What an import took in.
  package struct Result: Sendable {
    package let queries: Int
    package let calls: Int
    package let isNew: Bool
    /// What people should know about it, a sentence each.
    package let remarks: [String]
  }

  package typealias Progress = (_ queries: Int, _ bytes: Int64, _ total: Int64?) -> Void

  /// - Parameters:
  ///   - path: of the trace; made if there is none, else added to.
  ///   - progress: called now and then.
  /// - Throws: `ImportFailure` with everything wrong in the input, `InputError`, `TraceFileError`. Whatever
  ///   is thrown, a new trace leaves no file and an existing one is as it was.
  package static func run(
    _ importer: any TraceImporter, files: [String], into path: String, progress: @escaping Progress
  ) throws -> Result {
    guard !SystemCall.isDirectory(path) else { throw TraceFileError.isFolder(path, expected: "a trace file") }
    if FileManager.default.fileExists(atPath: path) {
      return try append(importer, files, to: path, progress)
    }
    return try create(at: path, taking: { try $0.take(files, with: importer) }, progress: progress)
  }

  /// Makes a trace under another name and gives it its own when it is complete.
  @discardableResult
  static func create(
    at path: String, taking: (DatabaseSink) throws -> Void, progress: @escaping Progress
  ) throws -> Result {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard SystemCall.isDirectory(folder) else { throw TraceFileError.noFolder(path) }
    removeLeftovers(of: path)
    let temporary = path + unfinished + "\(ProcessInfo.processInfo.processIdentifier)"
    var isComplete = false
    defer { if !isComplete { try? FileManager.default.removeItem(atPath: temporary) } }
    let database = try TraceDatabase(creating: temporary, for: path)
    let result = try database.translatingErrors {
      try database.queue.inTransaction { db, sink in
        try taking(sink)
        return Result(queries: sink.queries, calls: sink.calls, isNew: true, remarks: sink.remarks)
      } sink: {
        try DatabaseSink($0, stored: nil, progress)
      }
    }
    try database.queue.close()
    guard SystemCall.synchronize(temporary) else { throw TraceFileError.failed(path, SystemCall.lastReason) }
    // A trace that somebody else made meanwhile is not overwritten.
    guard link(temporary, path) == 0 else { throw TraceFileError.failed(path, SystemCall.lastReason) }
    try? FileManager.default.removeItem(atPath: temporary)
    isComplete = true
    return result
  }

  /// What an unfinished trace's name has behind the trace's, before the number of the process.
  private static let unfinished = ".importing-"

  /// Removes what imports into this path left behind when they were killed.
  private static func removeLeftovers(of path: String) {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let prefix = url.lastPathComponent + unfinished
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(prefix) {
      guard let process = Int32(name.dropFirst(prefix.count).prefix { $0.isNumber }),
        process == ProcessInfo.processInfo.processIdentifier || !SystemCall.isRunning(process)
      else { continue }
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }

  private static func append(
    _ importer: any TraceImporter, _ files: [String], to path: String, _ progress: @escaping Progress
  ) throws -> Result {
    let database = try TraceDatabase(changing: path)
    try database.checkAll()
    let header = try database.header()
    defer { try? database.queue.close() }
    // With a rollback journal a failed import leaves every byte of the file as it was; the write-ahead log
    // would mark the file's header.
    return try database.translatingErrors {
      try database.queue.inTransaction { db, sink in
        try sink.take(files, with: importer)
        return Result(queries: sink.queries, calls: sink.calls, isNew: false, remarks: sink.remarks)
      } sink: {
        try DatabaseSink($0, stored: header, progress)
      }
    }
  }
}

extension DatabaseSink {
  /// Reads all files and fails if anything was wrong.
  fileprivate func take(_ files: [String], with importer: any TraceImporter) throws {
    do {
      try importer.read(files, into: self)
    } catch let error as InputError {
      throw failure(after: error)
    }
    try finish()
    guard queries > 0 else {
      let fault = ImportFault.missing(expected: "at least one answer that can be taken")
      throw ImportFailure(problems: [ImportProblem(file: files[0], line: nil, fault: fault)])
    }
  }
}

extension DatabaseQueue {
  fileprivate func inTransaction<Value>(
    _ body: (Database, DatabaseSink) throws -> Value, sink make: (Database) throws -> DatabaseSink
  ) throws -> Value {
    try writeWithoutTransaction { db in
      var value: Value?
      try db.inTransaction(.immediate) {
        value = try body(db, make(db))
        try TraceSeal.renew(db)
        return .commit
      }
      guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
      return value
    }
  }
}
