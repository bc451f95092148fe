/// Means and replicates of a policy put together from the choices of the folds.
struct CompositeMeans {
  let score: Estimate
  let cost: Estimate
  private let scores: [Double]
  private let costs: [Double]

  init(_ sums: GroupSums, settings: SweepSettings) async {
    let bootstrap = await PoissonBootstrap(
      sums, replicates: settings.replicates, seed: settings.seed, threads: settings.threads)
    let unit = Double(Score.unit)
    let scale = settings.costUnit.scale
    let rows = Double(sums.rows)
    let scores = zip(bootstrap.scores[0], bootstrap.rows).map { Double(wide: $0) / Double(wide: $1) / unit }
    let costs = zip(bootstrap.costs[0], bootstrap.rows).map { Double(wide: $0) / Double(wide: $1) / scale }
    let widened = bootstrap.rows.indices.map { replicate in
      Double(bootstrap.scores[0][replicate] + bootstrap.pseudoScores[replicate])
        / Double(bootstrap.rows[replicate] + bootstrap.pseudoRows[replicate]) / unit
    }
    score = Estimate(
      mean: Double(sums.scores[0].reduce(0, +)) / rows / unit, replicates: scores, bounds: widened)
    cost = Estimate(mean: Double(sums.costs[0].reduce(0, +)) / rows / scale, replicates: costs)
    self.scores = scores
    self.costs = costs
  }

  func objective(lambda: Double) -> Estimate {
    Estimate(
      mean: score.mean - lambda * cost.mean, replicates: zip(scores, costs).map { $0 - lambda * $1 })
  }

  func scoreDifference(to other: CompositeMeans) -> Estimate {
    Estimate(mean: score.mean - other.score.mean, replicates: zip(scores, other.scores).map { $0 - $1 })
  }

  func costDifference(to other: CompositeMeans) -> Estimate {
    Estimate(mean: cost.mean - other.cost.mean, replicates: zip(costs, other.costs).map { $0 - $1 })
  }
}
