import RoutingCore

/// What an import would take, without a trace being touched.
package struct ImportPreview: Sendable {
  /// Responses of one model.
  package struct Model: Sendable {
    package let name: String
    package fileprivate(set) var responses = 0
    package fileprivate(set) var texts = 0
    /// Scored, or graded by name.
    package fileprivate(set) var scored = 0
    package fileprivate(set) var answers = 0
    package fileprivate(set) var inputTokens = 0
    package fileprivate(set) var outputTokens = 0
    package fileprivate(set) var times = 0
    package fileprivate(set) var costs = 0
    package fileprivate(set) var errors = 0
  }

  package let format: String
  package fileprivate(set) var models: [Model] = []
  package fileprivate(set) var workloads: [(name: String, queries: Int)] = []
  /// Queries with a prompt or messages.
  package fileprivate(set) var prompts = 0
  package fileprivate(set) var references = 0
  package fileprivate(set) var graders: Set<String> = []
  /// Calls that are no responses.
  package fileprivate(set) var otherCalls = 0
  /// The first query as an interchange line, long texts cut.
  package fileprivate(set) var first: String?
  package fileprivate(set) var remarks: [String] = []

  package var queries: Int { workloads.reduce(0) { $0 + $1.queries } }

  /// Reads all files as an import would.
  ///
  /// - Throws: `ImportFailure` with everything wrong in the input, `InputError`.
  package static func of(_ importer: any TraceImporter, files: [String]) throws -> ImportPreview {
    let sink = PreviewSink(format: type(of: importer).name)
    try importer.read(files, into: sink)
    guard sink.problems.isEmpty else { throw ImportFailure(problems: sink.problems) }
    return sink.preview
  }

  fileprivate init(format: String) { self.format = format }

  fileprivate mutating func take(_ record: QueryRecord) {
    if let index = workloads.firstIndex(where: { $0.name == record.workload }) {
      workloads[index].queries += 1
    } else {
      workloads.append((record.workload, 1))
    }
    if record.prompt != nil || record.messages != nil { prompts += 1 }
    if record.reference != nil { references += 1 }
    for call in record.calls {
      guard call.role == .response, let index = models.firstIndex(where: { $0.name == call.model }) else {
        otherCalls += 1
        continue
      }
      graders.formUnion(call.grades.map(\.name))
      models[index].take(call)
    }
  }
}

extension ImportPreview.Model {
  fileprivate mutating func take(_ call: CallRecord) {
    responses += 1
    if call.text != nil { texts += 1 }
    if call.score != nil || call.grades.contains(where: { $0.score != nil }) { scored += 1 }
    if call.answer != nil || call.grades.contains(where: { $0.answer != nil }) { answers += 1 }
    if call.inputTokens != nil { inputTokens += 1 }
    if call.outputTokens != nil { outputTokens += 1 }
    if call.duration != nil { times += 1 }
    if call.cost != nil { costs += 1 }
    if call.error != nil { errors += 1 }
  }
}

/// Counts what an importer reads, by the same rules as an import.
private final class PreviewSink: ImportSink {
  private(set) var known: TraceHeader?
  var preview: ImportPreview
  private(set) var problems: [ImportProblem] = []
  private var rules: QueryRules?
  private var places: [ExactString: ImportPlace] = [:]

  init(format: String) { preview = ImportPreview(format: format) }

  func begin(_ header: TraceHeader, at place: (file: String, line: Int)) throws -> Bool {
    for (field, fault) in HeaderRules.faults(in: header) {
      try note(ImportProblem(file: place.file, line: place.line, field: field, fault: fault))
    }
    if let known {
      let differences = HeaderComparison.differences(header, known)
      for (field, found, other) in differences {
        let fault = ImportFault.otherHeader(found: found, inTrace: other)
        try note(ImportProblem(file: place.file, line: place.line, field: field, fault: fault))
      }
      return differences.isEmpty
    }
    known = header
    rules = QueryRules(header: header)
    preview.models = header.models.map { ImportPreview.Model(name: $0.name) }
    return true
  }

  func add(
    _ query: QueryRecord, reported: [(field: String, fault: ImportFault)], at place: (file: String, line: Int)
  ) throws {
    guard let rules else { return }
    let (canonical, faults) = rules.canonical(query, reported: reported)
    for (field, fault) in reported + faults {
      try note(
        ImportProblem(file: place.file, line: place.line, field: field.isEmpty ? nil : field, fault: fault))
    }
    guard let canonical else { return }
    let name = ExactString(query.query)
    if let first = places[name] {
      let fault = ImportFault.duplicateQuery(
        name: query.query, first: .line(file: first.file, line: first.line))
      return try note(ImportProblem(file: place.file, line: place.line, field: "query", fault: fault))
    }
    places[name] = ImportPlace(file: place.file, line: place.line)
    if preview.first == nil { preview.first = Self.shortened(canonical.record) }
    preview.take(canonical.record)
  }

  func note(_ problem: ImportProblem) throws {
    problems.append(problem)
    if problems.count >= ImportFailure.limit { throw ImportFailure(problems: problems) }
  }

  func remark(_ text: String) { preview.remarks.append(text) }

  func progress(bytes: Int64, of total: Int64?) {}

  /// The record's line with texts of at most 200 characters.
  private static func shortened(_ record: QueryRecord) -> String {
    func cut(_ text: String?) -> String? { text.map { $0.count > 200 ? $0.prefix(200) + "…" : $0 } }
    var record = record
    record.prompt = cut(record.prompt)
    record.reference = cut(record.reference)
    for index in record.calls.indices {
      record.calls[index].text = cut(record.calls[index].text)
      record.calls[index].tokenEnds = nil
    }
    var encoder = InterchangeEncoder()
    encoder.encode(record)
    return String(decoding: encoder.bytes.dropLast(), as: UTF8.self)
  }
}
