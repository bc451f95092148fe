import Foundation
import Testing

/// Recordings ended by force at any moment.
@Suite(.serialized) struct RecordingKillTests {
  private static let kills = 100
  /// Calls in flight or being written at a time: three candidates of each of four queries.
  private static let underWay = 12

  /// Moments after the start, in milliseconds, from a fixed sequence.
  private struct Moments {
    var state: UInt64 = 7

    mutating func next() -> UInt32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return 10 + UInt32(state >> 33) % 110
    }
  }

  @Test("Killed 100 times it loses nothing and asks only again what was under way")
  func kills() throws {
    let quiet = try ModelProcess()
    let undisturbed = try Program.recording(quiet, queries: 12)
    defer { undisturbed.cleanUp() }
    let environment = ["LIVE_TEST_KEY": "k"]
    try #require(
      try undisturbed.run(
        ["record", "live.yaml", "--trace", "t.sqlite"], environment: environment
      ).status == 0)
    let expected = try undisturbed.timelessCalls("t.sqlite")
    let calls = try quiet.requests().count

    let model = try ModelProcess("--delay-ms", "12")
    let program = try Program.recording(model, queries: 12)
    defer { program.cleanUp() }
    var moments = Moments()
    var (killed, whole, killedOfThis) = (0, 0, 0)
    var asked = 0
    while killed < Self.kills {
      let process = program.process(["record", "live.yaml", "--trace", "t.sqlite"])
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardError = FileHandle.nullDevice
      try process.start()
      usleep(moments.next() * 1000)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal {
        killed += 1
        killedOfThis += 1
        continue
      }
      try #require(process.terminationStatus == 0)
      #expect(try program.timelessCalls("t.sqlite") == expected)
      let requests = try model.requests().count
      #expect(requests - asked <= calls + killedOfThis * Self.underWay)
      (asked, killedOfThis, whole) = (requests, 0, whole + 1)
      try FileManager.default.removeItem(at: program.folder.appendingPathComponent("t.sqlite"))
    }
    let last = try program.run(
      ["record", "live.yaml", "--trace", "t.sqlite"], environment: environment)
    try #require(last.status == 0, "\(last.messages)")
    #expect(try program.timelessCalls("t.sqlite") == expected)
    #expect(try program.run("verify", "t.sqlite").status == 0)
    #expect(try model.requests().count - asked <= calls + killedOfThis * Self.underWay)
  }
}
