import Foundation

/// The files an import is to read: those named, and what the named folders hold.
struct InputFiles {
  struct File {
    let path: String
    /// Whether it was named itself, so that it must fit.
    let isNamed: Bool
  }

  /// More files than any log folder has.
  private static let limit = 200_000

  /// Named files as they are; folders replaced by the files in them, sorted, without hidden ones and links to
  /// other folders.
  static func expanded(_ paths: [String]) -> [File] {
    var files: [File] = []
    for path in paths {
      if path != "-", SystemCall.isDirectory(path) {
        append(folder: path, to: &files, depth: 0)
      } else {
        files.append(File(path: path, isNamed: true))
      }
    }
    return files
  }

  private static func append(folder: String, to files: inout [File], depth: Int) {
    guard depth < 32, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    for name in names.sorted() where !name.hasPrefix(".") && files.count < limit {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let kind = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
      switch kind {
      case .typeDirectory?: append(folder: path, to: &files, depth: depth + 1)
      case .typeRegular?: files.append(File(path: path, isNamed: false))
      case .typeSymbolicLink? where !SystemCall.isDirectory(path):
        files.append(File(path: path, isNamed: false))
      default: break
      }
    }
  }

  /// The files that `importer` is to read, with their outlines. Named files of another format are noted; files
  /// of folders that do not belong to the format are passed over with a remark.
  ///
  /// - Throws: `InputError` for a file that cannot be opened or inflated.
  static func selected(
    _ paths: [String], for importer: any TraceImporter.Type, log: FaultLog
  ) throws(InputError) -> [(path: String, outline: FileOutline)] {
    var selected: [(path: String, outline: FileOutline)] = []
    var passedOver: [String] = []
    var isFitting = true
    for file in expanded(paths) {
      let outline = try FileOutline(path: file.path)
      let isRecognised = outline.kind.advice == nil && importer.recognises(outline)
      if isRecognised || (file.isNamed && fault(outline, for: importer) == nil) {
        selected.append((file.path, outline))
      } else if file.isNamed, let fault = fault(outline, for: importer) {
        isFitting = false
        log.note(fault, file: file.path, line: nil)
      } else {
        passedOver.append(file.path)
      }
    }
    if let first = passedOver.first, !selected.isEmpty {
      log.remark("passed over: \(passedOver.count) files of other kinds in the folders, such as \(first)")
    }
    if selected.isEmpty, isFitting, let path = paths.first {
      log.note(.missing(expected: "files of the format '\(importer.name)' in it"), file: path, line: nil)
    }
    return selected
  }

  /// Why a file cannot be one of the importer's, if that is plain to see.
  private static func fault(_ outline: FileOutline, for importer: any TraceImporter.Type) -> ImportFault? {
    if let advice = outline.kind.advice { return .unread(advice) }
    guard let likely = FormatRecognition.format(of: outline), likely.name != importer.name,
      likely.name != TableImporter.name
    else { return nil }
    return .otherFormat(likely: likely.name, wanted: importer.name)
  }
}
