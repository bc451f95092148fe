import GRDB
import RoutingCore

/// Stores canonical queries in a trace, within one transaction that its owner opens; of no use after an error.
final class TraceWriter {
  private let findQuery: BulkStatement
  private let insertQuery: BulkStatement
  private let insertContents: BulkStatement
  private let workloads: NameTable
  private let texts: TextWriter
  private let calls: CallWriter
  private let renewHash: BulkStatement
  private let hasher = QueryHasher()
  private var nextID: Int64

  init(_ db: Database, header: TraceHeader) throws {
    findQuery = try BulkStatement(db, "SELECT id FROM queries WHERE name = ?")
    insertQuery = try BulkStatement(
      db,
      """
      INSERT INTO queries (id, name, workload_id, group_name, skills, ordinal, prompt_bytes, sha256)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertContents = try BulkStatement(
      db,
      """
      INSERT INTO query_contents (query_id, prompt_id, messages_id, reference_id, extra)
      VALUES (?, ?, ?, ?, ?)
      """)
    renewHash = try BulkStatement(db, "UPDATE queries SET sha256 = ? WHERE id = ?")
    workloads = try NameTable(db, table: "workloads")
    texts = try TextWriter(db)
    calls = try CallWriter(db, models: ModelTable(header.models.map(\.name)))
    nextID = try 1 + (Int64.fetchOne(db, sql: "SELECT max(id) FROM queries") ?? 0)
  }

  /// The number of a stored query; later ones have larger numbers.
  func id(of query: String) throws -> Int64? {
    findQuery.bind(1, query)
    return try findQuery.firstInteger()
  }

  /// Stores a query whose name is new; returns its number.
  func add(_ query: CanonicalQuery) throws -> Int64 {
    let record = query.record
    hasher.begin(record)
    let id = nextID
    nextID += 1
    let textIDs = try record.calls.map { try texts.intern($0.text) }
    let promptID = try texts.intern(record.prompt)
    let messagesID = try texts.intern(record.messages?.text)
    let referenceID = try texts.intern(record.reference)
    try texts.flush()
    try insertRow(record, id)
    if promptID ?? messagesID ?? referenceID != nil || record.extra != nil {
      insertContents.bind(1, id)
      insertContents.bind(2, promptID)
      insertContents.bind(3, messagesID)
      insertContents.bind(4, referenceID)
      insertContents.bind(5, record.extra?.text)
      try insertContents.run()
    }
    for (index, call) in record.calls.enumerated() {
      try calls.add(call, at: query.coordinates[index], query: id, textID: textIDs[index])
    }
    return id
  }

  private func insertRow(_ record: QueryRecord, _ id: Int64) throws {
    insertQuery.bind(1, id)
    insertQuery.bind(2, record.query)
    insertQuery.bind(3, try workloads.id(of: record.workload))
    insertQuery.bind(4, record.group)
    insertQuery.bind(5, record.skills.isEmpty ? nil : StoredList.text(record.skills))
    insertQuery.bind(6, record.ordinal)
    insertQuery.bind(7, record.promptBytes.map { Int64($0) })
    hasher.hash().withBytes { insertQuery.bind(8, $0) }
    try insertQuery.run()
  }

  /// Stores calls that were made after their query was stored.
  ///
  /// - Parameters:
  ///   - query: as it is with them.
  ///   - isNew: which of its calls are not stored yet, by position.
  func add(callsOf query: CanonicalQuery, where isNew: (Int) -> Bool, to id: Int64) throws {
    hasher.begin(query.record)
    let new = query.record.calls.indices.filter(isNew)
    let textIDs = try new.map { try texts.intern(query.record.calls[$0].text) }
    try texts.flush()
    for (index, textID) in zip(new, textIDs) {
      try calls.add(query.record.calls[index], at: query.coordinates[index], query: id, textID: textID)
    }
    hasher.hash().withBytes { renewHash.bind(1, $0) }
    renewHash.bind(2, id)
    try renewHash.run()
  }
}
