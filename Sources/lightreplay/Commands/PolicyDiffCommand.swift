import ArgumentParser
import Reporting
import RoutingCore

struct PolicyDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What changed between two policy files: policies, figures, prices, trace.",
    discussion: """
      Example, with files that lightreplay recommend --emit wrote:
        lightreplay policy diff old.yaml policy.yaml

      Exit codes: 0 done, whether or not they differ; 1 a file cannot be used.
      """)

  @Argument(help: "The policy file before.")
  var old: String

  @Argument(help: "The policy file after.")
  var new: String

  @OptionGroup(title: "Output") var output: DocumentOptions

  func run() throws {
    let report = PolicyDifferenceReport(
      old, new, ProductionPolicyDifference(try PolicyFiles.read(old), try PolicyFiles.read(new)))
    try output.write(output.format == .json ? report.json.document : report.table)
  }
}
