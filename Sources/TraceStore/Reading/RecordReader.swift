import GRDB
package import RoutingCore

extension TraceDatabase {
  /// Every query with its calls, in the order stored, one after the other.
  package func forEachQuery(_ body: (QueryRecord) throws -> Void) throws {
    try checkAll()
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
struct RecordReader {
  private let db: Database
  private let calls: CallReader
  private let texts: TextReader

  init(_ db: Database, header: TraceHeader, path: String) throws {
    self.db = db
    calls = try CallReader(db, models: header.models.map(\.name), path: path)
    texts = try TextReader(db, path: path)
  }

  /// A query with the numbers it and its calls are stored under.
  struct Stored: Sendable {
    let id: Int64
    var record: QueryRecord
    /// One for each call of the record.
    let callIDs: [Int64]
  }

  private static let sql = """
    SELECT q.id, q.name, w.name, q.group_name, q.ordinal, q.skills,
      c.prompt_id, c.messages_id, c.reference_id, c.extra, q.sha256
    FROM queries q LEFT JOIN workloads w ON w.id = q.workload_id
      LEFT JOIN query_contents c ON c.query_id = q.id
    WHERE q.id > ? ORDER BY q.id
    """

  func forEachQuery(
    _ body: (_ name: String, _ hash: TextHash?, Result<QueryRecord, any Error>) throws -> Void
  ) throws {
    let rows = try BulkStatement(db, Self.sql)
    rows.bind(1, Int64.min)
    while try rows.next() {
      try body(
        rows.text(1) ?? "", rows.withBlob(10, TextHash.init(stored:)), Result { try stored(rows).record })
    }
  }

  /// The queries behind the one of number `id`: `count` of them, or fewer where their texts reach `bytes`;
  /// none at the end.
  func queries(after id: Int64, count: Int, bytes: Int) throws -> [Stored] {
    let rows = try BulkStatement(db, Self.sql)
    rows.bind(1, id)
    var queries: [Stored] = []
    var length = 0
    while queries.count < count, length < bytes, try rows.next() {
      let query = try stored(rows)
      length += query.record.calls.reduce(0) { $0 + ($1.text?.utf8.count ?? 0) }
      queries.append(query)
    }
    rows.reset()
    return queries
  }

  private func stored(_ row: BulkStatement) throws -> Stored {
    var record = QueryRecord(query: row.text(1) ?? "", workload: row.text(2) ?? "")
    record.group = row.text(3)
    record.ordinal = row.integer(4)
    record.skills = try row.text(5).map(StoredList.strings) ?? []
    record.prompt = try texts.text(row.integer(6))
    record.messages = try texts.text(row.integer(7)).map { RawJSON(text: $0) }
    record.reference = try texts.text(row.integer(8))
    record.extra = row.text(9).map { RawJSON(text: $0) }
    let id = row.integer(0) ?? 0
    let identified = try calls.identifiedCalls(of: id, texts)
    record.calls = identified.map(\.call)
    return Stored(id: id, record: record, callIDs: identified.map(\.id))
  }
}
