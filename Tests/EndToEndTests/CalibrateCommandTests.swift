import Foundation
import Testing

@Suite struct CalibrateCommandTests {
  private func calibrate(_ flags: String...) throws -> Program.Outcome {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    return try program.run(["calibrate", "demo.sqlite", "--prices", Place.prices.path] + flags)
  }

  @Test("One thread and several give the same bytes, in every format", arguments: ["json", "csv", "table"])
  func threads(format: String) throws {
    let outputs = try ["1", "2", "5"].map { try calibrate("--format", format, "--threads", $0) }
    #expect(outputs.allSatisfy { $0.status == 0 }, "\(outputs[0].messages)")
    #expect(Set(outputs.map(\.output)).count == 1)
  }

  @Test("A selector's score is that of the sweep's policy")
  func scores() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    func document(_ command: String) throws -> [[String: Any]] {
      let run = try program.run(
        command, "demo.sqlite", "--prices", Place.prices.path, "--format", "json")
      return try #require(try jsonObject(run.output)["workloads"] as? [[String: Any]])
    }
    for (calibrated, swept) in zip(try document("calibrate"), try document("sweep")) {
      let policies = try #require(swept["policies"] as? [[String: Any]])
      for ranking in try #require(calibrated["rankings"] as? [[String: Any]]) {
        let boot = try #require(ranking["boot_budget"])
        let selector = try #require(ranking["selector"] as? String)
        let id = "k=1,boot=\(boot),layers=2,selector=\(selector),aggregator=recorded"
        let own = policies.first { $0["id"] as? String == id }?["score"] as? [String: Double]
        let first = try #require((ranking["scores"] as? [[String: Any]])?.first)
        #expect(first["score"] as? [String: Double] == own, "\(id)")
      }
    }
  }

  @Test("Layers and schedules are not its business", arguments: [["--layers", "3"], ["--margin", "0"]])
  func usage(flags: [String]) throws {
    let program = try Program()
    defer { program.cleanUp() }
    #expect(try program.run(["calibrate", "x.sqlite"] + flags).status == 64)
  }

  @Test("A document has the properties its schema requires")
  func schema() throws {
    let document = try jsonObject(try calibrate("--format", "json").output)
    let file = Place.root.appendingPathComponent(
      "Sources/RoutingCore/RoutingCore.docc/Schemas/lightreplay.calibrate-1.json")
    let schema = try jsonObject(String(contentsOf: file, encoding: .utf8))
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    #expect(Set(document.keys) == Set(try #require(schema["required"] as? [String])))
    let required = Set(try #require(definitions["workload"]?["required"] as? [String]))
    for workload in try #require(document["workloads"] as? [[String: Any]]) {
      #expect(Set(workload.keys) == required)
    }
  }
}
