import ArgumentParser
import Reporting
import TraceStore

/// Where a result goes and how it is written.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("table, json or csv.", valueName: "kind"))
  var format: OutputFormat = .table

  @Option(name: [.short, .long], help: ArgumentHelp("A file instead of standard output.", valueName: "file"))
  var output: String?

  /// Before anything is computed.
  func validate() throws { try OutputFile.check(output) }

  /// Writes a whole result; a file is complete or not there at all.
  func write(_ text: String) throws {
    let text = format == .table ? ShownName.lines(text) : text
    guard let output, output != "-" else { return try Messages.result(text) }
    try OutputFile.write(to: output) { file in try file.write(Array(text.utf8)) }
  }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv
}
