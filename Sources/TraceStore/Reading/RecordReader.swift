import GRDB
package import RoutingCore

extension TraceDatabase {
  /// Every query with its calls, in the order stored, one after the other.
  package func forEachQuery(_ body: (QueryRecord) throws -> Void) throws {
    try forEachStoredQuery { _, _, record in try body(record.get()) }
  }

  /// Every query by name and hash, with its content or why that cannot be read, in the order stored.
  func forEachStoredQuery(
    _ body: (_ name: String, _ hash: TextHash?, Result<QueryRecord, any Error>) throws -> Void
  ) throws {
    let header = try header()
    try translatingErrors {
      try queue.read { db in
        try RecordReader(db, header: header, path: path).forEachQuery(body)
      }
    }
  }
}

/// Puts records together again from their tables.
private struct RecordReader {
  private let db: Database
  private let calls: CallReader
  private let texts: TextReader

  init(_ db: Database, header: TraceHeader, path: String) throws {
    self.db = db
    calls = try CallReader(db, models: header.models.map(\.name), path: path)
    texts = try TextReader(db, path: path)
  }

  func forEachQuery(
    _ body: (_ name: String, _ hash: TextHash?, Result<QueryRecord, any Error>) throws -> Void
  ) throws {
    let rows = try BulkStatement(
      db,
      """
      SELECT q.id, q.name, w.name, q.group_name, q.ordinal, q.skills,
        c.prompt_id, c.messages_id, c.reference_id, c.extra, q.sha256
      FROM queries q LEFT JOIN workloads w ON w.id = q.workload_id
        LEFT JOIN query_contents c ON c.query_id = q.id
      ORDER BY q.id
      """)
    while try rows.next() {
      try body(rows.text(1) ?? "", rows.withBlob(10, TextHash.init(stored:)), Result { try record(rows) })
    }
  }

  private func record(_ row: BulkStatement) throws -> QueryRecord {
    var record = QueryRecord(query: row.text(1) ?? "", workload: row.text(2) ?? "")
    record.group = row.text(3)
    record.ordinal = row.integer(4)
    record.skills = try row.text(5).map(StoredList.strings) ?? []
    record.prompt = try texts.text(row.integer(6))
    record.messages = try texts.text(row.integer(7)).map { RawJSON(text: $0) }
    record.reference = try texts.text(row.integer(8))
    record.extra = row.text(9).map { RawJSON(text: $0) }
    record.calls = try calls.calls(of: row.integer(0) ?? 0, texts)
    return record
  }
}
