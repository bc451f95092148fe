import ArgumentParser
import Reporting
import RoutingCore

struct PolicyValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a policy file, and whether its figures hold on a trace.",
    discussion: """
      Example:
        \(ExampleTrace.made)
        lightreplay recommend demo.sqlite --prices traces/prices.yaml \\
          --emit policy.yaml
        lightreplay policy validate policy.yaml --trace demo.sqlite

      With --trace every policy is replayed at the prices in the file, or at those of --prices: a figure holds \
      when the mean of the replay lies within the file's 95 % interval.
      Exit codes: 0 nothing wrong; 1 the file is not valid, a policy cannot be replayed, or a figure does not \
      hold.
      """)

  @Argument(help: "The policy file.")
  var file: String

  @Option(help: ArgumentHelp("Replay every policy on this trace.", valueName: "file"))
  var trace: String?

  @Option(help: ArgumentHelp("Prices other than those in the file.", valueName: "file"))
  var prices: String?

  @OptionGroup(title: "Output") var output: DocumentOptions

  func validate() throws {
    if prices != nil, trace == nil { throw ValidationError("--prices needs --trace") }
  }

  func run() async throws {
    let policy = try PolicyFiles.read(file)
    let book = try prices.map(PriceBooks.read)
    var replay: PolicyCheckReport.Replay?
    if let trace { replay = try await PolicyReplay(policy, trace: trace, prices: book).run() }
    let report = PolicyCheckReport(file: file, policy: policy, replay: replay)
    try output.write(output.format == .json ? report.json.document : report.table)
    if !report.isFine { throw ExitCode.failed }
  }
}
