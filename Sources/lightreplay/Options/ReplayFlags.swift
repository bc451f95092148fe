import ArgumentParser
import Foundation
import RoutingCore

/// How policies are replayed and summed up: the same flags with the same meaning in every command.
struct ReplayFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only these workloads.", valueName: "names"), transform: { try ListArgument($0) })
  var workload: ListArgument<NameElement>?

  @Option(
    help: ArgumentHelp(
      "Price book in USD per million tokens (YAML or JSON), or a built-in one by name.", valueName: "file"))
  var prices: String?

  @Option(help: ArgumentHelp("What cost is counted in: usd, tokens, ktokens.", valueName: "unit"))
  var costUnit: CostUnit = .usd

  @Option(
    help: ArgumentHelp(
      "billed = every token; paper = output tokens of the winners and merges.", valueName: "kind"))
  var accounting: Accounting = .billed

  @Option(help: ArgumentHelp("first = sample 0; all = every sample is a row.", valueName: "which"))
  var samples: SampleSelection = .first

  @Option(help: ArgumentHelp("Take scores and answers of this grader.", valueName: "name"))
  var grader: String?

  @Option(
    help: ArgumentHelp("Failed calls: count (score 0) or exclude (leave the query out).", valueName: "how"))
  var failures: FailureHandling = .count

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of queries a policy must cover to be compared. Default: 0.95.", valueName: "share"),
    transform: { try CoverageArgument.reading($0) })
  var minCoverage: CoverageArgument = CoverageArgument(share: .standard)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seed of the bootstrap and of random rankings. Default: 1.", valueName: "number"),
    transform: { try UInt64.reading($0) })
  var seed: UInt64 = 1

  @Option(parsing: .unconditional, help: ArgumentHelp("Bootstrap replicates.", valueName: "count"))
  var replicates: Int = SweepSettings().replicates

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Parallel tasks; results do not depend on it. Default: all cores.", valueName: "count")
  )
  var threads: Int?

  func validate() throws {
    guard (1...1_000_000).contains(replicates) else {
      throw ValidationError("--replicates is \(replicates); expected 1 to 1000000")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); expected 1 to 1024")
    }
  }

  func settings(lambdas: [Lambda], continuation: Continuation) -> SweepSettings {
    var settings = SweepSettings()
    settings.costUnit = costUnit
    settings.accounting = accounting
    settings.continuation = continuation
    settings.lambdas = lambdas
    settings.seed = seed
    settings.replicates = replicates
    settings.minCoverage = minCoverage.share
    settings.excludesFailures = failures == .exclude
    settings.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    return settings
  }
}

enum FailureHandling: String, ExpressibleByArgument, CaseIterable {
  case count, exclude
}
