import ArgumentParser
import Reporting
import RoutingCore
import TraceStore

struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Replay every policy of a grid: mean score, cost and latency with intervals.",
    discussion: """
      Example:
        \(ExampleTrace.made)
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

  @Flag(
    help: "The trace is a shard: write its partial result, which 'combine' puts together with the others.")
  var partial = false

  func validate() throws {
    guard partial else { return }
    if output.output == nil { throw ValidationError("--partial needs a file to write: -o FILE") }
    if output.format != .table || all {
      throw ValidationError(
        "a partial has a form of its own; give --format and --all to 'lightreplay combine'")
    }
  }

  func run() async throws {
    if partial { return try await writePartial() }
    let session = try await ReplaySession(
      path: trace, grid: grid, flags: flags, lambdas: lambda?.elements ?? [])
    var sweeps: [WorkloadSweep] = []
    for workload in session.workloads { sweeps.append(await session.runner.sweep(workload)) }
    let report = SweepReport(
      traceName: session.trace.name, fingerprint: session.trace.fingerprint, settings: session.settings,
      prices: session.prices, workloads: sweeps, poolCount: session.trace.poolCount)
    try output.write(report, showsAll: all)
  }

  private func writePartial() async throws {
    let session = try await ReplaySession(
      path: trace, grid: grid, flags: flags, lambdas: lambda?.elements ?? [], isShard: true)
    let partial = try await session.partial(workloadNames: flags.workload?.elements.map(\.name))
    try PartialFile.write(partial, to: output.output ?? "-")
  }
}
