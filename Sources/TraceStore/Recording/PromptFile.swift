package import RoutingCore

/// Queries to be asked: JSON Lines of the interchange format without calls (a header is not needed), or a trace.
package enum PromptFile {
  /// - Throws: `ImportFailure` with everything wrong in the file, `InputError`, `TraceFileError`.
  package static func read(_ path: String) throws -> [QueryRecord] {
    if isTrace(path) {
      var records: [QueryRecord] = []
      try TraceDatabase(reading: path).forEachQuery { record in
        var bare = record
        bare.calls = []
        records.append(bare)
      }
      return records
    }
    return try readLines(path)
  }

  private static func isTrace(_ path: String) -> Bool {
    guard let reader = try? LineReader(path: path),
      let line = try? reader.next({ Array($0.prefix(15)) })
    else { return false }
    return line.elementsEqual("SQLite format 3".utf8)
  }

  private static func readLines(_ path: String) throws -> [QueryRecord] {
    let reader = try LineReader(path: path)
    var decoder = QueryDecoder(models: [], scoreRange: .unit)
    let rules = QueryRules(header: TraceHeader(name: path, models: []))
    var records: [QueryRecord] = []
    var lines: [ExactString: Int] = [:]
    var problems: [ImportProblem] = []
    while let decoded = try reader.next({
      $0.allSatisfy { $0 == 0x20 || $0 == 0x0D } ? nil : decoder.decode($0)
    }) {
      guard let (record, reported) = decoded else { continue }
      if reader.line == 1, reported.contains(where: { $0.fault == .secondHeader }) { continue }
      var bare = record
      bare.calls = []
      var faults = reported + rules.canonical(bare, reported: reported).faults
      if bare.prompt == nil, bare.messages == nil, faults.isEmpty {
        faults.append(("prompt", .missing(expected: "what is asked, as prompt or messages")))
      }
      if let first = lines.updateValue(reader.line, forKey: ExactString(bare.query)), faults.isEmpty {
        faults.append(
          ("query", .duplicateQuery(name: bare.query, first: .line(file: reader.file, line: first))))
      }
      problems += faults.map {
        ImportProblem(
          file: reader.file, line: reader.line, field: $0.field.isEmpty ? nil : $0.field, fault: $0.fault)
      }
      if problems.count >= ImportFailure.limit { throw ImportFailure(problems: problems) }
      records.append(bare)
    }
    if records.isEmpty, problems.isEmpty {
      problems.append(ImportProblem(file: reader.file, line: nil, fault: .noQueries))
    }
    guard problems.isEmpty else { throw ImportFailure(problems: problems) }
    return records
  }
}
