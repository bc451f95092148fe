import Foundation
import Testing
import TraceStore

/// Real recorded answers, which lie beside the repository and not in it.
private let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("../shared/data").standardizedFileURL

private let isThere = FileManager.default.fileExists(atPath: data.path)

/// A data set with the counts its description states.
struct DataSet: Sendable, CustomTestStringConvertible {
  let name: String
  let queries: Int
  let models: Int
  let workloads: Int
  /// Responses with score 1 of the first model of the pool.
  let firstCorrect: Int

  var testDescription: String { name }

  static let all = [
    DataSet(name: "gsm8k", queries: 1319, models: 8, workloads: 1, firstCorrect: 1242),
    DataSet(name: "math-l5", queries: 721, models: 8, workloads: 1, firstCorrect: 311),
    DataSet(name: "mmlu-pro", queries: 11954, models: 12, workloads: 14, firstCorrect: 7527),
    DataSet(name: "llmdrift", queries: 1500, models: 4, workloads: 2, firstCorrect: 653),
  ]
}

@Suite struct RealDataTests {
  @Test(
    "The published data sets hold what their description says, and come back byte for byte",
    .enabled(if: isThere, "the data sets are not at ../shared/data"), arguments: DataSet.all)
  func dataSets(set: DataSet) throws {
    let folder = try TemporaryFolder()
    let file = data.appendingPathComponent(set.name + ".jsonl.gz").path
    let importer = try #require(ImporterRegistry.importer(named: "jsonl"))
    let result = try TraceImport.run(
      importer.init(options: ImportOptions()), files: [file], into: folder.path("a.sqlite")
    ) { _, _, _ in }
    #expect(result.queries == set.queries)
    #expect(result.calls == set.queries * set.models)

    let inspection = try TraceDatabase(reading: folder.path("a.sqlite")).inspect()
    #expect(inspection.workloads.count == set.workloads)
    #expect(inspection.models.count == set.models)
    let mean = try #require(inspection.models[0].meanScore)
    #expect(Int((mean * Double(set.queries)).rounded()) == set.firstCorrect)

    let exported = try folder.exported("a.sqlite")
    try folder.write(exported, to: "b.jsonl")
    try folder.importing("b.jsonl", into: "b.sqlite")
    #expect(try folder.exported("b.sqlite") == exported)
    #expect(try folder.fingerprint("b.sqlite") == (try folder.fingerprint("a.sqlite")))
    #expect(try TraceDatabase(reading: folder.path("a.sqlite")).verify().problems == [])
  }
}
