import ArgumentParser
import Reporting
import TraceStore

/// Where a result goes and how it is written.
struct OutputOptions: ParsableArguments, ResultPlace {
  @Option(help: ArgumentHelp("How the result is written.", valueName: "kind"))
  var format: OutputFormat = .table

  @Option(name: [.short, .long], help: ArgumentHelp("A file instead of standard output.", valueName: "file"))
  var output: String?

  /// Before anything is computed.
  func validate() throws { try OutputFile.check(output) }

  var isTable: Bool { format == .table }
}

/// The same for results that are no rows, and so have no CSV.
struct DocumentOptions: ParsableArguments, ResultPlace {
  @Option(help: ArgumentHelp("How the result is written.", valueName: "kind"))
  var format: DocumentFormat = .table

  @Option(name: [.short, .long], help: ArgumentHelp("A file instead of standard output.", valueName: "file"))
  var output: String?

  func validate() throws { try OutputFile.check(output) }

  var isTable: Bool { format == .table }
}

protocol ResultPlace {
  var output: String? { get }
  var isTable: Bool { get }
}

extension ResultPlace {
  /// Writes a whole result; a file is complete or not there at all.
  func write(_ text: String) throws {
    let text = isTable ? ShownName.lines(text) : text
    guard let output, output != "-" else { return try Messages.result(text) }
    try OutputFile.write(to: output) { file in try file.write(Array(text.utf8)) }
  }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv
}

enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json
}
