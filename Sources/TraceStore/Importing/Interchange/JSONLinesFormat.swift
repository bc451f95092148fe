import RoutingCore

/// `jsonl`: the interchange format of DESIGN §4.
package enum JSONLinesFormat: ImportFormat {
  package static let name = "jsonl"
  package static let summary = "LightReplay's own interchange format: a header line, then one query per line"

  package static func open(_ files: [String], options: ImportOptions) throws -> any ImportSource {
    try JSONLinesSource(files, options: options)
  }
}

/// Interchange files read one after another.
private final class JSONLinesSource: ImportSource {
  private var waiting: ArraySlice<LineReader>
  private var reader: LineReader
  private var decoder: QueryDecoder?
  private let options: ImportOptions
  private var finishedBytes: Int64 = 0

  init(_ files: [String], options: ImportOptions) throws {
    // All are opened now, so that a misspelt name is found before the work.
    let readers = try files.map { try LineReader(path: $0) }
    guard let first = readers.first else { preconditionFailure("at least one file is imported") }
    reader = first
    waiting = readers.dropFirst()
    self.options = options
  }

  var bytesRead: Int64 { finishedBytes + reader.bytesRead }

  func next() throws -> ImportedItem? {
    while true {
      if reader.line == 0 { return try header() }
      if let item = try query() { return item }
      guard let following = waiting.popFirst() else { return nil }
      finishedBytes += reader.bytesRead
      reader = following
    }
  }

  private func header() throws -> ImportedItem {
    let result = try reader.next { HeaderDecoder.decode($0) }
    guard let result else {
      return ImportedItem(.nothing, file: reader.file, line: 1, faults: [("", .noHeader)])
    }
    if let header = result.header, decoder == nil {
      decoder = QueryDecoder(models: header.models, scoreRange: options.scoreRange)
    }
    let content = result.header.map { ImportedItem.Content.header($0) } ?? .nothing
    return ImportedItem(content, file: reader.file, line: 1, faults: result.faults)
  }

  /// The next line that is not blank.
  private func query() throws -> ImportedItem? {
    while true {
      let result = try reader.next { line in Self.isBlank(line) ? nil : decoder?.decode(line) }
      guard let result else { return nil }
      guard let (record, faults) = result else { continue }
      return ImportedItem(.query(record), file: reader.file, line: reader.line, faults: faults)
    }
  }

  private static func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
  }
}
