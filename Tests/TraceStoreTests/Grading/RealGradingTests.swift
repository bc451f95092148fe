import Foundation
import RoutingCore
import Testing
import TraceStore

/// Real recorded answers, which lie beside the repository and not in it.
private let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("../shared/data")
  .standardizedFileURL

private let isThere = FileManager.default.fileExists(atPath: data.path)

@Suite struct RealGradingTests {
  /// The measured agreement, which is above what is asked for; a change of it shall be looked at.
  @Test(
    "With answers and scores stripped, graders agree with the published scores of real answers",
    .enabled(if: isThere, "the data sets are not at ../shared/data"),
    arguments: [("gsm8k", "number", 10_552, 4), ("math-l5", "math", 5_768, 30)])
  func agreement(set: String, name: String, responses: Int, differing: Int) throws {
    let folder = try TemporaryFolder()
    let importer = try #require(ImporterRegistry.importer(named: "jsonl")).init(options: ImportOptions())
    _ = try TraceImport.run(
      importer, files: [data.appendingPathComponent(set + ".jsonl.gz").path],
      into: folder.path("given.sqlite")
    ) { _, _, _ in }
    let lines = String(decoding: try folder.exported("given.sqlite"), as: UTF8.self).split(separator: "\n")
    try folder.write(try lines.map { try Self.stripped(String($0)) }, to: "stripped.jsonl")
    try folder.importing("stripped.jsonl", into: "stripped.sqlite")

    let grader = try #require(GraderRegistry.entries.first { $0.name == name }).grader(GraderOptions())
    var settings = GradingSettings(name: name)
    settings.threads = 2
    let report = try TraceGrading.run(grader, settings, on: folder.path("stripped.sqlite")) { _ in }
    #expect(report.total.graded == responses)
    #expect(report.total.scoredBefore == 0)
    let given = try Self.scores(folder.path("given.sqlite"))
    let found = try Self.scores(folder.path("stripped.sqlite"))
    #expect(given.count == responses)
    #expect(zip(given, found).count { $0 != $1 } == differing)
    #expect(try TraceDatabase(reading: folder.path("stripped.sqlite")).verify().problems == [])
  }

  private static func stripped(_ line: String) throws -> String {
    var object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    if let responses = object["responses"] as? [[String: Any]] {
      object["responses"] = responses.map { $0.filter { $0.key != "answer" && $0.key != "score" } }
    }
    return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
  }

  private static func scores(_ path: String) throws -> [Score?] {
    var scores: [Score?] = []
    try TraceDatabase(reading: path).forEachQuery { scores += $0.calls.map(\.score) }
    return scores
  }
}
