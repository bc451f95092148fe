import GRDB

/// Why a trace file cannot be used.
package enum TraceFileError: Error, Equatable {
  case missing(String)
  case notATrace(String)
  case newer(String, version: Int)
  /// Older, and it cannot be brought up to date where it stands.
  case older(String, String)
  case damaged(String, String)
  /// A table does not hold what was written to it.
  case altered(String, table: String)
  /// It has a part that no trace has.
  case foreign(String, String)
  case busy(String)
  case readOnly(String)
  case full(String)
  case failed(String, String)
  case noFolder(String)
  case isFolder(String, expected: String)
  case unknownGrader(String, name: String, known: [String])
  /// Answers are graded by name only, and no grader was chosen.
  case noPlainScores(String, graders: [String])
}

extension TraceFileError {
  /// Never with statement arguments, which may hold prompts.
  init(_ error: DatabaseError, path: String) {
    self =
      switch error.resultCode {
      case .SQLITE_NOTADB: .notATrace(path)
      case .SQLITE_CORRUPT, .SQLITE_FORMAT: .damaged(path, "its content")
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path)
      case .SQLITE_READONLY, .SQLITE_PERM: .readOnly(path)
      case .SQLITE_CANTOPEN: .failed(path, "cannot be opened; check its permissions and its folder's")
      case .SQLITE_FULL: .full(path)
      case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE: .full(path)
      case .SQLITE_ERROR where error.message?.contains("no such table") == true: .damaged(path, "its tables")
      default: .failed(path, error.message ?? "SQLite error \(error.resultCode.rawValue)")
      }
  }
}

extension TraceFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such trace; make one with: lightreplay import jsonl FILE --trace \(path)"
    case .notATrace(let path):
      "\(path): not a LightReplay trace; recorded answers become one with: "
        + "lightreplay import \(path) --trace FILE"
    case .newer(let path, let version):
      "\(path): written by a newer LightReplay (file version \(version), this program knows \(TraceSchema.current.version)); update LightReplay"
    case .older(let path, let why):
      "\(path): written by an older LightReplay, and bringing it up to date failed: \(why); copy it to where it can be written"
    case .damaged(let path, let what):
      "\(path): damaged: \(what) cannot be read; restore it from a copy, or import again"
    case .altered(let path, let table):
      "\(path): damaged: its table '\(table)' is not as it was written; restore it from a copy, or import again"
    case .foreign(let path, let what):
      "\(path): has the \(what), which no trace has; nothing of it was run: import the recorded answers again"
    case .busy(let path): "\(path): in use by another process; try again when it is done"
    case .readOnly(let path): "\(path): cannot be written; check its permissions"
    case .full(let path): "\(path): no space left on the disk; what was there before is as it was"
    case .noFolder(let path): "\(path): its folder does not exist; make it first"
    case .isFolder(let path, let expected): "\(path): is a folder; expected \(expected)"
    case .failed(let path, let why): "\(path): \(why)"
    case .noPlainScores(let path, let graders):
      "\(path): no answer has a plain score, only grades by \(graders.joined(separator: ", ")); "
        + "choose one with --grader"
    case .unknownGrader(let path, let name, let known):
      "\(path): no grades by '\(name)'; recorded graders: \(known.isEmpty ? "none" : known.joined(separator: ", "))"
    }
  }
}
