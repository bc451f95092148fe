import Foundation
import GRDB
import RoutingCore

/// Checks that a trace holds what it says it holds.
package struct TraceVerification: Sendable {
  /// What is wrong, in words; empty = nothing.
  package let problems: [String]
  package let queries: Int
  package let calls: Int
  package let texts: Int
}

extension TraceDatabase {
  /// Checks the file, the hashes of texts and queries, and every rule of the interchange format.
  package func verify() throws -> TraceVerification {
    var problems = try fileProblems()
    var counts = (queries: 0, calls: 0, texts: 0)
    if problems.isEmpty {
      let (damaged, texts) = try textProblems()
      problems += damaged
      counts.texts = texts
      if problems.isEmpty { problems += try contentProblems(&counts) }
    }
    return TraceVerification(
      problems: problems, queries: counts.queries, calls: counts.calls, texts: counts.texts)
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

  private func textProblems() throws -> ([String], Int) {
    try translatingErrors {
      try queue.read { db in
        var problems: [String] = []
        var count = 0
        let rows = try Row.fetchCursor(
          db, sql: "SELECT id, sha256, codec, bytes, content FROM texts ORDER BY id")
        while let row = try rows.next() {
          count += 1
          let id: Int64 = row[0]
          let data = TextCodec(rawValue: row[2])?.unpacked(row[4], size: row[3])
          guard let data else {
            problems.append("text \(id): cannot be unpacked")
            continue
          }
          if ContentHash.bytes(data) != row[1] as Data {
            problems.append("text \(id): does not match its hash")
          }
        }
        return (problems, count)
      }
    }
  }

  private func contentProblems(_ counts: inout (queries: Int, calls: Int, texts: Int)) throws -> [String] {
    let header = try header()
    let rules = QueryRules(header: header)
    let digests = try translatingErrors {
      try queue.read { db in try Data.fetchAll(db, sql: "SELECT sha256 FROM queries ORDER BY id") }
    }
    var problems: [String] = []
    var encoder = InterchangeEncoder()
    var seen = (queries: 0, calls: 0)
    try forEachQuery { query in
      let (canonical, faults) = rules.canonical(query)
      problems += faults.map { "query \(ImportFault.quoted(query.query)): \($0.field): \($0.fault)" }
      if let canonical {
        encoder.clear()
        encoder.encode(canonical.record)
        if ContentHash.bytes(encoder.bytes) != digests[seen.queries] {
          problems.append("query \(ImportFault.quoted(query.query)): does not match its hash")
        }
      }
      seen.queries += 1
      seen.calls += query.calls.count
    }
    counts.queries = seen.queries
    counts.calls = seen.calls
    return problems
  }
}
