import Foundation
import Testing

/// Whoever should take the result does not.
@Suite struct OutputFaultTests {
  static let commands = [
    "inspect demo.sqlite", "verify demo.sqlite", "export jsonl demo.sqlite",
    "sweep demo.sqlite --cost-unit tokens --replicates 10",
    "sweep demo.sqlite --cost-unit tokens --replicates 10 --format csv",
    "recommend demo.sqlite --cost-unit tokens --replicates 10 --format json",
    "calibrate demo.sqlite --cost-unit tokens --replicates 10",
    "fit demo.sqlite --along k --cost-unit tokens --replicates 100",
    "report demo.sqlite --cost-unit tokens --replicates 10",
  ]

  @Test(
    "A result that the disk behind standard output cannot take is an error in one sentence",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"),
    arguments: commands)
  func full(command: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let outcome = try program.shell("$LIGHTREPLAY \(command) >/dev/full")
    #expect(outcome.status == 1)
    #expect(outcome.messages.hasSuffix("Error: <stdout>: No space left on device\n"), "\(outcome.messages)")
    // A closed descriptor is no better; where the messages cannot be taken, the work is done all the same.
    #expect(try program.shell("$LIGHTREPLAY \(command) >&-").status == 1)
    #expect(try program.shell("$LIGHTREPLAY \(command) 2>/dev/full").status == 0)
  }

  @Test("A reader that goes away early ends the program quietly", arguments: commands)
  func pipe(command: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let outcome = try program.shell(
      "trap '' PIPE; $LIGHTREPLAY \(command) 2>messages | true; echo ${PIPESTATUS[0]}")
    // Ended by the system's signal for it, or done before the reader was gone.
    #expect(["141\n", "0\n"].contains(outcome.output), "\(outcome.output)")
    let messages = String(decoding: try program.read("messages"), as: UTF8.self)
    #expect(!messages.contains("rror"), "\(messages)")
    #expect(program.files == ["demo.sqlite", "messages"])
  }
}
