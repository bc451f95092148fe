import GRDB
import RoutingCore

/// The header of a trace in its tables.
enum HeaderStore {
  private static let selector = 0
  private static let aggregator = 1

  // MARK: Writing

  static func insert(_ header: TraceHeader, _ database: Database) throws {
    try database.execute(
      sql: "INSERT INTO trace (id, name, extra) VALUES (1, ?, ?)",
      arguments: [header.name, header.extra?.text])
    let pool = Dictionary(
      header.pool.enumerated().map { (ExactString($1), $0) }, uniquingKeysWith: { first, _ in first })
    for (id, model) in header.models.enumerated() {
      try database.execute(
        sql: """
          INSERT INTO models (id, name, pool_position, skills, continuation, extra) VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id, model.name, pool[ExactString(model.name)], StoredList.text(model.skills),
          model.continuation?.rawValue, model.extra?.text,
        ])
    }
    try declare(header, database)
  }

  /// Adds the selectors and aggregators a further header declares.
  static func declare(_ header: TraceHeader, _ database: Database) throws {
    try declare(header.selectors, kind: selector, database)
    try declare(header.aggregators, kind: aggregator, database)
  }

  private static func declare(_ tools: [ToolDeclaration], kind: Int, _ database: Database) throws {
    for tool in tools {
      // A tool may have been used before anybody declared it.
      try database.execute(
        sql: """
          INSERT INTO tools (kind, name, position, model, prompt, extra)
          VALUES (?1, ?2, (SELECT ifnull(max(position), -1) + 1 FROM tools WHERE kind = ?1), ?3, ?4, ?5)
          ON CONFLICT (kind, name) DO UPDATE SET
            position = excluded.position, model = excluded.model, prompt = excluded.prompt,
            extra = excluded.extra
            WHERE position IS NULL
          """,
        arguments: [kind, tool.name, tool.model, tool.prompt, tool.extra?.text])
    }
  }

  // MARK: Reading

  static func read(_ database: Database) throws -> TraceHeader {
    guard let trace = try Row.fetchOne(database, sql: "SELECT name, extra FROM trace") else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the header is missing")
    }
    let rows = try Row.fetchAll(
      database, sql: "SELECT name, pool_position, skills, continuation, extra FROM models ORDER BY id")
    let pool = rows.compactMap { row in (row[1] as Int?).map { (position: $0, name: row[0] as String) } }
    return TraceHeader(
      name: trace[0], models: try rows.map(model), pool: pool.sorted { $0.position < $1.position }.map(\.name),
      selectors: try tools(selector, database), aggregators: try tools(aggregator, database),
      extra: raw(trace[1]))
  }

  private static func model(_ row: Row) throws -> ModelDeclaration {
    ModelDeclaration(
      name: row[0], skills: try StoredList.strings(row[2]),
      continuation: (row[3] as String?).flatMap(DeclaredContinuation.init), extra: raw(row[4]))
  }

  private static func tools(_ kind: Int, _ database: Database) throws -> [ToolDeclaration] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT name, model, prompt, extra FROM tools WHERE kind = ? AND position IS NOT NULL ORDER BY position
        """,
      arguments: [kind]
    ).map { ToolDeclaration(name: $0[0], model: $0[1], prompt: $0[2], extra: raw($0[3])) }
  }

  private static func raw(_ text: String?) -> RawJSON? { text.map { RawJSON(text: $0) } }
}
