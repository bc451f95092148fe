extension Evidence {
  /// What is lost by running `shared` instead of `own`, both among the policies replayed; `nil` where no query
  /// is covered by both.
  package func regret(of shared: Policy, against own: Policy, lambda: Double?) -> ProductionRegret? {
    guard rows > 0, let left = position(of: own), let right = position(of: shared) else { return nil }
    func difference(_ mean: (Int) -> Double, _ replicates: (Int) -> [Double]) -> ProductionFigure {
      ProductionFigure(
        Estimate(
          mean: mean(left) - mean(right), replicates: zip(replicates(left), replicates(right)).map { $0 - $1 }
        )
      )
    }
    return ProductionRegret(
      workload: replay.workload.name, queries: rows, scoreLoss: difference(meanScore, scoreReplicates),
      extraCost: difference({ -meanCost($0) }, { costReplicates($0).map { -$0 } }),
      objectiveLoss: lambda.map { lambda in
        difference(
          { meanScore($0) - lambda * meanCost($0) }, { objectiveReplicates($0, lambda: lambda) })
      })
  }

  private func position(of policy: Policy) -> Int? { kept.indices.first { self.policy($0) == policy } }
}
