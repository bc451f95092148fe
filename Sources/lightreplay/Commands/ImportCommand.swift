import ArgumentParser
import RoutingCore
import TraceStore

/// `lightreplay import FORMAT FILE… --trace T`
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Brings recorded calls into a trace.",
    discussion: """
      Example:
        lightreplay import jsonl calls.jsonl.gz --trace calls.sqlite

      Formats:
      \(ImportFormats.all.map { "  \($0.name)  \($0.summary)" }.joined(separator: "\n"))

      Files may be compressed with gzip or Zstandard, whatever their names; - is standard input. A trace \
      that exists is added to. Either everything is imported or, after an error, nothing. \
      Exit code 0: done, 1: failed, 64: wrong usage.
      """)

  @Argument(help: "What the files are: \(ImportFormats.all.map { $0.name }.joined(separator: ", ")).")
  var format: String

  @Argument(help: "The files, or - for standard input.")
  var files: [String]

  @Option(help: ArgumentHelp("The trace to make or to add to.", valueName: "path"))
  var trace: String

  @Option(help: ArgumentHelp("The scale of the scores in the files, brought to 0 to 1.", valueName: "low,high"))
  var scoreRange: String?

  func validate() throws {
    _ = try importFormat()
    _ = try options()
  }

  func run() throws {
    let job = TraceImport(format: try importFormat(), files: files, trace: trace, options: try options())
    var line = ProgressLine()
    defer { line.clear() }
    let counts = try job.run { progress in
      let share = progress.totalBytes.map { $0 > 0 ? Double(progress.bytesRead) / Double($0) : 1 }
      line.show(progress.queries, "queries", share: share)
    }
    line.clear()
    print("\(trace): imported \(counts.queries) queries with \(counts.calls) calls")
  }

  private func importFormat() throws -> any ImportFormat.Type {
    if let known = ImportFormats.named(format) { return known }
    let names = ImportFormats.all.map { $0.name }
    let hint = NearMiss.suggestion(for: format, among: names).map { ", did you mean '\($0)'?" } ?? ""
    throw ValidationError("unknown format '\(format)'\(hint); expected one of \(names.joined(separator: ", "))")
  }

  private func options() throws -> ImportOptions {
    guard let scoreRange else { return ImportOptions() }
    guard let range = ScoreRange(scoreRange) else {
      throw ValidationError(
        "--score-range is '\(scoreRange)'; expected two numbers, the lowest and the highest score, such as 0,10")
    }
    return ImportOptions(scoreRange: range)
  }
}
