import Foundation
import Testing

/// The committed examples, made anew from the committed trace.
@Suite struct ExampleTests {
  @Test("The report and the notebook of the local models are what the program writes")
  func current() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "examples-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = Place.root.appendingPathComponent(".ci/examples")
    process.arguments = [folder.path]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["LIGHTREPLAY": Program.executable.path]
    ) { $1 }
    try process.start()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    var compared = 0
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    for case let file as URL in files where !file.hasDirectoryPath {
      let path = String(file.standardizedFileURL.path.dropFirst(folder.standardizedFileURL.path.count + 1))
      let committed = try Data(contentsOf: Place.root.appendingPathComponent(path))
      #expect(try Data(contentsOf: file) == committed, "\(path) is not up to date; run `make examples`")
      compared += 1
    }
    #expect(compared > 5)
  }

  @Test("The committed trace is whole, below 10 MB, and has 60 or more queries in each workload")
  func trace() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let trace = Place.root.appendingPathComponent("traces/local-llms.sqlite")
    let size = try #require(try trace.resourceValues(forKeys: [.fileSizeKey]).fileSize)
    #expect(size < 10_000_000)
    #expect(try program.run("verify", trace.path).status == 0)
    let inspected = try jsonObject(try program.run("inspect", trace.path, "--format", "json").output)
    let workloads = try #require(inspected["workloads"] as? [[String: Any]])
    #expect(workloads.count == 2)
    for workload in workloads {
      #expect(try #require(workload["queries"] as? Int) >= 60, "\(workload)")
    }
  }

  /// The first-ranked of the three that stay, looked up line by line.
  @Test("After a drop the rankings of the local models keep their order, as computed by hand")
  func restrictedRankings() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let trace = Place.root.appendingPathComponent("traces/local-llms.sqlite").path
    let lines = try program.run("export", "jsonl", trace).output.split(separator: "\n").dropFirst()
    var scores: [Double] = []
    for line in lines {
      let query = try jsonObject(String(line))
      guard query["workload"] as? String == "arithmetic" else { continue }
      let rankings = try #require(query["rankings"] as? [[String: Any]])
      let order = rankings.first { $0["boot_budget"] as? Int == 32 }?["order"] as? [String]
      let first = try #require(order?.first { $0 != "large-brief" })
      let responses = try #require(query["responses"] as? [[String: Any]])
      scores.append(
        try #require(responses.first { $0["model"] as? String == first }?["score"] as? Double))
    }
    let outcome = try program.run(
      "whatif", trace, "--cost-unit", "tokens", "--workload", "arithmetic", "--drop", "large-brief", "--k",
      "1",
      "--boot", "32", "--layers", "2", "--selector", "recorded", "--aggregator", "vote", "--lambda", "0",
      "--replicates", "20", "--format", "csv")
    try #require(outcome.status == 0, "\(outcome.messages)")
    let mean = scores.reduce(0, +) / Double(scores.count)
    let after = try #require(
      outcome.output.split(separator: "\n").first {
        $0.hasPrefix("flags,") && $0.contains("k=1,boot=32,layers=2")
      })
    #expect(scores.count == 62)
    #expect(after.contains("\(mean)"), "\(mean): \(after)")
  }
}
