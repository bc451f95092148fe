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
    try process.run()
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
}
