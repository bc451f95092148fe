import ArgumentParser
import Reporting
import TraceStore

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "What is in a trace: workloads, models, calls, and what can be asked of it.",
    discussion: """
      Example:
        \(ExampleTrace.made)
        lightreplay inspect demo.sqlite
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @OptionGroup(title: "Output") var output: DocumentOptions

  func run() throws {
    let report = InspectReport(try TraceDatabase(reading: trace).inspect())
    try output.write(output.format == .json ? report.json.document : report.table)
  }
}
