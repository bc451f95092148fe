/// Replicates of a mean score in [0, 1], kept honest near 0 and 1 by four pseudo-groups with scores 0, 0, 1, 1
/// (Scheme.md, "Score intervals").
///
/// Plain replicates know nothing of failures that the sample happens to lack. For 0/1 scores a pseudo-group
/// weighs one query, as in Agresti and Coull, "Approximate is Better than 'Exact'", 1998. Scores that spread less
/// are worth more queries each, scores that correlate within groups fewer; so it weighs n ÷ n_eff queries, with
/// n_eff = p(1 − p) ÷ Var(p) the *effective* number of 0/1 queries (Korn and Graubard, 1998).
package struct ScoreReplicates {
  /// Σ w x of each replicate.
  private let totals: [Double]
  private let mean: Double
  private let queries: Double
  private let pseudo: PseudoGroups
  /// Whether every group is one query that scores 0 or 1, so that each is worth one by definition.
  private let isBinary: Bool

  /// - Parameters:
  ///   - totals: Σ w x of each replicate, scores x in [0, 1]; at least one replicate.
  ///   - mean: of the `queries` resampled.
  init(totals: [Double], mean: Double, queries: Double, pseudo: PseudoGroups, isBinary: Bool = false) {
    self.totals = totals
    self.mean = mean
    self.queries = queries
    self.pseudo = pseudo
    self.isBinary = isBinary
  }

  /// The 95 % interval of the mean.
  ///
  /// A sample that lacks rare failures also hides its spread. So the spread is measured twice, as sampled and
  /// with pseudo-groups of half a group, and the interval holds the results of both.
  var interval: (low: Double, high: Double) {
    if isBinary { return Estimate.percentileInterval(means(weight: 1)) }
    let bounds = [0, 0.5].compactMap { part in
      weight(part: part).map { Estimate.percentileInterval(means(weight: $0)) }
    }
    return (bounds.map(\.low).min() ?? mean, bounds.map(\.high).max() ?? mean)
  }

  /// Replicate means that say how probable it is that the true mean reaches a target. Pseudo-groups of half the
  /// weight add one failure and one success: Laplace's rule of succession, no true mean favoured beforehand.
  var smoothed: [Double] { means(weight: 0.5 * (weight(part: 0) ?? weight(part: 0.5) ?? 0)) }

  /// n_eff, the spread measured with pseudo-groups of half a group.
  var effectiveQueries: Double { weight(part: 0.5).map { queries / $0 } ?? queries }

  /// Replicate means in which each pseudo-group weighs `weight` queries.
  private func means(weight: Double) -> [Double] {
    totals.indices.map { index in
      (totals[index] + weight * pseudo.totals[index]) / (pseudo.drawn[index] + weight * pseudo.rows[index])
    }
  }

  /// n ÷ n_eff: the group size times the replicates' variance over that of 0/1 scores that are equal within
  /// groups, both with pseudo-groups of `part` groups. `nil` where such scores would not vary.
  private func weight(part: Double) -> Double? {
    let weight = part * pseudo.groupSize
    let total = queries + 4 * weight
    let center = (mean * queries + 2 * weight) / total
    let shift = mean - center
    let sampled = pseudo.groupSize * queries * (mean * (1 - mean) + shift * shift)
    let added = 2 * weight * weight * (center * center + (1 - center) * (1 - center))
    let reference = (sampled + added) / (total * total)
    guard reference > 0 else { return nil }
    let deviation = Estimate.standardDeviation(means(weight: weight))
    return pseudo.groupSize * deviation * deviation / reference
  }
}

extension ScoreReplicates {
  /// What four pseudo-groups of one query each add to every replicate, and the queries drawn in it.
  struct PseudoGroups {
    /// Σ w n of each replicate.
    let drawn: [Double]
    /// Σ w over the pseudo-groups, and over those that score 1.
    let rows: [Double]
    let totals: [Double]
    /// Queries in a group, weighted by size: Σ n_g² ÷ Σ n_g, which is Var(Σ w n) ÷ n.
    let groupSize: Double

    init(_ bootstrap: PoissonBootstrap, queries: Double) {
      drawn = bootstrap.rows.map { Double(wide: $0) }
      rows = bootstrap.pseudoRows.map { Double(wide: $0) }
      totals = bootstrap.pseudoScores.map { Double(wide: $0) / Double(Score.unit) }
      let deviation = Estimate.standardDeviation(drawn)
      groupSize = max(1, deviation * deviation / queries)
    }
  }
}
