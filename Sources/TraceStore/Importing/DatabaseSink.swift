import GRDB
import RoutingCore

/// Checks what an importer reads and stores it, until there are too many problems.
final class DatabaseSink: ImportSink {
  private let db: Database
  private let report: TraceImport.Progress
  /// The header of the trace, once there is one.
  private var header: TraceHeader?
  private var isStored: Bool
  private var writer: TraceWriter?
  private var rules: QueryRules?
  private var places: [ExactString: ImportFault.QueryPlace] = [:]
  private var problems: [ImportProblem] = []
  private(set) var queries = 0
  private(set) var calls = 0

  init(_ db: Database, stored header: TraceHeader?, _ report: @escaping TraceImport.Progress) throws {
    self.db = db
    self.header = header
    self.report = report
    isStored = header != nil
    if let header { try prepare(header) }
  }

  private func prepare(_ header: TraceHeader) throws {
    writer = try TraceWriter(db, header: header)
    rules = QueryRules(header: header)
  }

  func begin(_ header: TraceHeader, at place: (file: String, line: Int)) throws -> Bool {
    guard let known = self.header else {
      self.header = header
      try store(header)
      try prepare(header)
      return true
    }
    for (field, found, stored) in HeaderComparison.differences(header, known) {
      try note(
        ImportProblem(
          file: place.file, line: place.line, field: field, fault: .otherHeader(found: found, inTrace: stored)
        ))
    }
    return problems.isEmpty
  }

  func add(
    _ query: QueryRecord, reported: [(field: String, fault: ImportFault)], at place: (file: String, line: Int)
  ) throws {
    guard let writer, let rules else { return }
    let (canonical, faults) = rules.canonical(query, reported: reported)
    for (field, fault) in reported + faults {
      try note(
        ImportProblem(file: place.file, line: place.line, field: field.isEmpty ? nil : field, fault: fault))
    }
    guard let canonical else { return }
    let name = ExactString(query.query)
    let isInTrace = try isStored && writer.contains(query.query)
    if let first = places[name] ?? (isInTrace ? .trace : nil) {
      return try note(
        ImportProblem(
          file: place.file, line: place.line, field: "query",
          fault: .duplicateQuery(name: query.query, first: first)))
    }
    places[name] = .line(file: place.file, line: place.line)
    // Once something is wrong nothing will be kept, so what follows is only checked.
    guard problems.isEmpty else { return }
    try writer.add(canonical)
    queries += 1
    calls += query.calls.count
  }

  func note(_ problem: ImportProblem) throws {
    problems.append(problem)
    if problems.count >= ImportFailure.limit { throw ImportFailure(problems: problems) }
  }

  func progress(bytes: Int64, of total: Int64?) { report(queries, bytes, total) }

  /// - Throws: `ImportFailure` when anything was wrong.
  func finish() throws {
    guard problems.isEmpty else { throw ImportFailure(problems: problems) }
  }

  private func store(_ header: TraceHeader) throws {
    let text = String(decoding: InterchangeText.line(header).dropLast(), as: UTF8.self)
    try db.execute(sql: "INSERT INTO header VALUES (1, ?)", arguments: [text])
  }
}

/// Whether two headers describe the same models.
enum HeaderComparison {
  /// Fields that differ; the name, `extra` and declarations of tools may.
  static func differences(_ found: TraceHeader, _ stored: TraceHeader) -> [(String, String, String)] {
    var differences: [(String, String, String)] = []
    func list(_ names: [String]) -> String {
      let shown = names.prefix(8).map(ImportFault.quoted).joined(separator: ", ")
      return "[\(shown)\(names.count > 8 ? ", …" : "")]"
    }
    if found.models.map({ ExactString($0.name) }) != stored.models.map({ ExactString($0.name) }) {
      differences.append(("models", list(found.models.map(\.name)), list(stored.models.map(\.name))))
    } else if found.models != stored.models {
      differences.append(("models", "other skills, continuation or extra", "those of its first import"))
    }
    if found.pool.map(ExactString.init) != stored.pool.map(ExactString.init) {
      differences.append(("pool", list(found.pool), list(stored.pool)))
    }
    return differences
  }
}
