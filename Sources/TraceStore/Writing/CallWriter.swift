import GRDB
import RoutingCore

/// Stores calls in their tables.
final class CallWriter {
  private let insertCall: BulkStatement
  private let insertContents: BulkStatement
  private let insertRanking: BulkStatement
  private let insertGrade: BulkStatement
  private let insertPrefix: BulkStatement
  private let tools: NameTable
  private let answers: NameTable
  private let graders: NameTable
  private let sets: NameTable
  private let models: ModelTable
  private var nextID: Int64

  init(_ database: Database, models: ModelTable) throws {
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
    tools = try NameTable(database, table: "tools")
    answers = try NameTable(database, table: "answers", column: "answer")
    graders = try NameTable(database, table: "graders")
    sets = try NameTable(database, table: "candidate_sets", column: "members")
    self.models = models
    nextID = try 1 + (Int64.fetchOne(database, sql: "SELECT max(id) FROM calls") ?? 0)
  }

  private static let callSQL = """
    INSERT INTO calls (
      id, query_id, role, model, tool_id, sample, layer, boot_budget, set_id,
      input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, token_source,
      time_to_first_token_us, duration_us, cost_picodollars, score, answer_id, failed,
      text_id, text_bytes, token_end_count
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  func add(_ call: CallRecord, at coordinates: CallCoordinates, query: Int64, textID: Int64?) throws {
    let id = nextID
    nextID += 1
    insertCall.bind(1, id)
    insertCall.bind(2, query)
    insertCall.bind(3, Int64(call.role.rawValue))
    try bindCoordinates(call, coordinates)
    bindUsage(call)
    insertCall.bind(18, call.score?.millionths)
    insertCall.bind(19, try answers.id(of: call.answer))
    insertCall.bind(20, Int64(call.error == nil ? 0 : 1))
    insertCall.bind(21, textID)
    insertCall.bind(22, call.text.map { Int64($0.utf8.count) })
    insertCall.bind(23, call.tokenEnds.map { Int64($0.count) })
    try insertCall.run()
    try addParts(of: call, id)
  }

  // MARK: The row

  private func bindCoordinates(_ call: CallRecord, _ coordinates: CallCoordinates) throws {
    func known(_ value: Int32) -> Int32? { value == CallCoordinates.none ? nil : value }
    // In a ranking or merge the model is no coordinate, only who is paid.
    let isByCandidate = call.role.isByCandidate
    insertCall.bind(
      4, isByCandidate ? known(coordinates.model) : call.model.flatMap { models.position(of: $0) })
    insertCall.bind(5, try tools.id(of: call.tool))
    insertCall.bind(6, coordinates.sample)
    insertCall.bind(7, known(coordinates.layer))
    insertCall.bind(8, known(coordinates.bootBudget))
    let members = call.members == nil ? nil : StoredList.text(coordinates.members)
    insertCall.bind(9, try sets.id(of: members))
  }

  private func bindUsage(_ call: CallRecord) {
    insertCall.bind(10, call.inputTokens)
    insertCall.bind(11, call.cachedInputTokens)
    insertCall.bind(12, call.outputTokens)
    insertCall.bind(13, call.reasoningTokens)
    insertCall.bind(14, call.tokenSource.map { Int32($0 == .reported ? 0 : 1) })
    insertCall.bind(15, call.timeToFirstToken?.count)
    insertCall.bind(16, call.duration?.count)
    insertCall.bind(17, call.cost.map { Int64(clamping: $0.picodollars) })
  }

  // MARK: What few calls have

  private func addParts(of call: CallRecord, _ id: Int64) throws {
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
    if call.role == .ranking { try addRanking(call, id) }
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

  private func addRanking(_ call: CallRecord, _ id: Int64) throws {
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
