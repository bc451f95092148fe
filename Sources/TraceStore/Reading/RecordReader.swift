import Foundation
import GRDB
package import RoutingCore

extension TraceDatabase {
  /// Every query with its calls, in the order stored, one after the other.
  package func forEachQuery(_ body: (QueryRecord) throws -> Void) throws {
    let header = try header()
    try translatingErrors {
      try queue.read { db in
        let reader = try RecordReader(db, header: header, path: path)
        let ids = try Int64.fetchCursor(db, sql: "SELECT id FROM queries ORDER BY id")
        while let id = try ids.next() { try body(try reader.query(id)) }
      }
    }
  }
}

/// Puts records together again from their tables.
struct RecordReader {
  private let db: Database
  private let path: String
  private let models: [String]
  private let queryStatement: Statement
  private let callStatement: Statement
  private let gradeStatement: Statement
  private let prefixStatement: Statement

  init(_ db: Database, header: TraceHeader, path: String) throws {
    self.db = db
    self.path = path
    models = header.models.map(\.name)
    queryStatement = try db.makeStatement(
      sql: """
        SELECT q.name, w.name AS workload, q.group_name, q.skills, q.ordinal, q.messages, q.reference, q.extra,
          t.codec, t.bytes, t.content
        FROM queries q JOIN workloads w ON w.id = q.workload_id LEFT JOIN texts t ON t.id = q.prompt_id
        WHERE q.id = ?
        """)
    callStatement = try db.makeStatement(
      sql: """
        SELECT c.*, o.name AS tool, d.token_ends, d.reasoning_tokens, d.finish_reason, d.error, d.shown, d.extra,
          t.codec, t.bytes, t.content
        FROM calls c JOIN call_details d ON d.call_id = c.id
          LEFT JOIN tools o ON o.id = c.tool_id LEFT JOIN texts t ON t.id = d.text_id
        WHERE c.query_id = ? ORDER BY c.id
        """)
    gradeStatement = try db.makeStatement(
      sql: "SELECT name, answer, score FROM grades WHERE call_id = ? ORDER BY name")
    prefixStatement = try db.makeStatement(
      sql: "SELECT boot_budget, answer, score FROM prefixes WHERE call_id = ? ORDER BY boot_budget")
  }

  func query(_ id: Int64) throws -> QueryRecord {
    guard let row = try Row.fetchOne(queryStatement, arguments: [id]) else {
      throw TraceFileError.damaged(path, "a query")
    }
    var record = QueryRecord(query: row["name"], workload: row["workload"])
    record.group = row["group_name"]
    record.skills = (row["skills"] as String?).map(JSONList.names) ?? []
    record.ordinal = row["ordinal"]
    record.messages = (row["messages"] as String?).map(RawJSON.init)
    record.reference = row["reference"]
    record.extra = (row["extra"] as String?).map(RawJSON.init)
    record.prompt = try text(row)
    record.calls = try Row.fetchAll(callStatement, arguments: [id]).map(call)
    return record
  }

  private func call(_ row: Row) throws -> CallRecord {
    guard let role = CallRole(rawValue: row["role"]) else {
      throw TraceFileError.damaged(path, "a call's role")
    }
    var call = CallRecord(role: role)
    call.model = try (row["model"] as Int?).map(model)
    call.tool = row["tool"]
    call.sample = row["sample"]
    call.layer = row["layer"]
    call.bootBudget = (row["boot_budget"] as Int32?).map { $0 == .max ? .full : .tokens($0) }
    call.members = try (row["members"] as String?).map(names)
    call.inputTokens = row["input_tokens"]
    call.cachedInputTokens = row["cached_input_tokens"]
    call.outputTokens = row["output_tokens"]
    call.tokenSource = (row["token_source"] as Int?).map { $0 == 0 ? .reported : .estimated }
    call.timeToFirstToken = (row["time_to_first_token_us"] as Int64?).flatMap {
      Microseconds(count: Int128($0))
    }
    call.duration = (row["duration_us"] as Int64?).flatMap { Microseconds(count: Int128($0)) }
    call.score = (row["score"] as Int32?).flatMap { Score(millionths: Int128($0)) }
    call.answer = row["answer"]
    call.cost = (row["cost_picodollars"] as String?).flatMap { Int128($0) }.map { Cost(picodollars: $0) }
    if let order = row["ranking"] as String? {
      call.order = order.isEmpty ? .unparsable : .order(try names(order))
    }
    call.scores = (row["ranking_scores"] as String?).map { $0.split(separator: ",").compactMap { Int64($0) } }
    try addDetails(row, to: &call)
    return call
  }

  private func addDetails(_ row: Row, to call: inout CallRecord) throws {
    let id: Int64 = row["id"]
    call.text = try text(row)
    call.tokenEnds = (row["token_ends"] as Data?).map(TokenEnds.ends)
    call.reasoningTokens = row["reasoning_tokens"]
    call.finishReason = row["finish_reason"]
    call.error = (row["error"] as String?).map(RawJSON.init)
    call.shown = try (row["shown"] as String?).map(names)
    call.extra = (row["extra"] as String?).map(RawJSON.init)
    call.grades = try Row.fetchAll(gradeStatement, arguments: [id]).map { grade in
      NamedGrade(
        name: grade[0], answer: grade[1],
        score: (grade[2] as Int32?).flatMap { Score(millionths: Int128($0)) })
    }
    guard call.role == .response else { return }
    call.prefixes = try Row.fetchAll(prefixStatement, arguments: [id]).map { prefix in
      let cut: Int32 = prefix[0]
      return PrefixGrade(
        bootBudget: cut == .max ? .full : .tokens(cut), answer: prefix[1],
        score: (prefix[2] as Int32?).flatMap { Score(millionths: Int128($0)) })
    }
  }

  private func text(_ row: Row) throws -> String? {
    guard let content = row["content"] as Data? else { return nil }
    return try StoredText.text(codec: row["codec"], bytes: row["bytes"], content: content, path: path)
  }

  private func names(_ positions: String) throws -> [String] {
    try positions.split(separator: ",").map { try model(Int($0) ?? -1) }
  }

  private func model(_ position: Int) throws -> String {
    guard models.indices.contains(position) else { throw TraceFileError.damaged(path, "a call's model") }
    return models[position]
  }
}

/// A text as it lies in the table.
enum StoredText {
  static func text(codec: Int, bytes: Int, content: Data, path: String) throws -> String {
    guard let codec = TextCodec(rawValue: codec), let data = codec.unpacked(content, size: bytes),
      let text = String(validating: data, as: UTF8.self)
    else { throw TraceFileError.damaged(path, "a text") }
    return text
  }
}
