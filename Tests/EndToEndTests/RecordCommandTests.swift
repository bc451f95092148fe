import Foundation
import Testing

/// Recordings of a scripted model by the built program.
@Suite(.serialized) struct RecordCommandTests {
  private let model: ModelProcess
  private let program: Program
  private static let key = "sk-live-7f3c9a1e5b-never-written"

  init() throws {
    model = try ModelProcess()
    program = try Program.recording(model, queries: 6)
  }

  private func record(_ flags: String...) throws -> Program.Outcome {
    try program.run(
      ["record", "live.yaml", "--trace", "t.sqlite"] + flags, environment: ["LIVE_TEST_KEY": Self.key])
  }

  @Test("What is recorded can be verified, graded, replayed and recommended from")
  func flow() throws {
    defer { program.cleanUp() }
    let recorded = try record("--prices", "prices.yaml")
    try #require(recorded.status == 0, "\(recorded.messages)")
    #expect(recorded.messages.contains("6 of 6 queries complete, $"))
    #expect(try program.run("verify", "t.sqlite").status == 0)
    #expect(program.files == ["live.yaml", "prices.yaml", "prompts.jsonl", "t.sqlite"])
    try #require(try program.run("grade", "t.sqlite", "--grader", "number").status == 0)
    let sweep = try program.run(
      "sweep", "t.sqlite", "--prices", "prices.yaml", "--replicates", "10", "--format", "json")
    try #require(sweep.status == 0, "\(sweep.messages)")
    let workloads = try #require(try jsonObject(sweep.output)["workloads"] as? [[String: Any]])
    let policies = try #require(workloads[0]["policies"] as? [[String: Any]])
    let ids = policies.compactMap { $0["id"] as? String }
    #expect(ids.contains("k=2,boot=4,layers=2,selector=recorded,aggregator=recorded"), "\(ids)")
  }

  @Test(
    "A plan is made without asking, bounds the calls, and is exact about what does not depend on rankings")
  func plan() throws {
    defer { program.cleanUp() }
    let plan = try record("--plan")
    try #require(plan.status == 0, "\(plan.messages)")
    #expect(try model.requests().isEmpty)
    #expect(!program.exists("t.sqlite"))
    // 6 queries: 3 answers each, 2 rankings, merges of 3 pairs and of all.
    #expect(plan.output.contains("6 queries, 0 calls recorded, 54 to make"), "\(plan.output)")
    _ = try record()
    #expect(try model.requests().count == 54)
    #expect(try record("--plan").output.contains("54 calls recorded, 0 to make"))
  }

  @Test("A second run asks nothing")
  func rerun() throws {
    defer { program.cleanUp() }
    try #require(try record().status == 0)
    let (asked, content) = (try model.requests(), try program.run("export", "jsonl", "t.sqlite").output)
    #expect(Set(asked).count == asked.count)
    let again = try record()
    #expect(again.status == 0)
    #expect(try model.requests().count == asked.count)
    #expect(try program.run("verify", "t.sqlite").status == 0)
    #expect(try program.run("export", "jsonl", "t.sqlite").output == content)
  }

  @Test("The key is in no byte that is written or printed, whatever fails")
  func secrecy() throws {
    defer { program.cleanUp() }
    let faulty = try ModelProcess("--fault-percent", "40")
    try program.write(LiveSetup.config(faulty.url), to: "live.yaml")
    var printed = ""
    for flags in [["--plan"], ["--prices", "prices.yaml"], []] {
      let outcome = try program.run(
        ["record", "live.yaml", "--trace", "t.sqlite"] + flags, environment: ["LIVE_TEST_KEY": Self.key])
      printed += outcome.output + outcome.messages
    }
    printed += try program.run("export", "jsonl", "t.sqlite").output
    #expect(!printed.contains("7f3c9a1e5b"))
    for file in program.files where file != "live.yaml" {
      #expect(try program.read(file).range(of: Data("7f3c9a1e5b".utf8)) == nil, "\(file)")
    }
    #expect(program.files.contains("t.sqlite"))
  }

  @Test("What is recorded is for its owner only, and stays so when it is written anew")
  func modes() throws {
    defer { program.cleanUp() }
    try #require(try record().status == 0)
    let path = program.folder.appendingPathComponent("t.sqlite").path
    func mode() throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode() == 0o600)
    try #require(try program.run("grade", "t.sqlite", "--grader", "exact").status == 0)
    #expect(try mode() == 0o600)
    try #require(try program.run("export", "jsonl", "t.sqlite", "-o", "t.sqlite").status == 0)
    #expect(try mode() == 0o600)
  }

  @Test("Without its key it says which variable to set")
  func keyMissing() throws {
    defer { program.cleanUp() }
    let outcome = try program.run("record", "live.yaml", "--trace", "t.sqlite")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("'LIVE_TEST_KEY'"), "\(outcome.messages)")
    #expect(!program.exists("t.sqlite"))
  }

  @Test("It stops before it has spent more than it may, and goes on from there")
  func spending() throws {
    defer { program.cleanUp() }
    let stopped = try record("--prices", "prices.yaml", "--max-spend", "0.001")
    #expect(stopped.status == 1)
    #expect(stopped.messages.contains("the spending limit is reached"), "\(stopped.messages)")
    let asked = try model.requests().count
    #expect(asked > 0 && asked < 54)
    #expect(try record().status == 0)
    #expect(try model.requests().count == 54)
  }

  @Test("Another configuration of the same trace is refused by name, and nothing is asked")
  func otherPool() throws {
    defer { program.cleanUp() }
    try #require(try record().status == 0)
    let config = LiveSetup.config(model.url).replacing("pool: [ant, bee, cat]", with: "pool: [bee, ant, cat]")
    try program.write(config, to: "live.yaml")
    let outcome = try record()
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("t.sqlite: pool is"), "\(outcome.messages)")
    #expect(try model.requests().count == 54)
  }

  @Test("Ctrl-C ends it after the calls in flight and says how to go on")
  func interrupt() throws {
    defer { program.cleanUp() }
    let slow = try ModelProcess("--delay-ms", "30")
    try program.write(LiveSetup.config(slow.url), to: "live.yaml")
    let process = program.process(["record", "live.yaml", "--trace", "t.sqlite"])
    process.environment = ProcessInfo.processInfo.environment.merging(["LIVE_TEST_KEY": Self.key]) { $1 }
    let messages = Pipe()
    process.standardError = messages
    try process.start()
    while try slow.requests().count < 5 { usleep(5000) }
    process.interrupt()
    process.waitUntilExit()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 1)
    #expect(text.contains("stopped: stopped as asked"), "\(text)")
    #expect(text.contains("run the same command again to go on"))
    #expect(!program.exists("t.sqlite-wal"))
    let asked = try slow.requests().count
    let rest = try record()
    try #require(rest.status == 0, "\(rest.messages)")
    #expect(try slow.requests().count == 54)
    #expect(asked < 54)
  }
}
