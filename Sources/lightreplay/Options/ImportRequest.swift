import ArgumentParser
import Foundation
import RoutingCore
import TraceStore

/// The format and files of an import, as given: `lm-eval RUN/`, or files only.
struct ImportRequest {
  /// `nil` where the content is to tell.
  let format: (any TraceImporter.Type)?
  let files: [String]

  /// - Throws: `ValidationError` for an unknown format, or no files.
  init(_ inputs: [String]) throws {
    let first = inputs.first ?? ""
    let isPath = FileManager.default.fileExists(atPath: first)
    // A single word is a format without files, unless there is a file of that name.
    let isFormat = !(inputs.count == 1 && isPath)
    let importer = isFormat ? ImporterRegistry.importer(named: first) : nil
    if importer == nil, first != "auto", inputs.count > 1, !isPath, Self.isWord(first) {
      let names = ImporterRegistry.names
      let hint = NearMiss.suggestion(for: first, among: names).map { ", did you mean '\($0)'?" } ?? ""
      throw ValidationError(
        "unknown format '\(first)'\(hint); expected one of: \(names.joined(separator: ", ")), auto, or a file"
      )
    }
    format = importer
    files = importer != nil || (first == "auto" && isFormat) ? Array(inputs.dropFirst()) : inputs
    guard !files.isEmpty else { throw ValidationError("missing the files to read") }
  }

  /// - Throws: `ImportFailure` when the content does not tell the format; `InputError`.
  func importer(options: ImportOptions) throws -> any TraceImporter {
    if let format { return format.init(options: options) }
    // Columns are only named for tables.
    if options.columns != nil, let table = ImporterRegistry.importer(named: "table") {
      return table.init(options: options)
    }
    return try FormatRecognition.importer(for: files).init(options: options)
  }

  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
  }
}
