import GRDB
package import RoutingCore

extension TraceDatabase {
  /// The trace as columns for replay, with the scores of a grader where one is named.
  ///
  /// - Parameter ordinals: whether the recorded order of the queries is asked for.
  /// - Throws: `TraceFileError`, `TraceError`.
  package func trace(samples: SampleSelection, grader: String?, ordinals: Bool = false) throws -> Trace {
    try translatingErrors {
      let cache = ordinals ? nil : try ColumnCache(self, samples: samples, grader: grader)
      if let kept = try cache?.trace() { return kept }
      let trace = try rebuiltTrace(samples, grader, ordinals)
      cache?.keep(trace)
      return trace
    }
  }

  /// The trace from its rows.
  private func rebuiltTrace(
    _ samples: SampleSelection, _ grader: String?, _ ordinals: Bool
  ) throws -> Trace {
    try check(SealedTable.replayed)
    let header = try header()
    let fingerprint = try fingerprint()
    return try queue.read { db in
      try StoredRanges.check(db, header, path)
      let loader = TraceLoader(db: db, header: header, samples: samples, ordinals: ordinals)
      try loader.check(grader, path: path)
      var builder = try loader.load(grader: grader)
      return builder.build(fingerprint: fingerprint)
    }
  }
}

/// Reads the narrow tables into a `TraceBuilder`.
private struct TraceLoader {
  let db: Database
  let header: TraceHeader
  let samples: SampleSelection
  let ordinals: Bool

  /// Whether there are scores by that grader; without one, plain scores where anything is graded.
  func check(_ grader: String?, path: String) throws {
    let known = try String.fetchAll(
      db, sql: "SELECT name FROM graders NOT INDEXED ORDER BY name COLLATE BINARY")
    if let grader {
      guard known.contains(grader) else {
        throw TraceFileError.unknownGrader(path, name: grader, known: known)
      }
    } else if !known.isEmpty {
      let scored = "SELECT EXISTS (SELECT 1 FROM calls WHERE score IS NOT NULL)"
      guard try Bool.fetchOne(db, sql: scored) ?? false else {
        throw TraceFileError.noPlainScores(path, graders: known)
      }
    }
  }

  func load(grader: String?) throws -> TraceBuilder {
    let (queries, position) = try queries()
    let respondents = try Int.fetchAll(db, sql: "SELECT DISTINCT model FROM calls NOT INDEXED WHERE role = 0")
    var builder = try TraceBuilder(
      header: header, queries: queries, respondents: respondents, digest: ContentHash.identity)
    try addCalls(to: &builder, position, grader: grader)
    try addPrefixes(to: &builder, position)
    return builder
  }

  /// The queries, and the place of each by its id.
  private func queries() throws -> ([TraceBuilder.Query], [Int64: Int]) {
    var queries: [TraceBuilder.Query] = []
    var position: [Int64: Int] = [:]
    let sampleLists = samples == .all ? try samplesByQuery() : [:]
    let workloads = try names("workloads", "name")
    let rows = try BulkStatement(
      db, "SELECT id, name, workload_id, group_name, skills, prompt_bytes, ordinal FROM queries ORDER BY id")
    while try rows.next() {
      let id = rows.integer(0) ?? 0
      let name = rows.text(1) ?? ""
      position[id] = queries.count
      queries.append(
        TraceBuilder.Query(
          name: name, workload: workloads[rows.integer(2) ?? 0] ?? "", group: rows.text(3) ?? name,
          skills: try rows.text(4).map(StoredList.strings) ?? [], samples: sampleLists[id] ?? [0],
          promptBytes: rows.integer(5).map { Int($0) },
          ordinal: ordinals ? rows.integer(6) : nil))
    }
    return (queries, position)
  }

  private func samplesByQuery() throws -> [Int64: [Int32]] {
    var lists: [Int64: [Int32]] = [:]
    let rows = try BulkStatement(
      db, "SELECT DISTINCT query_id, sample FROM calls NOT INDEXED ORDER BY query_id, sample")
    while try rows.next() { lists[rows.integer(0) ?? 0, default: []].append(rows.integer32(1) ?? 0) }
    return lists
  }

