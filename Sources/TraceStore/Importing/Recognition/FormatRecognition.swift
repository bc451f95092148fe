/// Tells what format files are, from their content.
package enum FormatRecognition {
  /// The importer that knows such a file; the first of the registry where several do, so `table` is last.
  static func format(of outline: FileOutline) -> (any TraceImporter.Type)? {
    ImporterRegistry.importers.first { $0.recognises(outline) }
  }

  /// The one importer for all of these files and folders.
  ///
  /// - Throws: `ImportFailure` when they are of no known format or of several; `InputError`.
  package static func importer(for paths: [String]) throws -> any TraceImporter.Type {
    var found: [(importer: any TraceImporter.Type, example: String)] = []
    var unknown: ImportProblem?
    for file in InputFiles.expanded(paths) {
      let outline = try FileOutline(path: file.path)
      guard let importer = format(of: outline) else {
        if file.isNamed { unknown = unknown ?? problem(file.path, outline) }
        continue
      }
      if !found.contains(where: { $0.importer.name == importer.name }) { found.append((importer, file.path)) }
    }
    // Folders of logs hold tables too: they count only where nothing else does.
    if found.count > 1 { found.removeAll { $0.importer.name == TableImporter.name } }
    if let unknown { throw ImportFailure(problems: [unknown]) }
    guard found.count <= 1 else {
      let list = found.map { "'\($0.importer.name)' (\($0.example))" }.joined(separator: ", ")
      let fault = ImportFault.unfit(found: "files of several formats: \(list)", expected: "one; name it")
      throw ImportFailure(problems: [ImportProblem(file: found[0].example, line: nil, fault: fault)])
    }
    guard let only = found.first else {
      let fault = ImportFault.unread("no file of a known format; expected one of \(names)")
      throw ImportFailure(problems: [ImportProblem(file: paths.first ?? "", line: nil, fault: fault)])
    }
    return only.importer
  }

  private static var names: String { ImporterRegistry.names.joined(separator: ", ") }

  private static func problem(_ path: String, _ outline: FileOutline) -> ImportProblem {
    let advice = outline.kind.advice ?? "of no known format; expected one of \(names); name it"
    return ImportProblem(file: path, line: nil, fault: .unread(advice))
  }
}
