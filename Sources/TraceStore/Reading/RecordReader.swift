import GRDB
import RoutingCore

/// Reads queries back as records.
final class RecordReader {
  private let header: TraceHeader
  private let database: Database
  private let calls: CallReader
  private let texts: TextReader

  init(_ database: Database, header: TraceHeader) throws {
    self.header = header
    self.database = database
    calls = try CallReader(database, models: header.models.map(\.name))
    texts = try TextReader(database)
  }

  /// Hands each query to `body`, in the order they were stored.
  func forEachQuery(_ body: (QueryRecord) throws -> Void) throws {
    try forEachQuery { _, record in try body(record.get()) }
  }

  /// Hands each query with its number to `body`, in the order they were stored; a damaged one as the error.
  func forEachQuery(_ body: (Int64, Result<QueryRecord, any Error>) throws -> Void) throws {
    let queries = try BulkStatement(
      database,
      """
      SELECT q.id, q.name, w.name, q.group_name, q.ordinal, q.skills,
             c.prompt_id, c.messages_id, c.reference_id, c.extra
      FROM queries q LEFT JOIN workloads w ON w.id = q.workload_id
      LEFT JOIN query_contents c ON c.query_id = q.id
      ORDER BY q.id
      """)
    while try queries.next() {
      let id = queries.integer(0) ?? 0
      try body(id, Result { try record(queries, id) })
    }
  }

  private func record(_ row: BulkStatement, _ id: Int64) throws -> QueryRecord {
    var record = QueryRecord(query: row.text(1) ?? "", workload: row.text(2) ?? "")
    record.group = row.text(3)
    record.ordinal = row.integer(4)
    record.skills = try row.text(5).map(StoredList.strings) ?? []
    record.prompt = try texts.text(row.integer(6))
    record.messages = try texts.text(row.integer(7)).map { RawJSON(text: $0) }
    record.reference = try texts.text(row.integer(8))
    record.extra = row.text(9).map { RawJSON(text: $0) }
    record.calls = try calls.calls(of: id, texts)
    return record
  }
}
