/// One basis replayed: what is recommended on each workload, and what it rests on.
struct ScenarioReplay: Sendable {
  let basis: ScenarioBasis
  let prices: PriceTable
  private let runner: SweepRunner
  private let degraded: DegradedReplay?

  /// - Throws: `PolicyError` where the grid does not fit the trace or a price is missing.
  init(_ basis: ScenarioBasis) throws(PolicyError) {
    self.basis = basis
    let policies = try basis.policies()
    let degraded = basis.degradation.map { DegradedReplay(policies, share: $0) }
    self.degraded = degraded
    prices = try basis.priceTable(for: policies)
    runner = try SweepRunner(
      trace: basis.trace, policies: degraded?.replayed ?? policies, prices: prices, settings: basis.settings)
  }

  /// The recommendation on each workload, in the order of the basis.
  func results() async -> [WorkloadResult] {
    var results: [WorkloadResult] = []
    for workload in basis.selected { results.append(await result(workload)) }
    return results
  }

  private func result(_ workload: Workload) async -> WorkloadResult {
    let evidence = await evidence(workload)
    let summary = await runner.summary(evidence)
    do throws(RecommendationError) {
      let recommender = try Recommender(
        evidence, summary: summary, trace: basis.trace, rule: basis.rule, settings: basis.settings)
      let recommendation = try await recommender.recommend()
      return WorkloadResult(
        summary: summary, evidence: evidence, recommender: recommender, recommendation: recommendation,
        reason: nil)
    } catch {
      return WorkloadResult(
        summary: summary, evidence: evidence, recommender: nil, recommendation: nil,
        reason: error.description)
    }
  }

  private func evidence(_ workload: Workload) async -> Evidence {
    guard let degraded else { return await runner.evidence(workload) }
    let replay = await runner.replay(workload)
    let mixed = degraded.mixed(
      replay, trace: basis.trace, options: runner.replayOptions, minCoverage: basis.settings.minCoverage)
    return await Evidence(mixed, trace: basis.trace, settings: basis.settings)
  }
}

/// What one basis gives on one workload.
struct WorkloadResult: Sendable {
  let summary: WorkloadSweep
  let evidence: Evidence
  let recommender: Recommender?
  /// `nil` where nothing meets what is wanted, or nothing can be compared.
  let recommendation: Recommendation?
  let reason: String?

  /// A kept policy's figures.
  func standing(_ policy: Policy) -> Standing? {
    guard evidence.rows > 0,
      let position = evidence.kept.indices.first(where: { evidence.policy($0) == policy })
    else { return nil }
    return Standing(
      policy: policy, score: evidence.score(position), cost: evidence.cost(position),
      scores: evidence.scoreReplicates(position), costs: evidence.costReplicates(position))
  }

  var recommended: Standing? { recommendation.flatMap { standing($0.recommended.policy) } }
}

/// A policy's means with their replicates, so that two may be compared query group by query group.
package struct Standing: Sendable {
  /// `nil` for a mix of workloads.
  package let policy: Policy?
  package let score: Estimate
  /// Per query, in cost units.
  package let cost: Estimate
  let scores: [Double]
  let costs: [Double]

  /// This one minus another, paired.
  func difference(to other: Standing) -> PairedDifference {
    PairedDifference(
      score: Estimate(mean: score.mean - other.score.mean, replicates: zip(scores, other.scores).map(-)),
      cost: Estimate(mean: cost.mean - other.cost.mean, replicates: zip(costs, other.costs).map(-)))
  }

  /// The mean over workloads by their shares; `nil` where a workload with traffic has none.
  static func mixed(_ parts: [Standing?], shares: [Double]) -> Standing? {
    var weighted: [(share: Double, part: Standing)] = []
    for (part, share) in zip(parts, shares) where share > 0 {
      guard let part else { return nil }
      weighted.append((share, part))
    }
    guard let first = weighted.first else { return nil }
    func mean(_ value: (Standing) -> Double) -> Double {
      weighted.reduce(0) { $0 + $1.share * value($1.part) }
    }
    func replicates(_ value: (Standing) -> [Double]) -> [Double] {
      let columns = weighted.map { value($0.part) }
      return first.part.scores.indices.map { replicate in
        zip(weighted, columns).reduce(0) { $0 + $1.0.share * $1.1[replicate] }
      }
    }
    let (scores, costs) = (replicates(\.scores), replicates(\.costs))
    return Standing(
      policy: nil, score: Estimate(mean: mean { $0.score.mean }, replicates: scores),
      cost: Estimate(mean: mean { $0.cost.mean }, replicates: costs), scores: scores, costs: costs)
  }
}
