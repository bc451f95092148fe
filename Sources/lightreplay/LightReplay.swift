import ArgumentParser

@main
struct LightReplay: AsyncParsableCommand {
  static let version = "0.1.0-dev"

  static let configuration = CommandConfiguration(
    commandName: "lightreplay",
    abstract: "Replay recorded LLM calls and find the routing policy that is worth its price.",
    discussion: """
      Example, from answers you have to a recommendation:
        lightreplay import jsonl traces/demo.jsonl --trace demo.sqlite
        lightreplay recommend demo.sqlite --prices traces/prices.yaml --min-score 98%

      Results go to standard output, messages to standard error.
      Exit codes: 0 done, 1 failed, 2 nothing meets the constraints, 64 wrong usage.
      """,
    version: version,
    subcommands: [
      RecordCommand.self, ImportCommand.self, GradeCommand.self, InspectCommand.self, VerifyCommand.self,
      ExportCommand.self, SweepCommand.self, RecommendCommand.self, PolicyCommand.self, RunCommand.self,
      FitCommand.self, CalibrateCommand.self, WhatIfCommand.self, ReportCommand.self,
      PricesCommand.self,
    ])
}
