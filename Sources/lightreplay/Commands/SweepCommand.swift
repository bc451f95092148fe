import ArgumentParser
import Reporting
import RoutingCore

struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Replay every policy of a grid: mean score, cost and latency with intervals.",
    discussion: """
      Example:
        lightreplay sweep demo.sqlite --prices traces/prices.yaml --k 1-3 \\
          --boot 5,20,full --lambda 0,10,100

      Without grid flags it takes what the trace can answer and says so. Baselines are always shown: each \
      model alone, moa (all, merged), blender (all, ranked) and oracle (the ceiling).
      Exit codes: 0 done, 1 failed, 2 no policy covers enough queries, 64 wrong usage.
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @OptionGroup(title: "Policies") var grid: GridOptions
  @OptionGroup(title: "Replay") var flags: ReplayFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What a unit of cost is worth in score; S − λT is shown for each.", valueName: "list"),
    transform: { try ListArgument($0) })
  var lambda: ListArgument<Lambda>?

  @Flag(help: "Show every policy in the table.")
  var all = false

  func run() async throws {
    let session = try await ReplaySession(
      path: trace, grid: grid, flags: flags, lambdas: lambda?.elements ?? [])
    var sweeps: [WorkloadSweep] = []
    for workload in session.workloads { sweeps.append(await session.runner.sweep(workload)) }
    let report = SweepReport(
      traceName: session.trace.name, fingerprint: session.trace.fingerprint, settings: session.settings,
      prices: session.prices, workloads: sweeps, poolCount: session.trace.poolCount)
    switch output.format {
    case .json: try output.write(report.json.document)
    case .csv: try output.write(report.csv)
    case .table: try output.write(report.table(showsAll: all))
    }
    guard sweeps.contains(where: { !$0.policies.isEmpty }) else {
      Messages.note("no policy covers enough queries to be compared; the reasons are listed")
      throw ExitCode(2)
    }
  }
}
