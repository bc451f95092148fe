import Foundation
import TraceStore

/// A folder that is gone after the test.
final class TemporaryFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ data: Data, to name: String) throws { try data.write(to: URL(fileURLWithPath: path(name))) }

  func write(_ lines: [String], to name: String) throws {
    try write(Data(lines.map { $0 + "\n" }.joined().utf8), to: name)
  }

  func read(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

  var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }

  // MARK: Traces

  /// Imports interchange files into a trace of this folder.
  @discardableResult
  func importing(_ files: String..., into trace: String, options: ImportOptions = ImportOptions()) throws
    -> TraceImport.Result
  {
    guard let importer = ImporterRegistry.importer(named: "jsonl") else {
      throw CocoaError(.featureUnsupported)
    }
    return try TraceImport.run(
      importer.init(options: options), files: files.map(path), into: path(trace)
    ) { _, _, _ in }
  }

  /// The trace in interchange form.
  func exported(_ trace: String) throws -> Data {
    var data = Data()
    try TraceDatabase(reading: path(trace)).exportJSONLines { data.append(contentsOf: $0) }
    return data
  }

  func fingerprint(_ trace: String) throws -> String { try TraceDatabase(reading: path(trace)).fingerprint() }
}
