import Synchronization

/// Means of the recommendable policies: of the sample, and of every bootstrap replicate.
///
/// Policies are in the order in which ties fall, so that the earlier of two equal ones is preferred.
package struct ReplicateMeans {
  /// Positions in the list of policies that was resampled.
  package let positions: [Int]
  /// By policy.
  package let scores: [Double]
  package let costs: [Double]
  /// By policy, by replicate.
  package let replicateScores: [[Double]]
  package let replicateCosts: [[Double]]
  package let replicates: Int
  private let means: ResampledMeans

  package init(_ means: ResampledMeans, positions: [Int]) {
    self.means = means
    self.positions = positions
    scores = positions.map(means.meanScore)
    costs = positions.map(means.meanCost)
    replicateScores = positions.map(means.scoreReplicates)
    replicateCosts = positions.map(means.costReplicates)
    replicates = means.bootstrap.replicates
  }

  func sample(_ isEligible: [Bool], _ pairedError: @escaping ChoiceSample.PairedError = { _, _ in 0 })
    -> ChoiceSample
  {
    ChoiceSample(scores: scores, costs: costs, isEligible: isEligible, pairedError: pairedError)
  }

  func sample(
    replicate: Int, _ isEligible: [Bool], _ pairedError: @escaping ChoiceSample.PairedError = { _, _ in 0 }
  ) -> ChoiceSample {
    ChoiceSample(
      scores: replicateScores.map { $0[replicate] }, costs: replicateCosts.map { $0[replicate] },
      isEligible: isEligible, pairedError: pairedError)
  }

  /// J = S − λT of a policy in the sample.
  package func objective(_ index: Int, lambda: Double) -> Double { scores[index] - lambda * costs[index] }

  /// J of a policy by replicate.
  package func objectives(_ index: Int, lambda: Double) -> [Double] {
    zip(replicateScores[index], replicateCosts[index]).map { $0 - lambda * $1 }
  }

  /// The paired difference of two policies in S − λT.
  package func difference(_ left: Int, _ right: Int, lambda: Double) -> Estimate {
    Estimate(
      mean: objective(left, lambda: lambda) - objective(right, lambda: lambda),
      replicates: differences(left, right, lambda: lambda))
  }

  private func differences(_ left: Int, _ right: Int, lambda: Double) -> [Double] {
    zip(objectives(left, lambda: lambda), objectives(right, lambda: lambda)).map { $0 - $1 }
  }

  /// The number of 0/1 queries that would tell as much of a policy's mean score.
  func effectiveQueries(_ index: Int) -> Double { means.scores(positions[index]).effectiveQueries }

  /// The standard error of the paired difference in the objective that `rule` compares, for its
  /// one-standard-error step. A policy's differences to all others are computed once, when first asked for.
  func pairedError(_ rule: ChoiceRule) -> ChoiceSample.PairedError {
    guard rule.isOneStandardError, case .objective(let lambda) = rule.aim else { return { _, _ in 0 } }
    let known = KnownErrors()
    return { one, other in
      known.errors(of: one) {
        positions.indices.map { Estimate.standardDeviation(differences(one, $0, lambda: lambda)) }
      }[other]
    }
  }

  /// P(met): share of replicates in which each policy meets the rule's score target and budget, the scores
  /// smoothed by pseudo-groups.
  package func metShares(_ rule: ChoiceRule, isEligible: [Bool]) -> [Double] {
    let smoothed = positions.map { means.scores($0).smoothed }
    var met = [Int](repeating: 0, count: positions.count)
    for replicate in 0..<replicates {
      var sample = sample(replicate: replicate, isEligible)
      sample.scores = smoothed.map { $0[replicate] }
      let target = rule.target(in: sample)
      for index in met.indices where rule.isMet(index, in: sample, target: target) { met[index] += 1 }
    }
    return met.map { Double($0) / Double(max(1, replicates)) }
  }
}

/// Standard errors of a policy's differences to all others, computed when first asked for.
private final class KnownErrors: Sendable {
  /// Guards what is computed so far; computing twice would give the same.
  private let known = Mutex<[Int: [Double]]>([:])

  func errors(of policy: Int, _ compute: () -> [Double]) -> [Double] {
    if let errors = known.withLock({ $0[policy] }) { return errors }
    let errors = compute()
    known.withLock { $0[policy] = errors }
    return errors
  }
}
