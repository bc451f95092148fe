import Reporting
import RoutingCore

/// Turns recommendations into what runs in production: finds the policy for every other query, and what each
/// workload loses by it.
struct ProductionSearch {
  let session: ReplaySession
  let rule: ChoiceRule
  let fleetBudget: Double?
  let shares: TrafficShares

  /// - Throws: `RecommendationError.nothingCompared` when no policy covers every workload.
  func policy(for recommendations: [Recommendation]) async throws -> ProductionPolicy {
    let (overall, missed) = try await overall()
    var regrets: [ProductionRegret] = []
    for recommendation in recommendations {
      if let regret = try await regret(recommendation, overall) { regrets.append(regret) }
    }
    var policy = try ProductionPolicy(
      ProductionSource(
        trace: session.trace, policies: session.grid.policies, header: session.header,
        settings: session.settings, samples: session.samples, grader: session.grader, rule: rule,
        sentence: rule.sentence(unit: session.settings.costUnit),
        fleetBudget: fleetBudget, prices: session.prices, recommendations: recommendations, shares: shares,
        overall: overall, regrets: regrets))
    if let missed {
      Messages.note("\(missed)\nthe default of the policy file is that nearest one")
      policy.fallback.warnings.append(Warning(code: "constraint-missed", text: missed.description))
    }
    return policy
  }

  /// The recommendation over all workloads by their traffic; with the reason, where it is only the nearest.
  private func overall() async throws -> (Recommendation, RecommendationError?) {
    let trace = session.trace.pooled(as: "default", shares)
    let runner = try SweepRunner(
      trace: trace, policies: session.grid.policies, prices: session.priceTable, settings: session.settings)
    let evidence = await runner.evidence(trace.workloads[0], shares: shares)
    let recommender = try Recommender(
      evidence, summary: await runner.summary(evidence), trace: trace, rule: rule, settings: session.settings)
    do {
      return (try await recommender.recommend(), nil)
    } catch let error {
      return (try await recommender.recommend(takesNearest: true), error)
    }
  }

  private func regret(_ own: Recommendation, _ overall: Recommendation) async throws -> ProductionRegret? {
    guard let workload = session.workloads.first(where: { $0.name == own.workload }),
      let shared = overall.recommended.frozen
    else { return nil }
    var settings = session.settings
    settings.minCoverage = .none
    settings.lambdas = []
    let runner = try SweepRunner(
      trace: session.trace, policies: [own.recommended.policy, shared], prices: session.priceTable,
      settings: settings)
    return await runner.evidence(workload).regret(
      of: shared, against: own.recommended.policy, lambda: own.lambda)
  }
}
