import ArgumentParser
import ConfigFiles
import Foundation
import Recording
import RoutingCore
import TraceStore

struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Ask live endpoints once, and keep every call in a trace.",
    discussion: """
      Example:
        lightreplay record traces/local-llms/record.yaml --trace my.sqlite --plan

      Each distinct call is made once; a rerun asks only what is missing. Ctrl-C ends it after the calls in
      flight. Keys are read from the environment variables that the file names and are never written anywhere.
      """)

  @Argument(help: "The configuration: endpoints, models, selectors, aggregators, prompts and grids (YAML).")
  var config: String

  @Option(help: ArgumentHelp("The trace to make or go on with.", valueName: "file"))
  var trace: String

  @Flag(help: "Only say what would be asked: calls, tokens, dollars.")
  var plan = false

  @Option(help: ArgumentHelp("Price book, to count dollars.", valueName: "file"))
  var prices: String?

  @Option(help: ArgumentHelp("Stop before this run has spent more; needs --prices.", valueName: "dollars"))
  var maxSpend: String?

  func validate() throws {
    try SpendingLimit.validate(maxSpend, prices: prices)
  }

  func run() async throws {
    let session = try RecordingSession(config: config, prices: prices)
    if plan { return try await session.showPlan(trace: trace) }
    let limit = maxSpend.flatMap { Cost(dollars: $0) }
    let summary = try await session.record(into: trace, limit: limit)
    guard summary.stop == nil, summary.failures.isEmpty else { throw ExitCode.failed }
  }
}
