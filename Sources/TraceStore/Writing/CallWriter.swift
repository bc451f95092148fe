import GRDB
import RoutingCore

/// Stores calls in their tables.
final class CallWriter {
  private let insertCall: BulkStatement
  private let insertContents: BulkStatement
  private let insertRanking: BulkStatement
  private let insertGrade: BulkStatement
  private let insertPrefix: BulkStatement
  private let selectors: ToolTable
  private let aggregators: ToolTable
  private let payers: NameTable
  private let answers: NameTable
  private let graders: NameTable
  private let sets: NameTable
  private let models: ModelTable
  private var nextID: Int64

  init(_ database: Database) throws {
    insertCall = try BulkStatement(database, Self.callSQL)
    insertContents = try BulkStatement(
      database,
      "INSERT INTO call_contents (call_id, token_ends, finish_reason, error, extra) VALUES (?, ?, ?, ?, ?)")
    insertRanking = try BulkStatement(
      database, "INSERT INTO rankings (call_id, parsed, model_order, scores, shown) VALUES (?, ?, ?, ?, ?)")
    insertGrade = try BulkStatement(
      database, "INSERT INTO grades (call_id, grader_id, answer_id, score) VALUES (?, ?, ?, ?)")
    insertPrefix = try BulkStatement(
      database, "INSERT INTO prefix_grades (call_id, boot_budget, answer_id, score) VALUES (?, ?, ?, ?)")
    selectors = try ToolTable(database, kind: 0)
    aggregators = try ToolTable(database, kind: 1)
    payers = try NameTable(database, table: "payers")
    answers = try NameTable(database, table: "answers", column: "answer")
    graders = try NameTable(database, table: "graders")
    sets = try NameTable(database, table: "candidate_sets", column: "members")
    models = ModelTable(try String.fetchAll(database, sql: "SELECT name FROM models ORDER BY id"))
    nextID = try 1 + (Int64.fetchOne(database, sql: "SELECT max(id) FROM calls") ?? 0)
  }

  private static let callSQL = """
    INSERT INTO calls (
      id, query_id, role, model_id, tool_id, layer, boot_budget, set_id, sample, payer_id,
      input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, token_source,
      ttft_us, duration_us, cost_picodollars, score, answer_id, failed, has_token_ends, text_id
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  func insert(
    _ call: CallRecord, at coordinates: CallCoordinates, query: Int64, textID: Int64?
  ) throws {
    let id = nextID
    nextID += 1
    insertCall.bind(1, id)
    insertCall.bind(2, query)
    insertCall.bind(3, Int64(call.role.rawValue))
    try bindCoordinates(call, coordinates)
    bindUsage(call)
    insertCall.bind(19, call.score?.millionths)
    insertCall.bind(20, try answers.id(of: call.answer))
    insertCall.bind(21, Int64(call.error == nil ? 0 : 1))
    insertCall.bind(22, Int64(call.tokenEnds == nil ? 0 : 1))
    insertCall.bind(23, textID)
    try insertCall.run()
    try insertParts(of: call, id)
  }

  // MARK: The row

  private func bindCoordinates(_ call: CallRecord, _ coordinates: CallCoordinates) throws {
    func known(_ value: Int32) -> Int32? { value == CallCoordinates.none ? nil : value }
    insertCall.bind(4, known(coordinates.model))
    insertCall.bind(5, try toolID(of: call))
    insertCall.bind(6, known(coordinates.layer))
    insertCall.bind(7, known(coordinates.bootBudget))
    let members = call.members == nil ? nil : StoredList.text(coordinates.members)
    insertCall.bind(8, try sets.id(of: members))
    insertCall.bind(9, coordinates.sample)
    insertCall.bind(10, try payers.id(of: call.role.isByCandidate ? nil : call.model))
  }

  private func toolID(of call: CallRecord) throws -> Int64? {
    guard let tool = call.tool else { return nil }
    return call.role == .ranking ? try selectors.id(of: tool) : try aggregators.id(of: tool)
  }

  private func bindUsage(_ call: CallRecord) {
    insertCall.bind(11, call.inputTokens)
    insertCall.bind(12, call.cachedInputTokens)
    insertCall.bind(13, call.outputTokens)
    insertCall.bind(14, call.reasoningTokens)
    insertCall.bind(15, call.tokenSource.map { Int32($0 == .reported ? 0 : 1) })
    insertCall.bind(16, call.timeToFirstToken?.count)
    insertCall.bind(17, call.duration?.count)
    insertCall.bind(18, call.cost.map { Int64(clamping: $0.picodollars) })
  }

  // MARK: What few calls have

  private func insertParts(of call: CallRecord, _ id: Int64) throws {
    if call.tokenEnds != nil || call.finishReason != nil || call.error != nil || call.extra != nil {
      insertContents.bind(1, id)
      if let ends = call.tokenEnds {
        TokenEnds.encode(ends).withUnsafeBytes { insertContents.bind(2, $0) }
      } else {
        insertContents.bind(2, nil as Int64?)
      }
      insertContents.bind(3, call.finishReason)
      insertContents.bind(4, call.error?.text)
      insertContents.bind(5, call.extra?.text)
      try insertContents.run()
    }
    if call.role == .ranking { try insertRanking(call, id) }
    for grade in call.grades {
      insertGrade.bind(1, id)
      insertGrade.bind(2, try graders.id(of: grade.name))
      insertGrade.bind(3, try answers.id(of: grade.answer))
      insertGrade.bind(4, grade.score?.millionths)
      try insertGrade.run()
    }
    for prefix in call.prefixes {
      insertPrefix.bind(1, id)
      insertPrefix.bind(2, prefix.bootBudget.cut)
      insertPrefix.bind(3, try answers.id(of: prefix.answer))
      insertPrefix.bind(4, prefix.score?.millionths)
      try insertPrefix.run()
    }
  }

  private func insertRanking(_ call: CallRecord, _ id: Int64) throws {
    func positions(_ names: [String]) -> String {
      StoredList.text(names.compactMap { models.position(of: $0) })
    }
    insertRanking.bind(1, id)
    switch call.order {
    case .order(let names):
      insertRanking.bind(2, 1 as Int64)
      insertRanking.bind(3, positions(names))
    case .unparsable:
      insertRanking.bind(2, 0 as Int64)
      insertRanking.bind(3, nil as Int64?)
    case nil:
      insertRanking.bind(2, nil as Int64?)
      insertRanking.bind(3, nil as Int64?)
    }
    insertRanking.bind(4, call.scores.map { StoredList.text($0) })
    insertRanking.bind(5, call.shown.map(positions))
    try insertRanking.run()
  }
}

/// Numbers of selectors or aggregators by name; a name not declared in the header is added.
private final class ToolTable {
  private let kind: Int64
  private let find: BulkStatement
  private let insert: BulkStatement
  private var known: [ExactString: Int64] = [:]

  init(_ database: Database, kind: Int64) throws {
    self.kind = kind
    find = try BulkStatement(database, "SELECT id FROM tools WHERE kind = ? AND name = ?")
    insert = try BulkStatement(database, "INSERT INTO tools (kind, name) VALUES (?, ?) RETURNING id")
  }

  func id(of name: String) throws -> Int64? {
    let key = ExactString(name)
    if let id = known[key] { return id }
    find.bind(1, kind)
    find.bind(2, name)
    var id = try find.firstInteger()
    if id == nil {
      insert.bind(1, kind)
      insert.bind(2, name)
      id = try insert.firstInteger()
    }
    known[key] = id
    return id
  }
}
