/// Means of the recommendable policies: of the sample, and of every bootstrap replicate.
///
/// Policies are in the order in which ties fall, so that the earlier of two equal ones is preferred.
struct ReplicateMeans {
  /// Positions in the evidence's list of kept policies.
  let positions: [Int]
  /// By policy.
  let scores: [Double]
  let costs: [Double]
  /// By policy, by replicate.
  let replicateScores: [[Double]]
  let replicateCosts: [[Double]]
  let replicates: Int

  init(_ evidence: Evidence) {
    positions = evidence.contenders
    scores = positions.map(evidence.meanScore)
    costs = positions.map(evidence.meanCost)
    replicateScores = positions.map(evidence.scoreReplicates)
    replicateCosts = positions.map(evidence.costReplicates)
    replicates = evidence.bootstrap.replicates
  }

  func sample(_ isEligible: [Bool]) -> ChoiceSample {
    ChoiceSample(scores: scores, costs: costs, isEligible: isEligible)
  }

  func sample(replicate: Int, _ isEligible: [Bool]) -> ChoiceSample {
    ChoiceSample(
      scores: replicateScores.map { $0[replicate] }, costs: replicateCosts.map { $0[replicate] },
      isEligible: isEligible)
  }

  /// J = S − λT of a policy in the sample.
  func objective(_ index: Int, lambda: Double) -> Double { scores[index] - lambda * costs[index] }

  /// J of a policy by replicate.
  func objectives(_ index: Int, lambda: Double) -> [Double] {
    zip(replicateScores[index], replicateCosts[index]).map { $0 - lambda * $1 }
  }

  /// The paired difference of two policies in S − λT.
  func difference(_ left: Int, _ right: Int, lambda: Double) -> Estimate {
    let replicates = zip(objectives(left, lambda: lambda), objectives(right, lambda: lambda)).map { $0 - $1 }
    return Estimate(
      mean: objective(left, lambda: lambda) - objective(right, lambda: lambda), replicates: replicates)
  }
}
