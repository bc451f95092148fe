import ArgumentParser
import TraceStore

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take recorded answers into a trace: all of the files, or nothing.",
    usage: "lightreplay import [<format>] <file> ... --trace <file> [<options>]",
    discussion: """
      Examples:
        lightreplay import jsonl traces/demo.jsonl --trace demo.sqlite
        lightreplay import lm-eval RUN1/ RUN2/ --trace t.sqlite
        lightreplay import answers.csv --trace t.sqlite --dry-run \\
          --map query=id,model=llm,text=answer,score=ok

      Formats:
      \(ImporterRegistry.importers.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
      Without a format, or with 'auto', it is told by the files' content. Files may be gzip or Zstandard.
      Folders are read through for files of the format. `-` is standard input (JSON Lines only).
      An existing trace is added to; its models and pool must agree.
      """)

  @Argument(help: ArgumentHelp("The format, then files and folders to read.", valueName: "format-or-file"))
  var inputs: [String]

  @Option(help: ArgumentHelp("The trace to make or add to.", valueName: "file"))
  var trace: String?

  @Flag(help: "Show what would be taken and what is missing; write nothing.")
  var dryRun = false

  @OptionGroup(title: "What the files mean") var meaning: ImportMeaning

  @OptionGroup(title: "Output of --dry-run") var output: DocumentOptions

  func validate() throws {
    guard trace != nil || dryRun else { throw ValidationError("missing --trace FILE (or --dry-run)") }
    _ = try meaning.options()
    _ = try ImportRequest(inputs)
  }

  func run() throws {
    let request = try ImportRequest(inputs)
    let importer = try request.importer(options: meaning.options())
    if dryRun {
      let preview = try ImportPreview.of(importer, files: request.files)
      for remark in preview.remarks { Messages.note("note: \(remark)") }
      let report = ImportPreviewReport(preview)
      return try output.write(output.format == .json ? report.json.document : report.table)
    }
    guard let trace else { return }
    let line = ProgressLine()
    defer { line.clear() }
    let result = try TraceImport.run(importer, files: request.files, into: trace) { line.show($0, $1, $2) }
    line.clear()
    for remark in result.remarks { Messages.note("note: \(remark)") }
    Messages.note(
      """
      \(trace): \(result.queries.counted("query", "queries")) with \(result.calls.counted("call")) \
      \(result.isNew ? "imported" : "added")
      """)
  }
}
