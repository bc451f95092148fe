import ArgumentParser
import TraceStore

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a trace in another form.",
    discussion: """
      Examples:
        \(ExampleTrace.made)
        lightreplay export jsonl demo.sqlite -o demo.jsonl
        lightreplay export notebook demo.sqlite --prices traces/prices.yaml \\
          -o demo-notebook
        lightreplay export spark-job --selector consensus --aggregator vote \\
          --prices traces/prices.yaml -o sweep_spark.py
      """,
    subcommands: [JSONLines.self, ExportNotebookCommand.self, ExportSparkJobCommand.self])

  struct JSONLines: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "jsonl",
      abstract: "Write the interchange form, one query per line; import reads it back as it was.",
      discussion: """
        Example:
          \(ExampleTrace.made)
          lightreplay export jsonl demo.sqlite -o demo.jsonl
        """)

    @Argument(help: "The trace file.")
    var trace: String

    @Option(
      name: [.short, .long],
      help: ArgumentHelp("A file instead of standard output; .gz and .zst compress.", valueName: "file"))
    var output: String?

    func validate() throws { try OutputFile.check(output) }

    func run() throws {
      let database = try TraceDatabase(reading: trace)
      try OutputFile.write(to: output) { target in
        try database.exportJSONLines { try target.write($0) }
      }
    }
  }
}
