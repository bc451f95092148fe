import ArgumentParser
import Reporting
import TraceStore

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that a trace is whole: file, hashes, coordinates, orders, ranges.",
    discussion: """
      Example:
        \(ExampleTrace.made)
        lightreplay verify demo.sqlite

      Exit codes: 0 nothing wrong, 1 something is, and it is listed.
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @OptionGroup(title: "Output") var output: DocumentOptions

  func run() throws {
    let found = try TraceDatabase(reading: trace).verify()
    func count(_ value: Int?) -> JSONValue { .optional(value) { .integer(Int128($0)) } }
    if output.format == .json {
      try output.write(
        JSONValue.object([
          "format": .string("lightreplay.verify/1"), "problems": .array(found.problems.map(JSONValue.string)),
          "queries": count(found.queries), "calls": count(found.calls), "texts": count(found.texts),
        ]).document)
    } else {
      try output.write(found.problems.map { $0 + "\n" }.joined() + "\(trace): \(verdict(found))\n")
    }
    if !found.problems.isEmpty { throw ExitCode.failed }
  }

  /// Behind damage to the file nothing is counted.
  private func verdict(_ found: TraceVerification) -> String {
    let counts = [
      found.queries?.counted("query", "queries"), found.calls?.counted("call"), found.texts?.counted("text"),
    ].compactMap { $0 }
    let place = counts.isEmpty ? "" : " in \(counts.joined(separator: ", "))"
    guard !found.problems.isEmpty else { return "nothing wrong\(place)" }
    let rest = found.queries == nil ? "; the rest was not looked at" : ""
    return found.problems.count.counted("problem") + place + rest
  }
}
