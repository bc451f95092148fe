import ArgumentParser
import Reporting
import RoutingCore

struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "How far prefixes, selectors and merges can be trusted, and how routing fails here.",
    discussion: """
      Example:
        \(ExampleTrace.made)
        lightreplay calibrate demo.sqlite --prices traces/prices.yaml

      For each workload: agreement of rankings with the full answers' scores by boot budget, the smallest \
      sufficient budget, what each selector is worth against a random one, what merges make of right and wrong \
      inputs, failure signatures; and across workloads, each workload's policy on the others. What is wanted \
      (--lambda, --min-score …) chooses those policies.
      Exit codes: 0 done, 1 failed, 2 nothing can be compared, 64 wrong usage.
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A boot budget suffices when its score is surely within this of full answers.", valueName: "score"))
  var margin: Double = Calibrator.customaryMargin

  @OptionGroup(title: "What is wanted") var wish: WishOptions
  @OptionGroup(title: "Policies") var grid: GridOptions
  @OptionGroup(title: "Replay") var flags: ReplayFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard margin > 0, margin < 1 else {
      throw ValidationError("--margin is \(margin); expected a score between 0 and 1")
    }
    guard grid.layers == nil, grid.schedule == nil else {
      throw ValidationError("calibrate looks at two layers; leave out --layers and --schedule")
    }
    guard wish.fleetBudget == nil else {
      throw ValidationError("calibrate chooses for each workload; use --budget instead of --fleet-budget")
    }
  }

  func run() async throws {
    let session = try await ReplaySession(
      path: trace, grid: grid, flags: flags, lambdas: [], completing: Calibrator.request)
    let calibrator = Calibrator(grid: session.grid, runner: session.runner, margin: margin)
    let rule = wish.choiceRule()
    var results: [WorkloadCalibration] = []
    for workload in session.workloads {
      results.append(try await calibrator.calibrate(workload, rule: rule))
    }
    let transfer = try await DomainTransfer(
      zip(session.workloads, results).map { ($0, $1.choice) }, trace: session.trace,
      prices: session.priceTable, settings: session.settings)
    let report = CalibrationReport(
      traceName: session.trace.name, fingerprint: session.trace.fingerprint, settings: session.settings,
      rule: rule, margin: margin, prices: session.prices, workloads: results, transfer: transfer)
    switch output.format {
    case .json: try output.write(report.json.document)
    case .csv: try output.write(report.csv)
    case .table: try output.write(report.table)
    }
    guard results.contains(where: { $0.comparedRows > 0 }) else {
      Messages.note("no query can be compared; the reasons are listed")
      throw ExitCode.nothingMeetsWish
    }
  }
}
