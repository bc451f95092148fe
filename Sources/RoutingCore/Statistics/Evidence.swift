/// What is known about the kept policies of a workload: exact means and their bootstrap replicates.
package struct Evidence: Sendable {
  package let replay: WorkloadReplay
  /// Positions of the kept policies; every other list here is in this order.
  package let kept: [Int]
  /// How often each compared row counts; `nil` = once.
  package let weights: [Int64]?
  /// Of the kept policies over the compared rows.
  package let means: ResampledMeans

  /// - Parameter shares: of a pooled workload, what each workload in it is of the traffic.
  package init(
    _ replay: WorkloadReplay, trace: Trace, settings: SweepSettings, shares: TrafficShares? = nil
  ) async {
    self.replay = replay
    weights = shares?.weights(ofRows: replay.compared)
    kept = replay.policies.indices.filter { replay.kept[$0] }
    let sums = await GroupSums(
      replay, in: trace, policies: kept, weights: weights, threads: settings.threads)
    means = await ResampledMeans(sums, settings: settings)
  }

  package var rows: Int { replay.compared.count }
  package var sums: GroupSums { means.sums }
  package var bootstrap: PoissonBootstrap { means.bootstrap }

  package func policy(_ position: Int) -> Policy { replay.policies[kept[position]] }
  package func meanScore(_ position: Int) -> Double { means.meanScore(position) }
  package func meanCost(_ position: Int) -> Double { means.meanCost(position) }
  package func scoreReplicates(_ position: Int) -> [Double] { means.scoreReplicates(position) }
  package func costReplicates(_ position: Int) -> [Double] { means.costReplicates(position) }
  package func score(_ position: Int) -> Estimate { means.score(position) }
  package func cost(_ position: Int) -> Estimate { means.cost(position) }

  /// The share of compared rows in which an adaptive policy takes the smaller k; `nil` where k is fixed.
  package func stopShare(_ position: Int) -> Double? {
    guard let stopped = replay.outcomes[kept[position]].stopped, rows > 0 else { return nil }
    var all: Int64 = 0
    var early: Int64 = 0
    for (place, offset) in replay.compared.enumerated() {
      let weight = weights?[place] ?? 1
      all += weight
      if stopped[offset] { early += weight }
    }
    return Double(early) / Double(all)
  }

  package func objectiveReplicates(_ position: Int, lambda: Double) -> [Double] {
    comparison.objectiveReplicates(position, lambda: lambda)
  }

  package func objective(_ position: Int, lambda: Double, winShare: Double?) -> ObjectiveSummary {
    comparison.objective(position, lambda: lambda, winShare: winShare)
  }

  /// Positions that may be recommended, smaller first where objective and cost tie.
  package var contenders: [Int] { comparison.contenders }

  /// The share of replicates each policy wins at λ; `nil` for bounds.
  package func winShares(lambda: Double) -> [Double?] { comparison.winShares(lambda: lambda) }

  /// Recommendable positions that no other beats in score without costing more (Pareto).
  package var frontier: Set<Int> { comparison.frontier }

  /// The kept policies with their totals.
  var comparison: PolicyComparison {
    PolicyComparison(policies: kept.map { replay.policies[$0] }, totals: means.totals)
  }
}
