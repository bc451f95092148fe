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

  func remove(_ name: String) { try? FileManager.default.removeItem(atPath: path(name)) }

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

// MARK: Files of other tools

extension TemporaryFolder {
  func write(_ fixture: ImportFixture) throws {
    for (name, content) in fixture.files {
      let folder = URL(fileURLWithPath: path(name)).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try write(content, to: name)
    }
  }

  /// Imports files of a format; `nil` = told by their content.
  @discardableResult
  func importing(
    _ format: String?, _ inputs: [String], into trace: String = "t.sqlite",
    options: ImportOptions = ImportOptions()
  ) throws -> TraceImport.Result {
    let paths = inputs.map { $0.hasPrefix("/") ? $0 : path($0) }
    let importer =
      try format.flatMap(ImporterRegistry.importer) ?? FormatRecognition.importer(for: paths)
    return try TraceImport.run(importer.init(options: options), files: paths, into: path(trace)) { _, _, _ in
    }
  }

  @discardableResult
  func importing(_ fixture: ImportFixture, options: ImportOptions = ImportOptions()) throws
    -> TraceImport.Result
  {
    try write(fixture)
    return try importing(fixture.format, fixture.inputs, options: options)
  }

  /// The trace's queries as JSON objects, by name.
  func queries(_ trace: String = "t.sqlite") throws -> [String: [String: Any]] {
    var queries: [String: [String: Any]] = [:]
    for line in try exported(trace).split(separator: UInt8(ascii: "\n")).dropFirst() {
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] ?? [:]
      queries[object["query"] as? String ?? ""] = object
    }
    return queries
  }

  /// One answer of a query.
  func response(_ query: String, _ model: String, sample: Int = 0) throws -> [String: Any] {
    let responses = try queries()[query]?["responses"] as? [[String: Any]] ?? []
    return responses.first { $0["model"] as? String == model && $0["sample"] as? Int ?? 0 == sample } ?? [:]
  }
}
