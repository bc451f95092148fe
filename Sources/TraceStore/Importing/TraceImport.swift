import RoutingCore

/// Brings files into a trace, as a whole or not at all.
package struct TraceImport {
  package let format: any ImportFormat.Type
  package let files: [String]
  package let trace: String
  package let options: ImportOptions

  package init(
    format: any ImportFormat.Type, files: [String], trace: String, options: ImportOptions = ImportOptions()
  ) {
    self.format = format
    self.files = files
    self.trace = trace
    self.options = options
  }

  /// How far an import is.
  package struct Progress: Sendable, Equatable {
    package var bytesRead: Int64 = 0
    /// `nil` when standard input is among the files.
    package var totalBytes: Int64?
    package var queries = 0
    package var calls = 0
  }

  /// Imports everything and returns the counts. `report` is called now and then.
  ///
  /// Throws `ImportFailure`, `InputError` or `TraceFileError`; the trace is then as it was before.
  package func run(report: (Progress) -> Void = { _ in }) throws -> Progress {
    let source = try format.open(files, options: options)
    var collector = ProblemCollector()
    guard let first = try collector.collectingInputErrors({ try source.next() }) else {
      throw collector.failure
    }
    try collector.add(first.faults, file: first.file, line: first.line)
    guard case .header(let header) = first.content, collector.isEmpty else { throw collector.failure }
    var run = ImportRun(source: source, collector: collector, progress: Progress(totalBytes: totalBytes))
    guard SystemCall.exists(trace) else {
      return try TraceDatabase.create(at: trace, header: header) { writer in
        try run.copy(to: writer, report: report)
      }
    }
    let database = try TraceDatabase.openForAppending(trace)
    let progress = try database.write { writer in
      try run.takeHeader(header, file: first.file, line: first.line, writer)
      return try run.copy(to: writer, report: report)
    }
    try database.close()
    return progress
  }

  private var totalBytes: Int64? {
    var total: Int64 = 0
    for file in files {
      guard let size = SystemCall.fileSize(file) else { return nil }
      total += size
    }
    return total
  }
}

/// The state of an import under way.
private struct ImportRun {
  /// Queries between two reports of progress.
  private static let stride = 64

  let source: any ImportSource
  var collector: ProblemCollector
  var progress: TraceImport.Progress
  /// The number of the first query stored by this import, and where each of its queries came from.
  private var firstID: Int64?
  private var places: [(file: Int32, line: Int32)] = []
  private var fileNames: [String] = []

  init(source: any ImportSource, collector: ProblemCollector, progress: TraceImport.Progress) {
    self.source = source
    self.collector = collector
    self.progress = progress
  }

  /// Copies all items; throws at the end if anything was wrong.
  mutating func copy(
    to writer: TraceWriter, report: (TraceImport.Progress) -> Void
  ) throws -> TraceImport.Progress {
    while let item = try nextItem() {
      switch item.content {
      case .header(let header): try takeHeader(header, file: item.file, line: item.line, writer)
      case .query(let record): try take(record, item, writer)
      case .nothing: try collector.add(item.faults, file: item.file, line: item.line)
      }
      if progress.queries % Self.stride == 0 {
        progress.bytesRead = source.bytesRead
        report(progress)
      }
    }
    guard collector.isEmpty else { throw collector.failure }
    progress.bytesRead = source.bytesRead
    report(progress)
    return progress
  }

  private mutating func nextItem() throws -> ImportedItem? {
    let source = source
    return try collector.collectingInputErrors { try source.next() }
  }

  mutating func takeHeader(_ header: TraceHeader, file: String, line: Int, _ writer: TraceWriter) throws {
    let faults = HeaderAgreement.faults(of: header, with: try writer.currentHeader())
    try collector.add(faults, file: file, line: line)
    if faults.isEmpty { try writer.declareTools(of: header) }
  }

  private mutating func take(_ record: QueryRecord, _ item: ImportedItem, _ writer: TraceWriter) throws {
    let (canonical, faults) = writer.rules.canonical(record, reported: item.faults)
    try collector.add(item.faults + faults, file: item.file, line: item.line)
    if !record.query.isEmpty, let known = try writer.queryID(named: record.query) {
      let fault = ImportFault.duplicateQuery(name: record.query, first: place(of: known))
      try collector.add([("query", fault)], file: item.file, line: item.line)
    } else if let canonical {
      let id = try writer.insert(canonical)
      firstID = firstID ?? id
      places.append((fileNumber(item.file), Int32(clamping: item.line)))
      progress.queries += 1
      progress.calls += canonical.record.calls.count
    }
  }

  private mutating func fileNumber(_ name: String) -> Int32 {
    if fileNames.last != name { fileNames.append(name) }
    return Int32(fileNames.count - 1)
  }

  private func place(of id: Int64) -> ImportFault.QueryPlace {
    guard let firstID, id >= firstID else { return .trace }
    let place = places[Int(id - firstID)]
    return .line(file: fileNames[Int(place.file)], line: Int(place.line))
  }
}

/// Gathers problems until there are enough.
struct ProblemCollector {
  private var problems: [ImportProblem] = []

  var isEmpty: Bool { problems.isEmpty }
  var failure: ImportFailure { ImportFailure(problems: problems) }

  /// Throws once the limit is reached.
  mutating func add(_ faults: [(field: String, fault: ImportFault)], file: String, line: Int) throws {
    for (field, fault) in faults {
      problems.append(
        ImportProblem(file: file, line: line, field: field.isEmpty ? nil : field, fault: fault))
      if problems.count == ImportFailure.limit { throw failure }
    }
  }

  /// Adds an input that cannot be read further to the problems before it.
  mutating func collectingInputErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as InputError where !isEmpty {
      problems.append(ImportProblem(file: "", line: nil, fault: .unreadable(error)))
      throw failure
    }
  }
}
