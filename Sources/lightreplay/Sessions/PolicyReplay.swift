import ConfigFiles
import Foundation
import Reporting
import RoutingCore
import TraceStore

/// Policy files by path.
enum PolicyFiles {
  static func read(_ path: String) throws -> ProductionPolicy {
    try PolicyFile.read(ConfigText.read(path), name: path)
  }
}

/// Replays every decision of a policy file on a trace.
struct PolicyReplay {
  private let policy: ProductionPolicy
  private let path: String
  private let book: PriceBook?

  /// - Parameter prices: `nil` = those in the file.
  init(_ policy: ProductionPolicy, trace path: String, prices book: PriceBook?) {
    self.policy = policy
    self.path = path
    self.book = book
  }

  func run() async throws -> PolicyCheckReport.Replay {
    let database = try TraceDatabase(reading: path)
    let columns = try database.trace(samples: policy.wish.samples, grader: policy.wish.grader)
    let policies = (policy.workloads + [policy.fallback]).map(\.policy)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    // A policy that does not fit the trace is reported below; the others still say what they need.
    let fitting = policies.filter {
      (try? Replayer(trace: columns, policies: [$0], options: dummy(columns))) != nil
    }
    let trace = try await database.addingSimilarities(
      SimilarityNeeds(fitting), to: columns, threads: threads)
    var checks: [DecisionCheck] = []
    for decision in policy.workloads {
      let workload = trace.workloads.first { $0.name == decision.workload }
      checks.append(await check(decision, trace, workload, shares: nil, threads: threads))
    }
    let shares = TrafficShares(
      trace.workloads,
      shares: Dictionary(policy.shares.map { ($0.workload, $0.share) }, uniquingKeysWith: { one, _ in one }))
    let pooled = trace.pooled(as: "default", shares)
    checks.append(
      await check(
        policy.fallback, pooled, shares.parts.isEmpty ? nil : pooled.workloads[0], shares: shares,
        threads: threads))
    return PolicyCheckReport.Replay(trace: path, fingerprint: trace.fingerprint, checks: checks)
  }

  private func dummy(_ trace: Trace) -> ReplayOptions { ReplayOptions(prices: .tokens(for: trace)) }

  private func check(
    _ decision: ProductionDecision, _ trace: Trace, _ workload: Workload?, shares: TrafficShares?,
    threads: Int
  ) async -> DecisionCheck {
    guard let workload else {
      return DecisionCheck(decision, problem: "the trace has no such workload")
    }
    do {
      let runner = try SweepRunner(
        trace: trace, policies: [decision.policy], prices: try prices(trace, decision.policy, workload),
        settings: settings(threads))
      return DecisionCheck(decision, await runner.evidence(workload, shares: shares))
    } catch {
      return DecisionCheck(decision, problem: error.description)
    }
  }

  private func settings(_ threads: Int) -> SweepSettings {
    var settings = SweepSettings()
    settings.costUnit = policy.wish.costUnit
    settings.accounting = policy.wish.accounting
    settings.continuation = policy.wish.continuation
    settings.excludesFailures = policy.wish.excludesFailures
    settings.seed = policy.seed
    settings.minCoverage = .none
    settings.replicates = 1
    settings.threads = threads
    return settings
  }

  private func prices(_ trace: Trace, _ policy: Policy, _ workload: Workload) throws(PolicyError)
    -> PriceTable
  {
    guard self.policy.wish.costUnit == .usd else { return .tokens(for: trace) }
    return try .dollars(
      book ?? fileBook, for: trace, needed: trace.billedPayers(by: [policy], in: [workload]))
  }

  /// The prices in the file as a book.
  private var fileBook: PriceBook {
    let prices = policy.prices
    return PriceBook(
      name: prices?.book ?? "none", date: prices?.date, sha256: prices?.sha256 ?? "",
      prices: Dictionary(
        (prices?.rows ?? []).map { ($0.model, $0.price) }, uniquingKeysWith: { one, _ in one })
    )
  }
}