  private func names(_ table: String, _ column: String) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    let rows = try BulkStatement(db, "SELECT id, \(column) FROM \(table) NOT INDEXED")
    while try rows.next() { names[rows.integer(0) ?? 0] = rows.text(1) }
    return names
  }

  // MARK: Calls

  private static let callSQL = """
    SELECT c.query_id, c.role, c.model, c.tool_id, c.sample, c.layer, c.boot_budget, c.set_id, c.score,
      c.answer_id, c.cost_picodollars, c.text_bytes, c.token_end_count, c.input_tokens,
      c.cached_input_tokens, c.output_tokens, c.time_to_first_token_us, c.duration_us, c.failed,
      c.token_source, c.id, c.reasoning_tokens
    FROM calls c NOT INDEXED ORDER BY c.id
    """

  private func addCalls(to builder: inout TraceBuilder, _ position: [Int64: Int], grader: String?) throws {
    let strings = Strings(
      tools: try names("tools", "name"), answers: try names("answers", "answer"),
      sets: try names("candidate_sets", "members").mapValues(Self.positions))
    let rankings = try orders()
    let grades = try grader.map(grades)
    let rows = try BulkStatement(db, Self.callSQL)
    while try rows.next() {
      guard let query = position[rows.integer(0) ?? 0], let role = rows.integer(1),
        var call = CallRole(rawValue: Int(role)).map(TraceBuilder.Call.init)
      else { continue }
      let id = rows.integer(20) ?? 0
      read(&call, rows, strings)
      if role == CallRole.ranking.rawValue, let ranking = rankings[id] {
        call.order = ranking.order
        call.orderScores = ranking.scores
      }
      if let grades {
        call.score = grades[id]?.score.flatMap { Score(millionths: Int128($0)) }
        call.answer = grades[id]?.answer.flatMap { strings.answers[$0] }
      }
      builder.add(call, query: query)
    }
  }

  /// What calls refer to by number.
  private struct Strings {
    let tools: [Int64: String]
    let answers: [Int64: String]
    let sets: [Int64: [Int]]
  }

  private func read(_ call: inout TraceBuilder.Call, _ rows: BulkStatement, _ strings: Strings) {
    call.model = rows.integer(2).map { Int($0) }
    call.tool = rows.integer(3).flatMap { strings.tools[$0] }
    call.sample = rows.integer32(4) ?? 0
    call.layer = rows.integer32(5)
    call.bootBudget = Self.budget(rows.integer32(6))
    call.members = rows.integer(7).flatMap { strings.sets[$0] } ?? []
    call.score = rows.integer(8).flatMap { Score(millionths: Int128($0)) }
    call.answer = rows.integer(9).flatMap { strings.answers[$0] }
    call.cost = rows.integer(10).map { Cost(picodollars: Int128($0)) }
    call.textBytes = rows.integer(11).map { Int($0) }
    call.tokenEndCount = rows.integer(12).map { Int($0) }
    call.usage = Self.usage(rows)
  }

  private static func usage(_ row: BulkStatement) -> RecordedCall {
    var usage = RecordedCall()
    usage.input = row.integer32(13) ?? CallColumns.unknown
    usage.cachedInput = row.integer32(14) ?? 0
    usage.output = row.integer32(15) ?? CallColumns.unknown
    usage.timeToFirstToken = row.integer(16) ?? -1
    usage.duration = row.integer(17) ?? -1
    if row.integer(18) == 1 { usage.flags.insert(.failed) }
    if row.integer(19) == 1 { usage.flags.insert(.estimatedTokens) }
    usage.callID = row.integer(20) ?? -1
    usage.hidden = row.integer32(21) ?? 0
    return usage
  }

  // MARK: What few calls have

  private func orders() throws -> [Int64: (order: [Int]?, scores: [Int64]?)] {
    var orders: [Int64: (order: [Int]?, scores: [Int64]?)] = [:]
    let rows = try BulkStatement(db, "SELECT call_id, model_order, scores FROM rankings NOT INDEXED")
    while try rows.next() {
      orders[rows.integer(0) ?? 0] = (
        try rows.text(1).map(Self.positions), try rows.text(2).map(StoredList.numbers)
      )
    }
    return orders
  }

  private func grades(_ grader: String) throws -> [Int64: (answer: Int64?, score: Int64?)] {
    var grades: [Int64: (answer: Int64?, score: Int64?)] = [:]
    let rows = try BulkStatement(
      db,
      """
      SELECT call_id, answer_id, score FROM grades NOT INDEXED
      WHERE grader_id = (SELECT id FROM graders NOT INDEXED WHERE name = ?)
      """)
    rows.bind(1, grader)
    while try rows.next() { grades[rows.integer(0) ?? 0] = (rows.integer(1), rows.integer(2)) }
    return grades
  }

  private func addPrefixes(to builder: inout TraceBuilder, _ position: [Int64: Int]) throws {
    let rows = try BulkStatement(
      db,
      """
      SELECT c.query_id, c.model, c.sample, p.boot_budget, a.answer, p.score
      FROM prefix_grades p JOIN calls c ON c.id = p.call_id LEFT JOIN answers a ON a.id = p.answer_id
      ORDER BY p.call_id, p.boot_budget
      """)
    while try rows.next() {
      guard let query = position[rows.integer(0) ?? 0], let budget = Self.budget(rows.integer32(3)) else {
        continue
      }
      builder.add(
        PrefixGrade(
          bootBudget: budget, answer: rows.text(4),
          score: rows.integer(5).flatMap { Score(millionths: Int128($0)) }),
        model: Int(rows.integer(1) ?? 0), sample: rows.integer32(2) ?? 0, query: query)
    }
  }

  private static func budget(_ cut: Int32?) -> BootBudget? { cut.map { $0 == .max ? .full : .tokens($0) } }

  private static func positions(_ list: String) throws -> [Int] {
    try StoredList.numbers(list).map { Int($0) }
  }
}
