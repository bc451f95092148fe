import ArgumentParser
import Reporting
import RoutingCore
import TraceStore

struct CombineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "combine",
    abstract: "Put the partial sweeps of shards together: the sweep of the whole, to the last bit.",
    discussion: """
      Example, of a trace cut in two:
        lightreplay sweep one.sqlite --selector consensus --aggregator vote \\
          --cost-unit tokens --partial -o one.partial
        lightreplay sweep two.sqlite --selector consensus --aggregator vote \\
          --cost-unit tokens --partial -o two.partial
        lightreplay combine one.partial two.partial --lambda 0.001

      Every shard must be swept with the same flags, and every query lie in one shard. The order of the files \
      does not matter. In JSON, trace.fingerprint is that of the list of shards.
      Exit codes: 0 done, 1 failed, 2 no policy covers enough queries, 64 wrong usage.
      """)

  @Argument(help: "Files that sweep --partial wrote.")
  var partials: [String]

  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Instead of the λ the shards were swept with.", valueName: "list"),
    transform: { try ListArgument($0) })
  var lambda: ListArgument<Lambda>?

  @Flag(help: "Show every policy in the table.")
  var all = false

  func run() async throws {
    var union = PartialUnion()
    for path in partials { try union.add(PartialFile.read(path), from: path) }
    let whole = try await union.sweep(lambdas: lambda?.elements)
    try output.write(SweepReport(whole), showsAll: all)
  }
}

extension SweepReport {
  fileprivate init(_ whole: CombinedSweep) {
    self.init(
      traceName: whole.traceName, fingerprint: PartialFile.fingerprint(ofShards: whole.fingerprints),
      settings: whole.settings, prices: whole.prices, workloads: whole.workloads, poolCount: whole.poolCount)
  }
}

extension OutputOptions {
  /// - Throws: `ExitCode.nothingMeetsWish` where nothing could be compared.
  func write(_ report: SweepReport, showsAll: Bool) throws {
    switch format {
    case .json: try write(report.json.document)
    case .csv: try write(report.csv)
    case .table: try write(report.table(showsAll: showsAll))
    }
    guard report.workloads.contains(where: { !$0.policies.isEmpty }) else {
      Messages.note("no policy covers enough queries to be compared; the reasons are listed")
      throw ExitCode.nothingMeetsWish
    }
  }
}
