import RoutingCore

/// The interchange format `lightreplay.trace/1` (Traces.md), plain, gzip or Zstandard.
struct JSONLinesImporter: TraceImporter {
  static let name = "jsonl"
  static let summary = "the interchange format, one query per line (plain, gzip, Zstandard)"

  private let options: ImportOptions

  init(options: ImportOptions) { self.options = options }

  static func recognises(_ file: FileOutline) -> Bool {
    file.keys.contains("format") && file.firstLine.contains("\"\(TraceHeader.family)")
  }

  func read(_ files: [String], into sink: any ImportSink) throws {
    let log = FaultLog()
    let selected = try InputFiles.selected(files, for: Self.self, log: log)
    try log.flush(to: sink)
    for (path, _) in selected { try read(path, into: sink) }
  }

  private func read(_ file: String, into sink: any ImportSink) throws {
    let reader = try LineReader(path: file)
    let header = try reader.next { line in HeaderDecoder.decode(line) }
    guard let header else {
      return try sink.note(ImportProblem(file: reader.file, line: 1, fault: .noHeader))
    }
    for (field, fault) in header.faults {
      try sink.note(ImportProblem(file: reader.file, line: 1, field: Self.field(field), fault: fault))
    }
    guard let declared = header.header, try sink.begin(declared, at: (reader.file, 1)) else { return }
    var decoder = QueryDecoder(models: declared.models, scoreRange: options.scoreRange)
    var queries = 0
    while let content = try reader.next({ Self.isBlank($0) ? nil : decoder.decode($0) }) {
      guard let (record, faults) = content else { continue }
      queries += 1
      try sink.add(record, reported: faults, at: (reader.file, reader.line))
      if queries % 64 == 0 { sink.progress(bytes: reader.bytesRead, of: reader.size) }
    }
    if queries == 0 { try sink.note(ImportProblem(file: reader.file, line: nil, fault: .noQueries)) }
  }

  private static func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
  }

  private static func field(_ field: String) -> String? { field.isEmpty ? nil : field }
}
