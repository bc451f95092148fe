import Foundation
import Testing

/// Several processes on one trace, and processes told to end.
@Suite struct ContentionTests {
  /// Holds SQLite's exclusive lock on a file in another process until it is told to let go.
  private func holdingLock(of path: String, _ body: () throws -> Void) throws {
    // The pending byte, the reserved byte and the shared range of SQLite's file format.
    let script =
      "import fcntl,sys; f=open(sys.argv[1],'r+b'); fcntl.lockf(f,fcntl.LOCK_EX,512,0x40000000); print(1,flush=True); sys.stdin.read()"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, path]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.start()
    defer {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }
    _ = try output.fileHandleForReading.read(upToCount: 1)
    try body()
  }

  @Test(
    "A trace that another process holds is waited for, then named as in use",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "needs Python"),
    arguments: ["inspect demo.sqlite", "grade demo.sqlite --grader exact"])
  func locked(command: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let before = try program.read("demo.sqlite")
    try holdingLock(of: program.folder.appendingPathComponent("demo.sqlite").path) {
      let outcome = try program.run(command.split(separator: " ").map(String.init))
      #expect(outcome.status == 1)
      #expect(
        outcome.messages == "Error: demo.sqlite: in use by another process; try again when it is done\n")
    }
    #expect(try program.read("demo.sqlite") == before)
  }

  @Test("Of two recordings into one trace the second is refused, and the first finishes")
  func twoRecorders() throws {
    let model = try ModelProcess("--delay-ms", "250")
    let program = try Program.recording(model, queries: 6)
    defer { program.cleanUp() }
    let first = program.process(["record", "live.yaml", "--trace", "t.sqlite"])
    first.environment = ProcessInfo.processInfo.environment.merging(["LIVE_TEST_KEY": "k"]) { $1 }
    first.standardError = FileHandle.nullDevice
    try first.run()
    while try model.requests().count < 5 { usleep(5000) }
    let second = try program.run(
      ["record", "live.yaml", "--trace", "t.sqlite"], environment: ["LIVE_TEST_KEY": "k"])
    #expect(second.status == 1)
    #expect(second.messages.contains("t.sqlite: another process is recording into it"), "\(second.messages)")
    // It can be read along meanwhile.
    #expect(try program.run("inspect", "t.sqlite").status == 0)
    first.waitUntilExit()
    #expect(first.terminationStatus == 0)
    #expect(try program.run("verify", "t.sqlite").status == 0)
  }

  @Test("What the tests start can be told to end at all, from whatever thread")
  func startedUnblocked() async throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sleep")
    process.arguments = ["30"]
    try process.start()
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
  }

  @Test("An import told to end at any moment loses nothing that was there before", arguments: 1...12)
  func terminatedImport(moment: Int) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let before = try program.run("export", "jsonl", "demo.sqlite").output
    try program.writeCopies(of: before, count: 200, to: "more.jsonl")
    for (trace, expected) in [("demo.sqlite", before), ("new.sqlite", "")] {
      let process = program.process(["import", "jsonl", "more.jsonl", "--trace", trace])
      process.standardError = FileHandle.nullDevice
      try process.start()
      Thread.sleep(forTimeInterval: Double(moment) * 0.012)
      process.terminate()
      process.waitUntilExit()
      guard process.terminationReason == .uncaughtSignal, program.exists(trace) else {
        // Done before it was told, or not there at all.
        #expect(process.terminationStatus == 0 || !program.exists(trace))
        continue
      }
      #expect(try program.run("verify", trace).status == 0)
      #expect(try program.run("export", "jsonl", trace).output.hasPrefix(expected))
    }
    // The next import clears away what was left.
    try #require(
      try program.run("import", "jsonl", Place.demo.path, "--trace", "new.sqlite").status == 0
        || program.exists("new.sqlite"))
    #expect(!program.files.contains { $0.contains(".importing-") })
  }

  @Test("A recording told to end at any moment is whole, and goes on to the same calls")
  func terminatedRecording() throws {
    let quiet = try ModelProcess()
    let undisturbed = try Program.recording(quiet, queries: 6)
    defer { undisturbed.cleanUp() }
    let environment = ["LIVE_TEST_KEY": "k"]
    try #require(
      try undisturbed.run(["record", "live.yaml", "--trace", "t.sqlite"], environment: environment).status
        == 0)
    let model = try ModelProcess("--delay-ms", "12")
    let program = try Program.recording(model, queries: 6)
    defer { program.cleanUp() }
    for moment in 1...15 {
      let process = program.process(["record", "live.yaml", "--trace", "t.sqlite"])
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardError = FileHandle.nullDevice
      try process.start()
      Thread.sleep(forTimeInterval: Double(moment) * 0.008)
      process.terminate()
      process.waitUntilExit()
      // Told before it listens, it ends at once; later, after the calls in flight.
      #expect(process.terminationReason == .uncaughtSignal || [0, 1].contains(process.terminationStatus))
      if program.exists("t.sqlite") { #expect(try program.run("verify", "t.sqlite").status == 0) }
    }
    let rest = try program.run(["record", "live.yaml", "--trace", "t.sqlite"], environment: environment)
    try #require(rest.status == 0, "\(rest.messages)")
    #expect(try program.timelessCalls("t.sqlite") == undisturbed.timelessCalls("t.sqlite"))
    #expect(try model.requests().count == quiet.requests().count)
  }
}
