import ArgumentParser
import TraceStore

/// `lightreplay export`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes a trace in another form.",
    subcommands: [ExportJSONLCommand.self])
}

/// `lightreplay export jsonl T -o F`
struct ExportJSONLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jsonl",
    abstract: "Writes a trace in the interchange format: a header line, then one query per line.",
    discussion: """
      Example:
        lightreplay export jsonl calls.sqlite -o calls.jsonl.gz

      Importing the file gives the same trace. Exit code 0: done, 1: failed, 64: wrong usage.
      """)

  @Argument(help: "The trace.")
  var trace: String

  @Option(
    name: .shortAndLong,
    help: "The file to write, compressed when it ends in .gz or .zst; - is standard output (the default).")
  var output: String?

  func run() throws {
    let database = try TraceDatabase.open(trace)
    try OutputFile.write(to: output) { try JSONLinesExport.write(database, to: $0) }
  }
}
