import ArgumentParser
import Foundation
import Reporting
import RoutingCore
import TraceStore

struct GradeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Score the texts of a trace against the references of its queries: all of them, or nothing.",
    discussion: """
      Example:
        \(ExampleTrace.made)
        lightreplay grade demo.sqlite --grader number --compare
        lightreplay grade demo.sqlite --grader judge live.yaml \\
          --max-spend 2 --prices prices.yaml

      Graders: \(GraderList.entries.map { "\($0.usage) (\($0.summary))" }.joined(separator: "; ")).
      Arguments that begin with a dash stand behind `--`. Grades are kept beside each other by name; \
      `sweep --grader NAME` takes one. In a workload without any score they become its scores too. \
      What cannot be graded keeps what it has, and is counted.
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @Option(help: ArgumentHelp("How texts are scored.", valueName: "name"))
  var grader: String

  @Argument(help: ArgumentHelp("What the grader needs: a pattern, a program.", valueName: "args"))
  var arguments: [String] = []

  @Option(help: ArgumentHelp("The name the grades are kept under. Default: the grader's.", valueName: "name"))
  var name: String?

  @Option(
    help: ArgumentHelp("Only these workloads.", valueName: "names"), transform: { try ListArgument($0) })
  var workload: ListArgument<NameElement>?

  @Flag(help: "Make the grades the answers and scores, also where there are scores already.")
  var setDefault = false

  @Option(
    help: ArgumentHelp(
      "Also grade responses cut at these budgets, so that policies of one layer can be replayed.",
      valueName: "list"), transform: { try ListArgument($0) })
  var prefixes: ListArgument<BootBudget>?

  @Flag(help: "Change nothing; show how the grades differ from the scores there are.")
  var compare = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("List the first changed scores with their answers.", valueName: "count"))
  var list: Int = 0

  @Flag(help: "Take capitals and small letters for the same (exact, contains, regex).")
  var ignoreCase = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("For command: how long one text may take. Default: 30s.", valueName: "time"),
    transform: { try Seconds.reading($0) })
  var timeout: Seconds?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Parallel tasks; results do not depend on it. Default: all cores.", valueName: "count")
  )
  var threads: Int?

  @OptionGroup(title: "Judge") var judge: JudgeOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard GraderList.entry(named: grader) != nil else {
      throw ValidationError(
        PolicyError.unknown(kind: "grader", name: grader, known: GraderList.entries.map(\.name)).description)
    }
    try judge.validate(grader: grader)
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); expected 1 to 1024")
    }
    if list < 0 { throw ValidationError("--list is \(list); expected a count from 0") }
    if name == "" { throw ValidationError("--name is empty; expected a name") }
    if prefixes?.elements.contains(.full) == true {
      throw ValidationError("--prefixes: a whole answer is no prefix; expected token counts")
    }
  }

  func run() async throws {
    guard let entry = GraderList.entry(named: grader) else { return }
    var settings = GradingSettings(name: name ?? entry.name)
    settings.workloads = workload?.elements.map(\.name)
    settings.replacesScores = setDefault
    settings.prefixes = prefixes?.elements.map(\.cut) ?? []
    settings.comparesOnly = compare
    settings.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    settings.listLimit = list
    let grader = try await grader(entry, settings)
    let line = ProgressLine()
    defer { line.clear() }
    let graded = try TraceGrading.run(grader, settings, on: trace) { line.show($0, 0, nil) }
    line.clear()
    let report = GradeReport(graded, isComparison: compare)
    switch output.format {
    case .json: try output.write(report.json.document)
    case .csv: try output.write(report.csv)
    case .table: try output.write(report.table)
    }
    for note in report.notes { Messages.note(note) }
    if report.gradesNothing { throw ExitCode.failure }
  }

  /// - Throws: a wrong use of the grader as a wrong use of the command.
  private func grader(_ entry: GraderEntry, _ settings: GradingSettings) async throws -> any AnswerGrader {
    do {
      if entry.name == JudgeGrader.name {
        return try await JudgeSession(arguments, judge).grader(settings, on: trace)
      }
      return try entry.grader(
        GraderOptions(arguments: arguments, ignoresCase: ignoreCase, timeoutSeconds: timeout?.value ?? 30))
    } catch let error as GraderError {
      if case .badProgram = error { throw error }
      throw ValidationError(error.description)
    }
  }
}
