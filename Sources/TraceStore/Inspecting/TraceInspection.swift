import GRDB
package import RoutingCore

/// What is in a trace, counted.
package struct TraceInspection: Sendable {
  package struct WorkloadCounts: Sendable {
    package let name: String
    package let queries: Int
    package let groups: Int
    package let responses: Int
    /// Responses with a score.
    package let graded: Int
  }

  package struct ModelCounts: Sendable {
    package let name: String
    package let isCandidate: Bool
    package let skills: [String]
    package let responses: Int
    package let graded: Int
    package let failed: Int
    /// Mean score of graded responses; `nil` without any.
    package let meanScore: Double?
  }

  /// Rankings, merges or refinements at the same coordinates but for their members.
  package struct ToolCounts: Sendable {
    package let role: String
    package let name: String
    package let layer: Int
    /// `nil` where the text does not depend on it.
    package let bootBudget: String?
    package let calls: Int
    package let queries: Int
    /// Different sets of members.
    package let sets: Int
    package let unparsable: Int
  }

  package let header: TraceHeader
  package let fingerprint: String
  package let workloads: [WorkloadCounts]
  package let models: [ModelCounts]
  package let tools: [ToolCounts]
  package let samples: Int
  package let calls: Int
  package let failedCalls: Int
  /// Calls with token counts that the endpoint reported, that were estimated, and without a statement.
  package let reported: Int
  package let estimated: Int
  package let unstated: Int
  /// Responses that can be cut exactly, and those with a text.
  package let exactCuts: Int
  package let texts: Int
  /// Responses with both times recorded.
  package let timed: Int
  package let responses: Int
  package let graders: [String]
}

extension TraceDatabase {
  package func inspect() throws -> TraceInspection {
    try checkAll()
    let header = try header()
    let fingerprint = try fingerprint()
    return try translatingErrors {
      try queue.read { db in
        let totals =
          try Row.fetchOne(
            db,
            sql: """
              SELECT count(*), coalesce(sum(failed), 0), coalesce(sum(token_source = 0), 0),
                coalesce(sum(token_source = 1), 0), coalesce(sum(token_source IS NULL), 0),
                coalesce(sum(role = 0 AND token_end_count IS NOT NULL), 0),
                coalesce(sum(role = 0 AND text_bytes IS NOT NULL), 0),
                coalesce(sum(role = 0 AND time_to_first_token_us IS NOT NULL AND duration_us IS NOT NULL), 0),
                coalesce(sum(role = 0), 0), count(DISTINCT sample)
              FROM calls
              """) ?? Row()
        return TraceInspection(
          header: header, fingerprint: fingerprint, workloads: try Self.workloads(db),
          models: try Self.models(db, header), tools: try Self.tools(db), samples: totals[9],
          calls: totals[0],
          failedCalls: totals[1], reported: totals[2], estimated: totals[3], unstated: totals[4],
          exactCuts: totals[5], texts: totals[6], timed: totals[7], responses: totals[8],
          graders: try String.fetchAll(db, sql: "SELECT name FROM graders ORDER BY name COLLATE BINARY"))
      }
    }
  }

  private static func workloads(_ db: Database) throws -> [TraceInspection.WorkloadCounts] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT w.name, count(DISTINCT q.id), count(DISTINCT coalesce(q.group_name, q.name)), count(c.id),
          coalesce(sum(c.score IS NOT NULL OR c.failed), 0)
        FROM workloads w JOIN queries q ON q.workload_id = w.id LEFT JOIN calls c ON c.query_id = q.id AND c.role = 0
        GROUP BY w.id ORDER BY w.name COLLATE BINARY
        """
    ).map { .init(name: $0[0], queries: $0[1], groups: $0[2], responses: $0[3], graded: $0[4]) }
  }

  private static func models(_ db: Database, _ header: TraceHeader) throws -> [TraceInspection.ModelCounts] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT model, count(*), sum(score IS NOT NULL OR failed), sum(failed), sum(CASE WHEN failed THEN 0 ELSE score END)
        FROM calls WHERE role = 0 GROUP BY model
        """)
    let byModel = Dictionary(rows.map { ($0[0] as Int, $0) }, uniquingKeysWith: { first, _ in first })
    return header.models.enumerated().map { position, model in
      let row = byModel[position]
      let graded: Int = row?[2] ?? 0
      let total: Int64? = row?[4]
      return .init(
        name: model.name, isCandidate: header.pool.contains(model.name), skills: model.skills,
        responses: row?[1] ?? 0, graded: graded, failed: row?[3] ?? 0,
        meanScore: graded == 0 ? nil : total.map { Double($0) / Double(graded) / Double(Score.unit) })
    }
  }

  private static func tools(_ db: Database) throws -> [TraceInspection.ToolCounts] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT c.role, o.name, c.layer, c.boot_budget, count(*), count(DISTINCT c.query_id),
          count(DISTINCT c.set_id), coalesce(sum(r.parsed = 0), 0)
        FROM calls c LEFT JOIN tools o ON o.id = c.tool_id LEFT JOIN rankings r ON r.call_id = c.id
        WHERE c.role >= 3
        GROUP BY c.role, o.name, c.layer, c.boot_budget ORDER BY c.role, o.name COLLATE BINARY, c.layer, c.boot_budget
        """
    ).map { row in
      let cut: Int32? = row[3]
      let role = CallRole(rawValue: row[0])
      return .init(
        role: role == .ranking ? "ranking" : role == .merge ? "merge" : "refinement", name: row[1] ?? "",
        layer: row[2] ?? 1, bootBudget: cut.map { $0 == .max ? "full" : String($0) }, calls: row[4],
        queries: row[5],
        sets: row[6], unparsable: row[7])
    }
  }
}
