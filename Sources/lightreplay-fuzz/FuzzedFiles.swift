import Foundation
import TraceStore

/// Files of another tool, imported as the program does it.
///
/// One input holds several: each begins behind a line `--- NAME`.
enum FuzzedFiles {
  static func importing(_ data: Data, format: String?) {
    FuzzFolder.empty()
    let names = write(data)
    guard !names.isEmpty else { return }
    guard
      let importer = try? format.flatMap(ImporterRegistry.importer) ?? FormatRecognition.importer(for: names),
      (try? TraceImport.run(
        importer.init(options: ImportOptions()), files: names, into: FuzzFolder.path("t"),
        progress: { _, _, _ in })) != nil
    else {
      FuzzTargets.demand(!FileManager.default.fileExists(atPath: FuzzFolder.path("t")), "half a trace")
      return
    }
    comesBack()
  }

  /// What was imported is sound, and comes back from its export.
  private static func comesBack() {
    do {
      let database = try TraceDatabase(reading: FuzzFolder.path("t"))
      let problems = try database.verify().problems
      FuzzTargets.demand(problems.isEmpty, problems.joined(separator: "; "))
      _ = try? database.trace(samples: .all, grader: nil)
      var lines = Data()
      try database.exportJSONLines { lines.append(contentsOf: $0) }
      try lines.write(to: URL(fileURLWithPath: FuzzFolder.path("again.jsonl")))
      guard let importer = ImporterRegistry.importer(named: "jsonl") else { return }
      _ = try TraceImport.run(
        importer.init(options: ImportOptions()), files: [FuzzFolder.path("again.jsonl")],
        into: FuzzFolder.path("again"),
        progress: { _, _, _ in })
      var again = Data()
      try TraceDatabase(reading: FuzzFolder.path("again")).exportJSONLines { again.append(contentsOf: $0) }
      FuzzTargets.demand(again == lines, "the export does not come back")
    } catch {
      FuzzTargets.demand(false, "\(error)")
    }
  }

  /// Writes the files; returns what of them lies at the top.
  private static func write(_ data: Data) -> [String] {
    var tops: [String] = []
    var name: String?
    var content = Data()
    func finish() {
      guard let name else { return }
      let url = URL(fileURLWithPath: FuzzFolder.path("in/" + name))
      try? FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      guard (try? content.write(to: url)) != nil else { return }
      let top = FuzzFolder.path("in/" + (name.split(separator: "/").first ?? "x"))
      if !tops.contains(top) { tops.append(top) }
    }
    for line in data.split(separator: 10, omittingEmptySubsequences: false) {
      if line.starts(with: Data("--- ".utf8)) {
        finish()
        (name, content) = (safe(line.dropFirst(4)), Data())
      } else {
        content += line + [10]
      }
    }
    finish()
    return tops
  }

  /// A name that stays in the folder.
  private static func safe(_ bytes: Data) -> String {
    let text = String(decoding: bytes.prefix(80), as: UTF8.self)
    let parts = text.split(separator: "/").prefix(2).map { part in
      String(
        part.unicodeScalars.filter {
          $0.isASCII && ($0.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains($0))
        })
    }
    return parts.map { $0.hasPrefix(".") ? "x" + $0 : $0 }.filter { !$0.isEmpty }.joined(separator: "/")
  }
}

/// A folder in memory, emptied for each input.
enum FuzzFolder {
  private static let folder: String = {
    let memory = "/dev/shm"
    let root = FileManager.default.fileExists(atPath: memory) ? memory : NSTemporaryDirectory()
    return root + "/lightreplay-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
  }()

  static func path(_ name: String) -> String { folder + "/" + name }

  static func empty() {
    try? FileManager.default.removeItem(atPath: folder)
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }
}
