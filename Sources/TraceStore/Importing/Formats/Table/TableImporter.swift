import Foundation
import RoutingCore

/// Tables: CSV, TSV, JSON Lines, or a JSON list of rows, whose columns are named by a map or a preset.
///
/// Long tables have a row for each answer, wide ones a row for each query with columns for each model.
struct TableImporter: TraceImporter {
  static let name = "table"
  static let summary = "CSV, TSV, JSON Lines or JSON rows, with --map or --preset"

  private let options: ImportOptions

  init(options: ImportOptions) { self.options = options }

  static func recognises(_ file: FileOutline) -> Bool {
    switch file.kind {
    case .json: ColumnMap.recognised(jsonColumns(file)) != nil
    case .text: isTableName(file.name) || ColumnMap.recognised(Set(textColumns(file))) != nil
    default: false
    }
  }

  private static func isTableName(_ name: String) -> Bool {
    [".csv", ".tsv"].contains {
      name.hasSuffix($0) || name.hasSuffix($0 + ".gz") || name.hasSuffix($0 + ".zst")
    }
  }

  /// Keys of the rows of a JSON file.
  private static func jsonColumns(_ file: FileOutline) -> Set<String> {
    for prefix in ["records[].", "[]."] where file.keys.contains(where: { $0.hasPrefix(prefix) }) {
      return Set(file.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
    }
    return file.keys
  }

  private static func textColumns(_ file: FileOutline) -> [String] {
    let delimiter = Character(Unicode.Scalar(CSVReader.delimiter(of: file.firstLine)))
    return file.firstLine.split(separator: delimiter, omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \r")) }
  }

  func read(_ files: [String], into sink: any ImportSink) throws {
    let collection = AnswerCollection(format: Self.name, options: options)
    let selected =
      options.columns == nil
      ? try InputFiles.selected(files, for: Self.self, log: collection.log) : try named(files, collection)
    for (path, outline) in selected {
      let columns = outline.kind == .text ? Set(Self.textColumns(outline)) : Self.jsonColumns(outline)
      guard let map = options.columns ?? ColumnMap.recognised(columns) else {
        collection.log.note(.unread(Self.advice(columns)), file: path, line: nil)
        continue
      }
      if options.columns == nil { collection.remark("\(path): columns taken as \(map.name)") }
      let rows = TableRows(map: map, path: path, collection: collection)
      if outline.kind == .text || (outline.kind == .empty && Self.isTableName(outline.name)) {
        try readText(outline, rows, collection, sink)
      } else {
        try readJSON(outline, rows, collection, sink)
      }
      rows.finish(isExplicit: options.columns != nil)
      try collection.log.flush(to: sink)
    }
    try collection.deliver(to: sink)
  }

  /// With a map any file is a table that is not plainly something else.
  private func named(
    _ files: [String], _ collection: AnswerCollection
  ) throws(InputError) -> [(path: String, outline: FileOutline)] {
    var selected: [(path: String, outline: FileOutline)] = []
    for file in InputFiles.expanded(files) {
      let outline = try FileOutline(path: file.path)
      if let advice = outline.kind.advice {
        collection.log.note(.unread(advice), file: file.path, line: nil)
      } else {
        selected.append((file.path, outline))
      }
    }
    return selected
  }

  private static func advice(_ columns: Set<String>) -> String {
    let names = ExactString.sorted(columns.filter { !$0.contains(".") }).prefix(12)
    let found =
      names.isEmpty ? "no columns" : "the columns " + names.map(ImportFault.quoted).joined(separator: ", ")
    return "found \(found); expected --map query=…,prompt=…,model=…,text=…,score=… or --preset NAME "
      + "(\(ColumnMap.presets.map(\.name).joined(separator: ", ")))"
  }

  // MARK: Rows

  private func readText(
    _ outline: FileOutline, _ rows: TableRows, _ collection: AnswerCollection, _ sink: any ImportSink
  ) throws {
    let reader = try CSVReader(path: outline.path, delimiter: CSVReader.delimiter(of: outline.firstLine))
    do {
      guard let header = try reader.next() else {
        let fault = ImportFault.missing(expected: "a line of column names; the file is empty")
        return collection.log.note(fault, file: outline.path, line: nil)
      }
      var count = 0
      while let record = try reader.next() {
        guard record.fields.count == header.fields.count else {
          let expected = "\(header.fields.count), as in line \(header.line)"
          let fault = ImportFault.unfit(found: "\(record.fields.count) fields", expected: expected)
          collection.log.note(fault, file: outline.path, line: record.line)
          try collection.log.flush(to: sink)
          continue
        }
        rows.take(Self.row(header.fields, record, outline.path, collection.log))
        count += 1
        if count % 64 == 0 { sink.progress(bytes: reader.reader.bytesRead, of: reader.reader.size) }
        try collection.log.flush(to: sink)
      }
    } catch let fault as CSVReader.Fault {
      collection.log.note(fault.fault, file: outline.path, line: fault.line)
    }
  }

  /// A record as an object; empty cells are missing.
  private static func row(
    _ names: [String], _ record: CSVReader.Record, _ path: String, _ log: FaultLog
  ) -> RecordField {
    let members = zip(names, record.fields).compactMap { name, text in
      text.isEmpty
        ? nil : JSONNode.Member(key: name, node: JSONNode(value: .string(text), line: record.line))
    }
    return RecordField(JSONNode(value: .object(members), line: record.line), file: path, log: log).lenient
  }

  private func readJSON(
    _ outline: FileOutline, _ rows: TableRows, _ collection: AnswerCollection, _ sink: any ImportSink
  ) throws {
    let file = RecordFile(path: outline.path, log: collection.log)
    let hasRecords = outline.keys.contains("records")
    guard hasRecords || outline.firstLine.hasPrefix("[") else {
      return try file.lines(to: sink, skipping: ["logprobs"]) { rows.take($0) }
    }
    guard let document = try file.document(skipping: ["logprobs"]) else { return }
    let list = hasRecords ? document["records"] : document
    for row in list.elements("a list of rows") {
      rows.take(row)
      try collection.log.flush(to: sink)
    }
  }
}
