/// Mean scores and costs of policies over the same groups, with their bootstrap replicates.
package struct ResampledMeans: Sendable {
  package let sums: GroupSums
  package let totals: ResampledTotals

  /// Resamples `sums`; without groups there are no replicates.
  package init(_ sums: GroupSums, settings: SweepSettings) async {
    self.sums = sums
    let bootstrap = await PoissonBootstrap(
      sums, replicates: sums.keys.isEmpty ? 0 : settings.replicates, seed: settings.seed,
      threads: settings.threads)
    totals = ResampledTotals(
      rows: sums.rows, scores: sums.scores.map { $0.reduce(0, +) }, costs: sums.costs.map { $0.reduce(0, +) },
      isBinary: sums.scores.indices.map(sums.isBinary), bootstrap: bootstrap, costUnit: settings.costUnit)
  }

  package var bootstrap: PoissonBootstrap { totals.bootstrap }
  package func meanScore(_ position: Int) -> Double { totals.meanScore(position) }
  package func meanCost(_ position: Int) -> Double { totals.meanCost(position) }
  package func scoreReplicates(_ position: Int) -> [Double] { totals.scoreReplicates(position) }
  package func costReplicates(_ position: Int) -> [Double] { totals.costReplicates(position) }
  package func score(_ position: Int) -> Estimate { totals.score(position) }
  package func scores(_ position: Int) -> ScoreReplicates { totals.scores(position) }
  package func cost(_ position: Int) -> Estimate { totals.cost(position) }
}
