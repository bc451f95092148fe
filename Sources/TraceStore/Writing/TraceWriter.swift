import GRDB
package import RoutingCore

/// Adds queries to a trace within one transaction; it must not be kept beyond it.
package final class TraceWriter {
  package let header: TraceHeader

  let rules: QueryRules
  private let database: Database
  private let findQuery: BulkStatement
  private let insertQuery: BulkStatement
  private let insertContents: BulkStatement
  private let workloads: NameTable
  private let texts: TextWriter
  private let calls: CallWriter
  private var encoder = InterchangeEncoder()
  private var nextQueryID: Int64

  init(_ database: Database, header: TraceHeader) throws {
    self.database = database
    self.header = header
    rules = QueryRules(header: header)
    findQuery = try BulkStatement(database, "SELECT id FROM queries WHERE name = ?")
    insertQuery = try BulkStatement(
      database,
      """
      INSERT INTO queries (id, name, workload_id, group_name, ordinal, skills, digest)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    insertContents = try BulkStatement(
      database,
      """
      INSERT INTO query_contents (query_id, prompt_id, messages_id, reference_id, extra)
      VALUES (?, ?, ?, ?, ?)
      """)
    workloads = try NameTable(database, table: "workloads")
    texts = try TextWriter(database)
    calls = try CallWriter(database)
    nextQueryID = try 1 + (Int64.fetchOne(database, sql: "SELECT max(id) FROM queries") ?? 0)
  }

  /// Adds a query. Calls are brought into canonical order and defaults are filled in.
  ///
  /// Throws `QueryRefused` with everything that is wrong with it.
  package func append(_ query: QueryRecord) throws {
    let (canonical, faults) = rules.canonical(query)
    guard let canonical else { throw QueryRefused(query: query.query, faults: faults) }
    guard try queryID(named: query.query) == nil else {
      let fault = ImportFault.duplicateQuery(name: query.query, first: .trace)
      throw QueryRefused(query: query.query, faults: [("query", fault)])
    }
    _ = try insert(canonical)
  }

  /// Declares further selectors and aggregators.
  package func declareTools(of header: TraceHeader) throws {
    try HeaderStore.declare(header, database)
  }

  /// The header with everything declared so far.
  func currentHeader() throws -> TraceHeader { try HeaderStore.read(database) }

  /// The number of a stored query; later ones have larger numbers.
  func queryID(named name: String) throws -> Int64? {
    findQuery.bind(1, name)
    return try findQuery.firstInteger()
  }

  /// Stores a query whose name is new; returns its number.
  func insert(_ query: CanonicalQuery) throws -> Int64 {
    let record = query.record
    let id = nextQueryID
    nextQueryID += 1
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
      try calls.insert(call, at: query.coordinates[index], query: id, textID: textIDs[index])
    }
    return id
  }

  private func insertRow(_ record: QueryRecord, _ id: Int64) throws {
    encoder.clear()
    encoder.encode(record)
    let digest = encoder.bytes.withUnsafeBytes { ContentHash($0) }
    insertQuery.bind(1, id)
    insertQuery.bind(2, record.query)
    insertQuery.bind(3, try workloads.id(of: record.workload))
    insertQuery.bind(4, record.group)
    insertQuery.bind(5, record.ordinal)
    insertQuery.bind(6, record.skills.isEmpty ? nil : StoredList.text(record.skills))
    digest.withBytes { insertQuery.bind(7, $0) }
    try insertQuery.run()
  }
}

/// A query that breaks a rule of the trace.
package struct QueryRefused: Error, CustomStringConvertible {
  package let query: String
  package let faults: [(field: String, fault: ImportFault)]

  package var description: String {
    faults.map { "query \(ImportFault.quoted(query)): \($0.field): \($0.fault)" }.joined(separator: "\n")
  }
}
