import ArgumentParser
import Reporting
import RoutingCore
import TraceStore

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "One page that shows it all: what to run, what it saves, how sure that is.",
    discussion: """
      Example:
        \(ExampleTrace.made)
        lightreplay report demo.sqlite --prices traces/prices.yaml \\
          --min-score 95% -o demo.html

      The page is one file without a network: charts with their numbers, a slider for λ, where every number \
      comes from. By the end of the name: .html, .md or .json. What is wanted is said as for recommend.
      Exit codes: 0 done, 1 failed, 2 written, but nothing meets the constraints in some workload, 64 wrong usage.
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @OptionGroup(title: "What is wanted") var wish: WishOptions
  @OptionGroup(title: "Policies") var grid: GridOptions
  @OptionGroup(title: "Replay") var flags: ReplayFlags

  @Option(help: ArgumentHelp("html, md or json; default: by the end of the file's name.", valueName: "kind"))
  var format: ReportFormat?

  @Option(name: [.short, .long], help: ArgumentHelp("A file instead of standard output.", valueName: "file"))
  var output: String?

  func validate() throws {
    if format == nil, let output, output != "-", ReportFormat(fileName: output) == nil {
      throw ValidationError(
        "'\(output)' does not say what to write; end it in .html, .md or .json, or use --format")
    }
    try OutputFile.check(output)
  }

  func run() async throws {
    let session = try await ReplaySession(
      path: trace, grid: grid, flags: flags, lambdas: wish.lambda.map { [$0] } ?? [])
    let report = try await session.report(wish)
    let format = format ?? output.flatMap { ReportFormat(fileName: $0) } ?? .md
    try OutputFile.write(to: output) { try $0.write(Array(report.text(as: format).utf8)) }
    let failures = report.workloads.compactMap(\.failure)
    failures.forEach(Messages.note)
    if !failures.isEmpty { throw ExitCode.nothingMeetsWish }
  }
}

extension ReportFormat: ExpressibleByArgument {}
