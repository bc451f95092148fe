import GRDB
import RoutingCore

/// Reads the calls of a query back as records, in canonical order.
final class CallReader {
  private let calls: BulkStatement
  private let ranking: BulkStatement
  private let grades: BulkStatement
  private let prefixes: BulkStatement
  private let hasGrades: Bool
  private let hasPrefixes: Bool
  private let models: [String]
  private let path: String
  private var answers: [Int64: String] = [:]
  private let findAnswer: BulkStatement
  private let tools: [Int64: String]
  private let sets: [Int64: [String]]

  /// Answers remembered at most.
  private static let answerLimit = 16_384

  init(_ database: Database, models: [String], path: String) throws {
    self.path = path
    self.models = models
    calls = try BulkStatement(database, Self.sql)
    ranking = try BulkStatement(
      database, "SELECT parsed, model_order, scores, shown FROM rankings WHERE call_id = ?")
    grades = try BulkStatement(
      database,
      """
      SELECT g.name, c.answer_id, c.score FROM grades c JOIN graders g ON g.id = c.grader_id
      WHERE c.call_id = ? ORDER BY g.name
      """)
    prefixes = try BulkStatement(
      database,
      "SELECT boot_budget, answer_id, score FROM prefix_grades WHERE call_id = ? ORDER BY boot_budget")
    hasGrades = try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM grades)") ?? false
    hasPrefixes = try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM prefix_grades)") ?? false
    findAnswer = try BulkStatement(database, "SELECT answer FROM answers WHERE id = ?")
    tools = try Self.names(database, "SELECT id, name FROM tools")
    sets = try Self.names(database, "SELECT id, members FROM candidate_sets").mapValues {
      try Self.models(StoredList.numbers($0), models, path)
    }
  }

  private static let sql = """
    SELECT c.id, c.role, c.model, c.tool_id, c.layer, c.boot_budget, c.set_id, c.sample, c.failed,
      c.input_tokens, c.cached_input_tokens, c.output_tokens, c.reasoning_tokens, c.token_source,
      c.time_to_first_token_us, c.duration_us, c.cost_picodollars, c.score, c.answer_id, c.text_id,
      d.token_ends, d.finish_reason, d.error, d.extra
    FROM calls c LEFT JOIN call_contents d ON d.call_id = c.id
    WHERE c.query_id = ? ORDER BY c.role
    """

  private static func names(_ database: Database, _ sql: String) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    let rows = try BulkStatement(database, sql)
    while try rows.next() { names[rows.integer(0) ?? 0] = rows.text(1) }
    return names
  }

  private static func models(_ positions: [Int64], _ models: [String], _ path: String) throws -> [String] {
    try positions.map { position in
      guard let index = Int(exactly: position), models.indices.contains(index) else {
        throw TraceFileError.damaged(path, "model \(position)")
      }
      return models[index]
    }
  }

  private func damage(_ what: String) -> TraceFileError { .damaged(path, what) }

  // MARK: Calls

  func calls(of query: Int64, _ texts: TextReader) throws -> [CallRecord] {
    try identifiedCalls(of: query, texts).map(\.call)
  }

  /// The calls in canonical order, each with its number.
  func identifiedCalls(of query: Int64, _ texts: TextReader) throws -> [(id: Int64, call: CallRecord)] {
    var records: [(coordinates: CallCoordinates, call: CallRecord, id: Int64)] = []
    calls.bind(1, query)
    defer { calls.reset() }
    while try calls.next() {
      let (coordinates, call) = try record(texts)
      records.append((coordinates, call, calls.integer(0) ?? 0))
    }
    if !zip(records, records.dropFirst()).allSatisfy({ $0.coordinates < $1.coordinates }) {
      records.sort { $0.coordinates < $1.coordinates }
    }
    return records.map { ($0.id, $0.call) }
  }

  private func record(
    _ texts: TextReader
  ) throws -> (coordinates: CallCoordinates, call: CallRecord) {
    guard let role = calls.integer(1).flatMap({ CallRole(rawValue: Int($0)) }) else {
      throw damage("a call's role")
    }
    var call = CallRecord(role: role)
    let members = try readCoordinates(&call)
    readUsage(&call)
    call.score = calls.integer(17).flatMap { Score(millionths: Int128($0)) }
    call.answer = try answer(calls.integer(18))
    call.text = try texts.text(calls.integer(19))
    if !calls.isNull(20) {
      guard let ends = calls.withBlob(20, TokenEnds.decode) else { throw damage("token ends") }
      call.tokenEnds = ends
    }
    call.finishReason = calls.text(21)
    call.error = calls.text(22).map { RawJSON(text: $0) }
    call.extra = calls.text(23).map { RawJSON(text: $0) }
    try readParts(&call, calls.integer(0) ?? 0)
    let coordinates = CallCoordinates(
      role: role,
      model: role.isByCandidate ? calls.integer32(2) ?? CallCoordinates.none : CallCoordinates.none,
      tool: call.tool.map(ExactString.init),
      layer: call.layer ?? CallCoordinates.none, bootBudget: call.bootBudget?.cut ?? CallCoordinates.none,
      members: members, sample: call.sample)
    return (coordinates, call)
  }

  /// Returns the positions of the members.
  private func readCoordinates(_ call: inout CallRecord) throws -> [Int32] {
    if let model = calls.integer(2) { call.model = try Self.models([model], models, path)[0] }
    call.tool = calls.integer(3).flatMap { tools[$0] }
    call.layer = calls.integer32(4)
    call.bootBudget = Self.budget(calls.integer32(5))
    call.sample = calls.integer32(7) ?? 0
    guard let set = calls.integer(6) else { return [] }
    guard let members = sets[set] else { throw damage("candidate set \(set)") }
    call.members = members
    return members.compactMap { name in models.firstIndex(of: name).map { Int32($0) } }
  }

  private func readUsage(_ call: inout CallRecord) {
    call.inputTokens = calls.integer32(9)
    call.cachedInputTokens = calls.integer32(10)
    call.outputTokens = calls.integer32(11)
    call.reasoningTokens = calls.integer32(12)
    call.tokenSource = calls.integer(13).map { $0 == 0 ? .reported : .estimated }
    call.timeToFirstToken = calls.integer(14).flatMap { Microseconds(count: Int128($0)) }
    call.duration = calls.integer(15).flatMap { Microseconds(count: Int128($0)) }
    call.cost = calls.integer(16).map { Cost(picodollars: Int128($0)) }
  }

  private static func budget(_ cut: Int32?) -> BootBudget? {
    cut.map { $0 == .max ? .full : .tokens($0) }
  }

  // MARK: What few calls have

  private func readParts(_ call: inout CallRecord, _ id: Int64) throws {
    if call.role == .ranking { try readRanking(&call, id) }
    if hasGrades {
      grades.bind(1, id)
      while try grades.next() {
        call.grades.append(
          NamedGrade(
            name: grades.text(0) ?? "", answer: try answer(grades.integer(1)),
            score: grades.integer(2).flatMap { Score(millionths: Int128($0)) }))
      }
    }
    if hasPrefixes {
      prefixes.bind(1, id)
      while try prefixes.next() {
        call.prefixes.append(
          PrefixGrade(
            bootBudget: Self.budget(prefixes.integer32(0)) ?? .none, answer: try answer(prefixes.integer(1)),
            score: prefixes.integer(2).flatMap { Score(millionths: Int128($0)) }))
      }
    }
  }

  private func readRanking(_ call: inout CallRecord, _ id: Int64) throws {
    ranking.bind(1, id)
    defer { ranking.reset() }
    guard try ranking.next() else { return }
    func names(_ column: Int32) throws -> [String]? {
      try ranking.text(column).map { try Self.models(StoredList.numbers($0), models, path) }
    }
    if let parsed = ranking.integer(0) { call.order = parsed == 0 ? .unparsable : .order(try names(1) ?? []) }
    call.scores = try ranking.text(2).map(StoredList.numbers)
    call.shown = try names(3)
  }

  private func answer(_ id: Int64?) throws -> String? {
    guard let id else { return nil }
    if let answer = answers[id] { return answer }
    findAnswer.bind(1, id)
    defer { findAnswer.reset() }
    guard try findAnswer.next(), let answer = findAnswer.text(0) else {
      throw damage("answer \(id)")
    }
    if answers.count >= Self.answerLimit { answers.removeAll(keepingCapacity: true) }
    answers[id] = answer
    return answer
  }
}
