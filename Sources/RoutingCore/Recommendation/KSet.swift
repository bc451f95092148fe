/// Which values of k cannot be told from the recommended one (Scheme.md, "k* with uncertainty").
package struct KSet {
  /// Every k whose best policy is not below the recommended one by a simultaneous 95 % interval.
  package let members: [KSchedule]

  /// - Parameters:
  ///   - ks: the k of each policy of `means`.
  ///   - recommended: index into `means`.
  package init(
    _ means: ReplicateMeans, ks: [KSchedule], recommended: Int, lambda: Double, isEligible: [Bool]
  ) {
    var bestByK: [KSchedule: Int] = [:]
    for index in ks.indices where isEligible[index] {
      if let held = bestByK[ks[index]],
        means.objective(held, lambda: lambda) >= means.objective(index, lambda: lambda)
      {
        continue
      }
      bestByK[ks[index]] = index
    }
    bestByK[ks[recommended]] = recommended
    let rivals = bestByK.keys.sorted().filter { $0 != ks[recommended] }
    let differences = rivals.map { k in
      Rival(means, recommended: recommended, rival: bestByK[k] ?? recommended, lambda: lambda)
    }
    let critical = Self.criticalValue(differences, replicates: means.replicates)
    let near = zip(rivals, differences).filter { !$1.isBelow(critical: critical) }.map { $0.0 }
    members = (near + [ks[recommended]]).sorted()
  }

  /// The paired lead of the recommended policy over the best of another k.
  private struct Rival {
    let lead: Double
    let standardError: Double
    let replicates: [Double]
    /// The standard error with half a 0/1 query added on either side. Policies that differ on a handful of
    /// queries, or on none of the sample, may do so by chance, and the replicates know of no other (after
    /// Agresti and Min, "Simple Improved Confidence Intervals for Comparing Matched Proportions", 2005).
    let cautiousError: Double

    init(_ means: ReplicateMeans, recommended: Int, rival: Int, lambda: Double) {
      replicates = zip(
        means.objectives(recommended, lambda: lambda), means.objectives(rival, lambda: lambda)
      ).map { $0 - $1 }
      lead = means.objective(recommended, lambda: lambda) - means.objective(rival, lambda: lambda)
      standardError = Estimate.standardDeviation(replicates)
      let query = 1 / means.effectiveQueries(recommended)
      cautiousError = (standardError * standardError + query * query / 2).squareRoot()
    }

    func isBelow(critical: Double) -> Bool { lead - critical * cautiousError > 0 }
  }

  /// The 95 % quantile over replicates of max |t|: intervals with it hold for all differences at once. At least
  /// that of one normal difference, where few queries differ.
  private static func criticalValue(_ rivals: [Rival], replicates: Int) -> Double {
    let varying = rivals.filter { $0.standardError > 0 }
    guard !varying.isEmpty, replicates > 0 else { return 1.96 }
    let maxima = (0..<replicates).map { replicate in
      varying.map { abs($0.replicates[replicate] - $0.lead) / $0.standardError }.max() ?? 0
    }.sorted()
    // ⌈0.95 R⌉ in integers.
    return max(1.96, maxima[(19 * replicates + 19) / 20 - 1])
  }
}
