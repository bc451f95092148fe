/// Exact totals of policies over the same rows with their bootstrap replicates: means, standard errors and
/// intervals follow from these alone, wherever they were added up.
package struct ResampledTotals: Sendable {
  package let rows: Int64
  /// Millionths, then the price table's units, by policy.
  package let scores: [Int128]
  package let costs: [Int128]
  package let bootstrap: PoissonBootstrap
  /// Whether every group is one query that the policy scores 0 or 1 on.
  private let isBinary: [Bool]
  private let scale: Double
  private let pseudo: ScoreReplicates.PseudoGroups

  init(
    rows: Int64, scores: [Int128], costs: [Int128], isBinary: [Bool], bootstrap: PoissonBootstrap,
    costUnit: CostUnit
  ) {
    self.rows = rows
    self.scores = scores
    self.costs = costs
    self.isBinary = isBinary
    self.bootstrap = bootstrap
    scale = costUnit.scale
    pseudo = ScoreReplicates.PseudoGroups(bootstrap, queries: Double(rows))
  }

  /// The plain mean score.
  package func meanScore(_ position: Int) -> Double {
    Double(scores[position]) / Double(rows) / Double(Score.unit)
  }

  /// The plain mean cost in cost units.
  package func meanCost(_ position: Int) -> Double { Double(costs[position]) / Double(rows) / scale }

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
      mean: meanScore(position), queries: Double(rows), pseudo: pseudo, isBinary: isBinary[position])
  }

  package func cost(_ position: Int) -> Estimate {
    Estimate(mean: meanCost(position), replicates: costReplicates(position))
  }
}
