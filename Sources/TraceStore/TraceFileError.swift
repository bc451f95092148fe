import GRDB

/// Why a trace file cannot be used.
package enum TraceFileError: Error, Equatable {
  case missing(path: String)
  case cannotOpen(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case notATrace(path: String)
  case newer(path: String, version: Int, supported: Int)
  /// Older, and it cannot be brought up to date where it stands.
  case cannotMigrate(path: String, version: Int, reason: String)
  case corrupt(path: String, detail: String)
  case busy(path: String)
  case alreadyExists(path: String)
  case outOfMemory
}

extension TraceFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such trace; make one with 'lightreplay import jsonl FILE --trace \(path)'"
    case .cannotOpen(let path, let reason): "\(path): cannot be opened: \(reason)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    case .notATrace(let path):
      "\(path): not a LightReplay trace; expected a file made by 'lightreplay import' or 'lightreplay record'"
    case .newer(let path, let version, let supported):
      "\(path): written by a newer LightReplay (file version \(version), this program reads up to "
        + "\(supported)); update LightReplay, or export the trace as jsonl with the newer version"
    case .cannotMigrate(let path, let version, let reason):
      "\(path): file version \(version) must be brought up to date before it can be read, "
        + "which failed: \(reason). Copy the trace to where it can be written"
    case .corrupt(let path, let detail):
      "\(path): the file is damaged or cut (\(detail)); restore it from a copy or import it again"
    case .busy(let path): "\(path): another program is writing to this trace; try again when it is done"
    case .alreadyExists(let path): "\(path): there is a file already"
    case .outOfMemory: "out of memory"
    }
  }
}

extension TraceFileError {
  /// The cause of a failed SQLite call, in the program's own words.
  init(_ error: DatabaseError, path: String) {
    let detail = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch error.resultCode.primaryResultCode {
    case .SQLITE_NOTADB: self = .notATrace(path: path)
    case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR, .SQLITE_SCHEMA:
      self = .corrupt(path: path, detail: detail)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .cannotOpen(path: path, reason: detail)
    case .SQLITE_NOMEM: self = .outOfMemory
    default: self = .cannotWrite(path: path, reason: detail)
    }
  }

  /// Runs `body`, turning failed SQLite calls into errors that name the file.
  static func naming<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw TraceFileError(error, path: path)
    }
  }
}
