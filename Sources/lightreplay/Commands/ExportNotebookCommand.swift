import ArgumentParser
import Foundation
import Reporting
import TraceStore

struct ExportNotebookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract: "Write tidy CSV tables and a notebook that recomputes the recommendation from them.",
    discussion: """
      Example:
        \(ExampleTrace.made)
        lightreplay export notebook demo.sqlite --prices traces/prices.yaml \\
          -o demo-notebook
        cd demo-notebook && jupyter nbconvert --execute --to html lightreplay.ipynb

      outcomes.csv has every compared query under every policy, in integers; policies.csv, regimes.csv and \
      recommendations.csv what was concluded; data_dictionary.csv explains every column. The notebook needs \
      pandas and matplotlib.
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @OptionGroup(title: "What is wanted") var wish: WishOptions
  @OptionGroup(title: "Policies") var grid: GridOptions
  @OptionGroup(title: "Replay") var flags: ReplayFlags

  @Option(
    name: [.short, .long], help: ArgumentHelp("The folder; it is made if missing.", valueName: "folder"))
  var output: String

  func run() async throws {
    try OutputFile.makeFolder(output)
    let session = try await ReplaySession(
      path: trace, grid: grid, flags: flags, lambdas: wish.lambda.map { [$0] } ?? [])
    let (report, evidence) = try await session.reportWithEvidence(wish)
    let folder = URL(fileURLWithPath: output, isDirectory: true)
    for file in NotebookExport(report, trace: session.trace, evidence: evidence).files {
      try OutputFile.write(to: folder.appendingPathComponent(file.name).path) { target in
        try file.write { try target.write(Array($0.utf8)) }
      }
    }
    let failures = report.workloads.compactMap(\.failure)
    failures.forEach(Messages.note)
    if !failures.isEmpty { throw ExitCode.nothingMeetsWish }
  }
}
