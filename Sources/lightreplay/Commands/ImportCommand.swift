import ArgumentParser
import TraceStore

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take recorded answers into a trace: all of a file, or nothing.",
    discussion: """
      Example:
        lightreplay import jsonl traces/demo.jsonl --trace demo.sqlite

      Formats: \(ImporterRegistry.importers.map { "\($0.name) (\($0.summary))" }.joined(separator: "; ")).
      An existing trace is added to; its models and pool must agree. `-` reads standard input.
      """)

  @Argument(help: ArgumentHelp("The format of the files.", valueName: "format"))
  var format: String

  @Argument(help: "Files to read, in order.")
  var files: [String]

  @Option(help: ArgumentHelp("The trace to make or add to.", valueName: "file"))
  var trace: String

  @Option(
    help: ArgumentHelp("The scale of the scores, such as 0,10; brought to 0 … 1.", valueName: "low,high"))
  var scoreRange: String?

  func validate() throws {
    guard ImporterRegistry.importer(named: format) != nil else {
      throw ValidationError(
        "unknown format '\(format)'; expected one of: \(ImporterRegistry.names.joined(separator: ", "))")
    }
    if let scoreRange, ScoreRange(scoreRange) == nil {
      throw ValidationError("--score-range is '\(scoreRange)'; expected LOW,HIGH such as 0,10")
    }
  }

  func run() throws {
    guard let importer = ImporterRegistry.importer(named: format) else { return }
    let options = ImportOptions(scoreRange: scoreRange.flatMap { ScoreRange($0) } ?? .unit)
    let line = ProgressLine()
    defer { line.clear() }
    let result = try TraceImport.run(importer.init(options: options), files: files, into: trace) {
      line.show($0, $1, $2)
    }
    line.clear()
    Messages.note(
      "\(trace): \(result.queries) queries with \(result.calls) calls \(result.isNew ? "imported" : "added")")
  }
}
