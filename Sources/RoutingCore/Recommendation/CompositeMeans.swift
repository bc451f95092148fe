/// Means and replicates of a policy put together from the choices of the folds.
package struct CompositeMeans {
  package let score: Estimate
  package let cost: Estimate
  private let scores: [Double]
  private let costs: [Double]

  /// - Parameter sums: of one policy.
  package init(_ sums: GroupSums, settings: SweepSettings) async {
    let means = await ResampledMeans(sums, settings: settings)
    score = means.score(0)
    cost = means.cost(0)
    scores = means.scoreReplicates(0)
    costs = means.costReplicates(0)
  }

  package func objective(lambda: Double) -> Estimate {
    Estimate(mean: score.mean - lambda * cost.mean, replicates: objectives(lambda: lambda))
  }

  private func objectives(lambda: Double) -> [Double] { zip(scores, costs).map { $0 - lambda * $1 } }

  package func objectiveDifference(to other: CompositeMeans, lambda: Double) -> Estimate {
    Estimate(
      mean: objective(lambda: lambda).mean - other.objective(lambda: lambda).mean,
      replicates: zip(objectives(lambda: lambda), other.objectives(lambda: lambda)).map { $0 - $1 })
  }

  package func scoreDifference(to other: CompositeMeans) -> Estimate {
    Estimate(mean: score.mean - other.score.mean, replicates: zip(scores, other.scores).map { $0 - $1 })
  }

  package func costDifference(to other: CompositeMeans) -> Estimate {
    Estimate(mean: cost.mean - other.cost.mean, replicates: zip(costs, other.costs).map { $0 - $1 })
  }
}
