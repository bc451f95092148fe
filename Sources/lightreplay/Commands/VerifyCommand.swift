import ArgumentParser
import Reporting
import TraceStore

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that a trace is whole: file, hashes, coordinates, orders, ranges.",
    discussion: """
      Example:
        lightreplay verify demo.sqlite

      Exit codes: 0 nothing wrong, 1 something is, and it is listed.
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let found = try TraceDatabase(reading: trace).verify()
    if output.format == .json {
      try output.write(
        JSONValue.object([
          "format": .string("lightreplay.verify/1"), "problems": .array(found.problems.map(JSONValue.string)),
          "queries": .integer(Int128(found.queries)), "calls": .integer(Int128(found.calls)),
          "texts": .integer(Int128(found.texts)),
        ]).document)
    } else {
      let verdict = found.problems.isEmpty ? "nothing wrong" : "\(found.problems.count) problems"
      try output.write(
        found.problems.map { $0 + "\n" }.joined()
          + "\(trace): \(verdict) in \(found.queries) queries, \(found.calls) calls, \(found.texts) texts\n")
    }
    if !found.problems.isEmpty { throw ExitCode.failed }
  }
}
