import GRDB
import RoutingCore

/// Checks what an importer reads and stores it, until there are too many problems.
final class DatabaseSink: ImportSink {
  private let db: Database
  private let report: TraceImport.Progress
  /// The header of the trace, once there is one.
  private var header: TraceHeader?
  var known: TraceHeader? { header }
  private(set) var remarks: [String] = []
  private var writer: TraceWriter?
  private var rules: QueryRules?
  private var problems: [ImportProblem] = []
  /// The first query that the trace has already, and how many others: told once, behind what else is wrong.
  private var repeated: (name: String, place: (file: String, line: Int), others: Int)?
  /// The number of the first query stored by this import, and where each of its queries came from.
  private var firstID: Int64?
  private var places: [(file: Int32, line: Int32)] = []
  private var files: [String] = []
  private(set) var calls = 0

  var queries: Int { places.count }

  init(_ db: Database, stored header: TraceHeader?, _ report: @escaping TraceImport.Progress) throws {
    self.db = db
    self.header = header
    self.report = report
    if let header { try prepare(header) }
  }

  private func prepare(_ header: TraceHeader) throws {
    writer = try TraceWriter(db, header: header)
    rules = QueryRules(header: header)
  }

  func begin(_ header: TraceHeader, at place: (file: String, line: Int)) throws -> Bool {
    guard let known = self.header else {
      self.header = header
      try StoredHeader.write(header, to: db)
      try prepare(header)
      return true
    }
    let differences = HeaderComparison.differences(header, known)
    for (field, found, stored) in differences {
      let fault = ImportFault.otherHeader(found: found, inTrace: stored)
      try note(ImportProblem(file: place.file, line: place.line, field: field, fault: fault))
    }
    guard differences.isEmpty else { return false }
    let joined = HeaderComparison.joined(known, header)
    if joined != known { try StoredHeader.write(joined, to: db) }
    self.header = joined
    return true
  }

  func add(
    _ query: QueryRecord, reported: [(field: String, fault: ImportFault)], at place: (file: String, line: Int)
  ) throws {
    guard let writer, let rules else { return }
    try note(reported, at: place)
    // Of a line that is no query at all nothing more is said.
    if reported.contains(where: { $0.field.isEmpty || $0.fault.endsLine }) { return }
    let (canonical, faults) = rules.canonical(query, reported: reported)
    try note(faults, at: place)
    if !query.query.isEmpty, let known = try writer.id(of: query.query) {
      let first = origin(of: known)
      if first == .trace(others: 0) { return repeats(query.query, at: place) }
      try note([("query", .duplicateQuery(name: query.query, first: first))], at: place)
    } else if let canonical {
      let id = try writer.add(canonical)
      firstID = firstID ?? id
      if files.last != place.file { files.append(place.file) }
      places.append((Int32(files.count - 1), Int32(clamping: place.line)))
      calls += canonical.record.calls.count
    }
  }

  private func repeats(_ name: String, at place: (file: String, line: Int)) {
    repeated = (repeated?.name ?? name, repeated?.place ?? place, (repeated?.others ?? -1) + 1)
  }

  func remark(_ text: String) { remarks.append(text) }

  func note(_ problem: ImportProblem) throws {
    problems.append(problem)
    if problems.count >= ImportFailure.limit { throw ImportFailure(problems: all) }
  }

  private func note(
    _ faults: [(field: String, fault: ImportFault)], at place: (file: String, line: Int)
  ) throws {
    for (field, fault) in faults {
      try note(
        ImportProblem(file: place.file, line: place.line, field: field.isEmpty ? nil : field, fault: fault))
    }
  }

  func progress(bytes: Int64, of total: Int64?) { report(queries, bytes, total) }

  /// Everything found wrong.
  private var all: [ImportProblem] {
    guard let repeated else { return problems }
    let fault = ImportFault.duplicateQuery(name: repeated.name, first: .trace(others: repeated.others))
    return problems
      + [ImportProblem(file: repeated.place.file, line: repeated.place.line, field: "query", fault: fault)]
  }

  /// - Throws: `ImportFailure` when anything was wrong.
  func finish() throws {
    guard all.isEmpty else { throw ImportFailure(problems: all) }
  }

  /// What to throw when the input cannot be read further.
  func failure(after error: InputError) -> any Error {
    guard !all.isEmpty else { return error }
    let last = ImportProblem(file: "", line: nil, fault: .unreadable(error))
    return ImportFailure(problems: all + [last])
  }

  private func origin(of id: Int64) -> ImportFault.QueryPlace {
    guard let firstID, id >= firstID else { return .trace(others: 0) }
    let place = places[Int(id - firstID)]
    return .line(file: files[Int(place.file)], line: Int(place.line))
  }
}

/// Whether two headers describe the same models and tools.
enum HeaderComparison {
  /// Fields that differ. The name and `extra` may; either may declare tools that the other does not.
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
    differences += tools("selectors", found.selectors, stored.selectors)
    return differences + tools("aggregators", found.aggregators, stored.aggregators)
  }

  private static func tools(
    _ key: String, _ found: [ToolDeclaration], _ stored: [ToolDeclaration]
  ) -> [(String, String, String)] {
    found.enumerated().compactMap { index, tool in
      guard let known = stored.first(where: { ExactString($0.name) == ExactString(tool.name) }), known != tool
      else { return nil }
      return (
        "\(key)[\(index)]", "\(ImportFault.quoted(tool.name)) with another model, prompt or extra",
        "that of its first import"
      )
    }
  }

  /// `stored` with the tools that only `found` declares.
  static func joined(_ stored: TraceHeader, _ found: TraceHeader) -> TraceHeader {
    func joined(_ stored: [ToolDeclaration], _ found: [ToolDeclaration]) -> [ToolDeclaration] {
      let known = Set(stored.map { ExactString($0.name) })
      return stored + found.filter { !known.contains(ExactString($0.name)) }
    }
    var header = stored
    header.selectors = joined(stored.selectors, found.selectors)
    header.aggregators = joined(stored.aggregators, found.aggregators)
    return header
  }
}
