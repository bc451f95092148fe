import ArgumentParser
import CurveFitting
import Reporting
import RoutingCore

struct RecommendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "What to run for each workload: k*, B*, l*, with how sure that is.",
    discussion: """
      Example:
        \(ExampleTrace.made)
        lightreplay recommend demo.sqlite --prices traces/prices.yaml --min-score 98%

      Say what you want: --lambda (score per cost unit), --budget (mean cost per query), --min-score (0.95, \
      or 98% of the best), --max-latency-p95; together where they do not exclude each other. Without any: \
      --min-score 99%.

      As files for production, each complete or not written at all:
        lightreplay recommend demo.sqlite --prices traces/prices.yaml \\
          --emit policy.yaml
      Exit codes: 0 done, 1 failed, 2 nothing meets the constraints in some workload (the others are
      shown), 64 wrong usage.
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @OptionGroup(title: "What is wanted") var wish: WishOptions
  @OptionGroup(title: "For production") var emission: EmitOptions
  @OptionGroup(title: "Policies") var grid: GridOptions
  @OptionGroup(title: "Replay") var flags: ReplayFlags
  @OptionGroup(title: "Output") var output: DocumentOptions

  func validate() throws {
    if wish.share != nil, wish.fleetBudget == nil, !emission.isWanted {
      throw ValidationError("--share needs --fleet-budget or --emit")
    }
    try emission.checkDestinations(besides: output.output)
  }

  func run() async throws {
    let session = try await ReplaySession(
      path: trace, grid: grid, flags: flags, lambdas: wish.lambda.map { [$0] } ?? [])
    do {
      try await recommend(session)
    } catch let error as RecommendationError {
      Messages.note(error.description)
      throw ExitCode.nothingMeetsWish
    }
  }

  private func recommend(_ session: ReplaySession) async throws {
    var rule = wish.choiceRule()
    let shares = try wish.shares(session.workloads)
    var fleet: FleetReport?
    if let budget = wish.fleetBudget {
      let found = try await FleetSearch(session: session, shares: shares, budget: budget).run()
      rule = ChoiceRule(aim: .objective(lambda: found.fleet.lambda))
      fleet = found
    }
    let report = try await report(session, rule: rule, fleet: fleet)
    if emission.isWanted, report.unmet.isEmpty {
      let policy = try await ProductionSearch(
        session: session, rule: rule, fleetBudget: wish.fleetBudget,
        shares: TrafficShares(session.workloads, shares: shares)
      ).policy(for: report.workloads)
      try emission.write(policy)
    }
    if !report.workloads.isEmpty {
      try output.write(output.format == .json ? report.json.document : report.table)
    }
    guard !report.unmet.isEmpty else { return }
    for error in report.unmet { Messages.note(error.description) }
    if emission.isWanted {
      Messages.note("no policy file is written; name the workloads that it is to hold with --workload")
    }
    throw ExitCode.nothingMeetsWish
  }

  /// What every workload is to run, or why there is nothing.
  private func report(
    _ session: ReplaySession, rule: ChoiceRule, fleet: FleetReport?
  ) async throws -> RecommendReport {
    var results: [Recommendation] = []
    var unmet: [RecommendationError] = []
    var curves: [String: FittedCurve] = [:]
    for workload in session.workloads {
      do {
        let recommender = try await session.recommender(workload, rule: rule)
        let (result, curve) = try await session.recommendation(by: recommender, for: workload)
        results.append(result)
        curves[workload.name] = curve
      } catch let error as RecommendationError {
        unmet.append(error)
      }
    }
    return RecommendReport(
      traceName: session.trace.name, fingerprint: session.trace.fingerprint, settings: session.settings,
      rule: rule, prices: session.prices, workloads: results, unmet: unmet, fleet: fleet,
      poolCount: session.trace.poolCount, curves: curves)
  }
}

extension ReplaySession {
  /// A recommender over the outcomes of one workload.
  func recommender(_ workload: Workload, rule: ChoiceRule) async throws -> Recommender {
    let evidence = await runner.evidence(workload)
    return try Recommender(
      evidence, summary: await runner.summary(evidence), trace: trace, rule: rule, settings: settings)
  }
}

extension Recommender {
  /// The curve along k of the policies that differ from the recommended one in k only, with its optimum at
  /// the λ in force; `nil` for a baseline, or where there are too few of them.
  func curve(through result: Recommendation) throws(FitError) -> FittedCurve? {
    guard
      let slice = CurveSlice.slice(with: result.recommended.policy, of: evidence, along: .k),
      slice.members.count > 2, evidence.bootstrap.replicates >= FitCommand.leastReplicates
    else { return nil }
    var analysis = CurveAnalysis()
    analysis.lambda = result.lambda
    return try analysis.curve(CurveSample(slice, of: evidence, in: trace), workload: result.workload)
  }
}

extension ReplaySession {
  /// Failure signatures that a policy has on a workload, and those of the pool.
  func failureWarnings(_ policy: Policy, _ workload: Workload) async throws -> [Warning] {
    var scheme: SchemePolicy?
    if case .scheme(let own) = policy { scheme = own }
    return try await SignatureRegistry.findings(
      [scheme], workload: workload, trace: trace, prices: priceTable, settings: settings
    ).compactMap(\.warning)
  }
}

/// Finds the λ that all workloads share.
struct FleetSearch {
  let session: ReplaySession
  let shares: [String: Double]
  let budget: Double

  func run() async throws -> FleetReport {
    var members: [FleetMember] = []
    for workload in session.workloads {
      let recommender = try await session.recommender(
        workload, rule: ChoiceRule(aim: .objective(lambda: 0)))
      members.append(recommender.fleetMember(share: shares[workload.name] ?? 0))
    }
    guard let fleet = Fleet(members, budget: budget) else {
      let cheapest = members.reduce(0.0) { sum, member in
        sum + member.share * (member.regimes.last.map { member.policies[$0.position].cost } ?? 0)
      }
      throw RecommendationError.nothingMeets(
        workload: "fleet", constraint: "a mean cost of \(Figures.short(budget, digits: 6)) per query",
        nearest: "the cheapest policy of each workload",
        reaches: "a mean cost of \(Figures.short(cheapest, digits: 6))")
    }
    return FleetReport(
      budget: budget, shares: members.map { ($0.workload, $0.share) }, fleet: fleet)
  }
}
