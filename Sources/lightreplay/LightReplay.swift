import ArgumentParser
import Foundation
import TraceStore

@main
struct LightReplay: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "lightreplay",
    abstract: "Replay recorded LLM calls and find the routing policy that is worth its price.",
    discussion: """
      Example, from answers you have to a recommendation:
        lightreplay import traces/demo.jsonl --trace demo.sqlite
        lightreplay recommend demo.sqlite --prices traces/prices.yaml --min-score 98%

      Results go to standard output, messages to standard error.
      Exit codes: 0 done, 1 failed, 2 nothing meets the constraints, 64 wrong usage.
      """,
    version: version,
    subcommands: [
      RecordCommand.self, ImportCommand.self, SynthCommand.self, GradeCommand.self, InspectCommand.self,
      VerifyCommand.self, ExportCommand.self, SweepCommand.self, CombineCommand.self, RecommendCommand.self,
      PolicyCommand.self, RunCommand.self,
      FitCommand.self, CalibrateCommand.self, WhatIfCommand.self, ReportCommand.self,
      PricesCommand.self,
    ])

  static func main() async {
    // A file that reaches the limit of its size is an error like a full disk, not the end.
    signal(SIGXFSZ, SIG_IGN)
    var parsed: (any ParsableCommand.Type)?
    do {
      var command = try parseAsRoot()
      parsed = type(of: command)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      end(error, in: parsed)
    }
  }

  /// Says why the program ends, and ends it: help and versions on standard output, all else on standard error.
  ///
  /// - Parameter command: what was run; `nil` where nothing was understood.
  private static func end(_ error: any Error, in command: (any ParsableCommand.Type)?) -> Never {
    if error is ReaderGone {
      // As a program ends that does not ignore the signal, even where it was started with it ignored.
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    let code = exitCode(for: error)
    var text = fullMessage(for: error)
    guard code != .success else { exit(withError: error) }
    // A mistake that shows only in the run is told with the usage of the command, as others are.
    if let error = error as? ValidationError, let command {
      let usage = usageString(for: command)
      let name = usage.split(separator: " ").prefix { $0.first?.isLetter == true }.joined(separator: " ")
      text = """
        Error: \(error.message)
        Usage: \(usage)
          See '\(name) --help' for more information.
        """
    }
    if code == .wrongUsage,
      let hint = CommandLineHints.hint(Array(CommandLine.arguments.dropFirst()))
    {
      text =
        "Error: " + hint + (text.firstRange(of: "\nUsage: ").map { String(text[$0.lowerBound...]) } ?? "")
    }
    if !text.isEmpty { Messages.note(text) }
    exit(withError: code)
  }
}
