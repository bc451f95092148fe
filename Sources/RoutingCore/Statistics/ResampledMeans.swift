/// Mean scores and costs of policies over the same groups, with their bootstrap replicates.
package struct ResampledMeans: Sendable {
  package let sums: GroupSums
  package let bootstrap: PoissonBootstrap
  private let scale: Double
  private let pseudo: ScoreReplicates.PseudoGroups

  /// Resamples `sums`; without groups there are no replicates.
  package init(_ sums: GroupSums, settings: SweepSettings) async {
    self.sums = sums
    scale = settings.costUnit.scale
    bootstrap = await PoissonBootstrap(
      sums, replicates: sums.keys.isEmpty ? 0 : settings.replicates, seed: settings.seed,
      threads: settings.threads)
    pseudo = ScoreReplicates.PseudoGroups(bootstrap, queries: Double(sums.rows))
  }

  /// The plain mean score.
  package func meanScore(_ position: Int) -> Double {
    Double(sums.scores[position].reduce(0, +)) / Double(sums.rows) / Double(Score.unit)
  }

  /// The plain mean cost in cost units.
  package func meanCost(_ position: Int) -> Double {
    Double(sums.costs[position].reduce(0, +)) / Double(sums.rows) / scale
  }

  package func scoreReplicates(_ position: Int) -> [Double] {
    zip(bootstrap.scores[position], bootstrap.rows).map {
      Double(wide: $0) / Double(wide: $1) / Double(Score.unit)
    }
  }

  package func costReplicates(_ position: Int) -> [Double] {
    zip(bootstrap.costs[position], bootstrap.rows).map { Double(wide: $0) / Double(wide: $1) / scale }
  }

  /// The mean score; its interval takes in pseudo-groups (`ScoreReplicates`), its standard error does not.
  package func score(_ position: Int) -> Estimate {
    let interval = scores(position).interval
    return Estimate(
      mean: meanScore(position), standardError: Estimate.standardDeviation(scoreReplicates(position)),
      low: interval.low, high: interval.high)
  }

  /// Replicates of the score with pseudo-groups.
  package func scores(_ position: Int) -> ScoreReplicates {
    ScoreReplicates(
      totals: bootstrap.scores[position].map { Double(wide: $0) / Double(Score.unit) },
      mean: meanScore(position), queries: Double(sums.rows), pseudo: pseudo,
      isBinary: sums.isBinary(position))
  }

  package func cost(_ position: Int) -> Estimate {
    Estimate(mean: meanCost(position), replicates: costReplicates(position))
  }
}
