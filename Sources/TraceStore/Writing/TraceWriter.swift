import Crypto
import Foundation
import GRDB
import RoutingCore

/// Stores canonical queries in a trace, within one transaction that its owner opens.
final class TraceWriter {
  private let db: Database
  private let positions: [ExactString: Int]
  private let queryStatement: Statement
  private let callStatement: Statement
  private let detailStatement: Statement
  private let gradeStatement: Statement
  private let prefixStatement: Statement
  private let texts: TextWriter
  private var workloads: [ExactString: Int64] = [:]
  private var tools: [ExactString: Int64] = [:]
  private var encoder = InterchangeEncoder()

  init(_ db: Database, header: TraceHeader) throws {
    self.db = db
    positions = Dictionary(
      header.models.enumerated().map { (ExactString($1.name), $0) }, uniquingKeysWith: { first, _ in first })
    func insert(_ table: String, _ columns: Int) throws -> Statement {
      let marks = Array(repeating: "?", count: columns).joined(separator: ",")
      return try db.makeStatement(sql: "INSERT INTO \(table) VALUES (\(marks))")
    }
    queryStatement = try insert("queries", 12)
    callStatement = try insert("calls", 23)
    detailStatement = try insert("call_details", 8)
    gradeStatement = try insert("grades", 4)
    prefixStatement = try insert("prefixes", 4)
    texts = try TextWriter(db)
  }

  /// Whether a query of that name is stored.
  func contains(_ query: String) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM queries WHERE name = ?)"), arguments: [query])
      ?? false
  }

  func add(_ query: CanonicalQuery) throws {
    let record = query.record
    encoder.clear()
    encoder.encode(record)
    let digest = ContentHash.bytes(encoder.bytes)
    try queryStatement.execute(arguments: [
      nil, record.query, try id(record.workload, in: "workloads", &workloads), record.group,
      record.skills.isEmpty ? nil : JSONList.text(record.skills), record.ordinal,
      try record.prompt.map(texts.id), record.prompt?.utf8.count, record.messages?.text, record.reference,
      record.extra?.text, digest,
    ])
    let queryID = db.lastInsertedRowID
    for call in record.calls { try add(call, to: queryID) }
  }

  private func add(_ call: CallRecord, to queryID: Int64) throws {
    try callStatement.execute(arguments: try narrow(call, queryID))
    let callID = db.lastInsertedRowID
    try detailStatement.execute(arguments: [
      callID, try call.text.map(texts.id), call.tokenEnds.map(TokenEnds.data), call.reasoningTokens,
      call.finishReason, call.error?.text, call.shown.map(positionList), call.extra?.text,
    ])
    for grade in call.grades {
      try gradeStatement.execute(arguments: [callID, grade.name, grade.answer, grade.score?.millionths])
    }
    for prefix in call.prefixes {
      try prefixStatement.execute(
        arguments: [callID, prefix.bootBudget.cut, prefix.answer, prefix.score?.millionths])
    }
  }

  private func narrow(_ call: CallRecord, _ queryID: Int64) throws -> StatementArguments {
    var order: String?
    if case .order(let names) = call.order { order = positionList(names) }
    if case .unparsable = call.order { order = "" }
    return [
      nil, queryID, call.role.rawValue, call.model.flatMap { positions[ExactString($0)] },
      try call.tool.map { try id($0, in: "tools", &tools) }, call.sample, call.layer, call.bootBudget?.cut,
      call.members.map(positionList), call.inputTokens, call.cachedInputTokens, call.outputTokens,
      call.tokenSource.map { $0 == .reported ? 0 : 1 }, call.timeToFirstToken?.count, call.duration?.count,
      call.score?.millionths, call.answer, call.error == nil ? 0 : 1,
      call.cost.map { String($0.picodollars) },
      order, call.scores.map { $0.map(String.init).joined(separator: ",") }, call.text?.utf8.count,
      call.tokenEnds?.count,
    ]
  }

  private func positionList(_ names: [String]) -> String {
    names.compactMap { positions[ExactString($0)] }.map(String.init).joined(separator: ",")
  }

  private func id(_ name: String, in table: String, _ known: inout [ExactString: Int64]) throws -> Int64 {
    if let id = known[ExactString(name)] { return id }
    try db.execute(sql: "INSERT INTO \(table) (name) VALUES (?) ON CONFLICT DO NOTHING", arguments: [name])
    let id = try Int64.fetchOne(db, sql: "SELECT id FROM \(table) WHERE name = ?", arguments: [name]) ?? 0
    known[ExactString(name)] = id
    return id
  }
}

/// Stores each text once, known by its SHA-256.
private final class TextWriter {
  private let db: Database
  private let find: Statement
  private let insert: Statement

  init(_ db: Database) throws {
    self.db = db
    find = try db.makeStatement(sql: "SELECT id FROM texts WHERE sha256 = ?")
    insert = try db.makeStatement(sql: "INSERT INTO texts VALUES (NULL, ?, ?, ?, ?)")
  }

  func id(_ text: String) throws -> Int64 {
    let bytes = Data(text.utf8)
    let hash = ContentHash.bytes(bytes)
    if let known = try Int64.fetchOne(find, arguments: [hash]) { return known }
    let (codec, content) = TextCodec.packed(bytes)
    try insert.execute(arguments: [hash, bytes.count, codec.rawValue, content])
    return db.lastInsertedRowID
  }
}

/// A list of names as JSON, for people who read the file with SQL.
enum JSONList {
  static func text(_ names: [String]) -> String {
    var writer = JSONWriter()
    writer.array(names) { $0.string($1) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func names(_ text: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? []
  }
}

/// Token ends as the differences between them, 7 bits a byte, the last byte of each without its top bit.
enum TokenEnds {
  static func data(_ ends: [Int32]) -> Data {
    var bytes: [UInt8] = []
    var last: Int32 = 0
    for end in ends {
      var step = UInt32(bitPattern: end &- last)
      last = end
      while step >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: step) | 0x80)
        step >>= 7
      }
      bytes.append(UInt8(step))
    }
    return Data(bytes)
  }

  static func ends(_ data: Data) -> [Int32] {
    var ends: [Int32] = []
    var end: UInt32 = 0
    var step: UInt32 = 0
    var shift: UInt32 = 0
    for byte in data {
      step |= UInt32(byte & 0x7F) << shift
      if byte & 0x80 != 0 {
        shift += 7
      } else {
        end &+= step
        ends.append(Int32(bitPattern: end))
        step = 0
        shift = 0
      }
    }
    return ends
  }
}
