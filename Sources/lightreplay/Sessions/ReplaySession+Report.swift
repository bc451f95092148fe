import Reporting
import RoutingCore

extension ReplaySession {
  /// The sweep and the recommendation of every workload.
  func report(_ wish: WishOptions) async throws -> Report { try await reportWithEvidence(wish).report }

  /// The report, and the outcomes it is made from, by workload.
  func reportWithEvidence(_ wish: WishOptions) async throws -> (report: Report, evidence: [Evidence]) {
    var rule = wish.choiceRule()
    let shares = try wish.shares(workloads)
    var fleet: FleetReport?
    if let budget = wish.fleetBudget {
      let found = try await FleetSearch(session: self, shares: shares, budget: budget).run()
      rule = ChoiceRule(aim: .objective(lambda: found.fleet.lambda))
      fleet = found
    }
    var evidence: [Evidence] = []
    var results: [WorkloadReport] = []
    for workload in workloads {
      let own = await runner.evidence(workload)
      results.append(try await workloadReport(own, workload, rule: rule))
      evidence.append(own)
    }
    let report = Report(
      version: LightReplay.version, trace: trace, settings: settings, rule: rule, prices: prices,
      workloads: results, fleet: fleet)
    return (report, evidence)
  }

  private func workloadReport(
    _ evidence: Evidence, _ workload: Workload, rule: ChoiceRule
  ) async throws -> WorkloadReport {
    let sweep = await runner.summary(evidence)
    do {
      let recommender = try Recommender(
        evidence, summary: sweep, trace: trace, rule: rule, settings: settings)
      let (result, curve) = try await recommendation(by: recommender, for: workload)
      return WorkloadReport(
        sweep: sweep, outcome: .success(result), curve: curve, variance: try await variance(of: workload),
        calibration: try await calibration(of: workload))
    } catch let error as RecommendationError {
      return WorkloadReport(sweep: sweep, outcome: .failure(error))
    }
  }

  /// Of averages, whose law is known, and of the grid's aggregators that merge.
  private func variance(of workload: Workload) async throws -> [VarianceCurve] {
    let merging = grid.aggregators.filter {
      !AggregatorRegistry.takesFirst($0) && !AggregatorRegistry.isBound($0)
    }
    return try await VarianceSession(
      trace: trace, workloads: [workload], settings: settings, aggregators: ["mean"] + merging,
      selectors: grid.selectors
    ).curves()
  }

  /// Of the grid's selectors and budgets; `nil` where they leave nothing to calibrate.
  private func calibration(of workload: Workload) async throws -> WorkloadCalibration? {
    var request = GridRequest()
    request.k = grid.k
    request.boots = grid.boots
    request.selectors = grid.selectors
    request.aggregators = grid.aggregators
    request.continuation = grid.continuation
    guard let wider = try? Grid(Calibrator.request(request, for: trace), for: trace) else { return nil }
    let runner = try SweepRunner(
      trace: trace, policies: wider.policies, prices: priceTable, settings: settings)
    return try await Calibrator(grid: wider, runner: runner).calibrate(workload)
  }

  /// What a recommender says, with the failure signatures of its choice and the curve along k through it.
  func recommendation(
    by recommender: Recommender, for workload: Workload
  ) async throws -> (Recommendation, FittedCurve?) {
    let result = try await recommender.recommend()
    let warnings = try await failureWarnings(result.recommended.policy, workload)
    return (result.adding(warnings), try recommender.curve(through: result))
  }
}
