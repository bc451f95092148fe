import Foundation
import GRDB
import RoutingCore

/// Checks that a trace holds what it says it holds.
package struct TraceVerification: Sendable {
  /// What is wrong, in words; empty = nothing.
  package let problems: [String]
  /// How many were looked at; `nil` where damage came before them.
  package let queries: Int?
  package let calls: Int?
  package let texts: Int?
}

extension TraceDatabase {
  /// Checks the file, the hashes of texts and queries, and every rule of the interchange format.
  package func verify() throws -> TraceVerification {
    var problems = try fileProblems()
    if problems.isEmpty, isSealed { problems = try sealProblems() }
    var counts: (queries: Int, calls: Int)?
    var texts: Int?
    if problems.isEmpty {
      let (damaged, count) = try textProblems()
      problems += damaged
      texts = count
      if problems.isEmpty {
        let (wrong, seen) = try contentProblems()
        problems = wrong
        counts = seen
      }
    }
    return TraceVerification(
      problems: problems, queries: counts?.queries, calls: counts?.calls, texts: texts)
  }

  private func fileProblems() throws -> [String] {
    try translatingErrors {
      try queue.read { db in
        let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        let references = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
        return integrity.map { "SQLite: \($0)" }
          + references.map {
            "table \($0[0] as String): row \(($0[1] as Int64?).map(String.init) ?? "?") refers to nothing"
          }
      }
    }
  }

  private func sealProblems() throws -> [String] {
    try translatingErrors {
      try queue.read { db in
        do {
          try StoredRanges.check(db, storedHeader(db), path)
        } catch let error as TraceFileError {
          return [error.description]
        }
        return try SealedTable.allCases.filter { try RowSum(of: $0, db) != TraceSeal.known($0, db) }
          .map { "table \($0.rawValue): is not as it was written" }
      }
    }
  }

  private func textProblems() throws -> ([String], Int) {
    try translatingErrors {
      try queue.read { db in
        var problems: [String] = []
        var count = 0
        let reader = try TextReader(db, path: path)
        let rows = try BulkStatement(db, "SELECT id, sha256 FROM texts ORDER BY id")
        while try rows.next() {
          count += 1
          let id = rows.integer(0) ?? 0
          let stored = rows.withBlob(1, TextHash.init(stored:))
          do {
            let isWhole = try reader.withBytes(of: id) { bytes in
              TextHash(bytes) == stored && String(validating: bytes, as: UTF8.self) != nil
            }
            if !isWhole { problems.append("text \(id): does not match its hash") }
          } catch is TraceFileError {
            problems.append("text \(id): cannot be unpacked")
          }
        }
        return (problems, count)
      }
    }
  }

  private func contentProblems() throws -> ([String], (queries: Int, calls: Int)) {
    let rules = QueryRules(header: try header())
    var problems: [String] = []
    var encoder = InterchangeEncoder()
    var seen = (queries: 0, calls: 0)
    try forEachStoredQuery { name, hash, content in
      seen.queries += 1
      let place = "query \(ImportFault.quoted(name)): "
      guard case .success(let query) = content else {
        problems.append(place + "cannot be read")
        return
      }
      seen.calls += query.calls.count
      let (canonical, faults) = rules.canonical(query)
      problems += faults.map { place + "\($0.field): \($0.fault)" }
      encoder.clear()
      encoder.encode(canonical?.record ?? query)
      if canonical != nil, encoder.bytes.withUnsafeBytes({ TextHash($0) }) != hash {
        problems.append(place + "does not match its hash")
      }
    }
    return (problems, seen)
  }
}
