import GRDB
package import RoutingCore

extension TraceDatabase {
  /// The trace as columns for replay, with the scores of a grader where one is named.
  ///
  /// - Throws: `TraceFileError`, `TraceError`.
  package func trace(samples: SampleSelection, grader: String?) throws -> Trace {
    let header = try header()
    let fingerprint = try fingerprint()
    return try translatingErrors {
      try queue.read { db in
        let loader = TraceLoader(db: db, header: header, samples: samples)
        if let grader { try loader.checkGrader(grader, path: path) }
        var builder = try loader.load(grader: grader)
        return builder.build(fingerprint: fingerprint)
      }
    }
  }
}

/// Reads the narrow tables into a `TraceBuilder`.
private struct TraceLoader {
  let db: Database
  let header: TraceHeader
  let samples: SampleSelection

  func checkGrader(_ name: String, path: String) throws {
    let known = try String.fetchAll(db, sql: "SELECT DISTINCT name FROM grades ORDER BY name")
    guard known.contains(name) else { throw TraceFileError.unknownGrader(path, name: name, known: known) }
  }

  func load(grader: String?) throws -> TraceBuilder {
    let (queries, position) = try queries()
    let respondents = try Int.fetchAll(db, sql: "SELECT DISTINCT model FROM calls WHERE role = 0")
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
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT q.id, q.name, w.name, q.group_name, q.skills, q.prompt_bytes
        FROM queries q JOIN workloads w ON w.id = q.workload_id ORDER BY q.id
        """)
    while let row = try rows.next() {
      let name: String = row[1]
      position[row[0]] = queries.count
      queries.append(
        TraceBuilder.Query(
          name: name, workload: row[2], group: (row[3] as String?) ?? name,
          skills: (row[4] as String?).map(JSONList.names) ?? [], samples: sampleLists[row[0]] ?? [0],
          promptBytes: row[5]))
    }
    return (queries, position)
  }

  private func samplesByQuery() throws -> [Int64: [Int32]] {
    var lists: [Int64: [Int32]] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT DISTINCT query_id, sample FROM calls ORDER BY query_id, sample")
    while let row = try rows.next() { lists[row[0], default: []].append(row[1]) }
    return lists
  }

  private func addCalls(to builder: inout TraceBuilder, _ position: [Int64: Int], grader: String?) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT c.query_id, c.role, c.model, o.name, c.sample, c.layer, c.boot_budget, c.members, c.ranking,
          c.ranking_scores, c.score, c.answer, c.cost_picodollars, c.text_bytes, c.token_end_count,
          c.input_tokens, c.cached_input_tokens, c.output_tokens, c.time_to_first_token_us, c.duration_us,
          c.failed, c.token_source, c.id, g.score, g.answer
        FROM calls c LEFT JOIN tools o ON o.id = c.tool_id
          LEFT JOIN grades g ON g.call_id = c.id AND g.name = :grader
        ORDER BY c.id
        """, arguments: ["grader": grader])
    while let row = try rows.next() {
      guard let query = position[row[0]], let role = CallRole(rawValue: row[1]) else { continue }
      var call = TraceBuilder.Call(role: role)
      call.model = row[2]
      call.tool = row[3]
      call.sample = row[4]
      call.layer = row[5]
      call.bootBudget = (row[6] as Int32?).map { $0 == .max ? .full : .tokens($0) }
      call.members = (row[7] as String?).map(Self.integers) ?? []
      call.order = (row[8] as String?).flatMap { $0.isEmpty ? nil : Self.integers($0) }
      call.orderScores = (row[9] as String?).map { $0.split(separator: ",").compactMap { Int64($0) } }
      let grade = grader == nil ? 10 : 23
      call.score = (row[grade] as Int32?).flatMap { Score(millionths: Int128($0)) }
      call.answer = row[grade + 1]
      call.cost = (row[12] as String?).flatMap { Int128($0) }.map { Cost(picodollars: $0) }
      call.textBytes = row[13]
      call.tokenEndCount = row[14]
      call.usage = Self.usage(row)
      builder.add(call, query: query)
    }
  }

  private static func usage(_ row: Row) -> RecordedCall {
    var usage = RecordedCall()
    usage.input = row[15] ?? CallColumns.unknown
    usage.cachedInput = row[16] ?? 0
    usage.output = row[17] ?? CallColumns.unknown
    usage.timeToFirstToken = row[18] ?? -1
    usage.duration = row[19] ?? -1
    if row[20] == 1 { usage.flags.insert(.failed) }
    if (row[21] as Int?) == 1 { usage.flags.insert(.estimatedTokens) }
    usage.callID = row[22]
    return usage
  }

  private func addPrefixes(to builder: inout TraceBuilder, _ position: [Int64: Int]) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT c.query_id, c.model, c.sample, p.boot_budget, p.answer, p.score
        FROM prefixes p JOIN calls c ON c.id = p.call_id ORDER BY p.call_id, p.boot_budget
        """)
    while let row = try rows.next() {
      guard let query = position[row[0]] else { continue }
      let cut: Int32 = row[3]
      builder.add(
        PrefixGrade(
          bootBudget: cut == .max ? .full : .tokens(cut), answer: row[4],
          score: (row[5] as Int32?).flatMap { Score(millionths: Int128($0)) }),
        model: row[1], sample: row[2], query: query)
    }
  }

  private static func integers(_ list: String) -> [Int] { list.split(separator: ",").compactMap { Int($0) } }
}
