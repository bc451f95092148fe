/// Bootstrap sums of the rows of a pattern, as `PoissonBootstrap` has them, so that they can be added.
///
/// A replicate in which all weights are 0 draws again with the next attempt. Whether they are all 0 depends on all
/// shards, so each pattern keeps its sums at the first attempt at which *its* weights are not: at every earlier one
/// they are 0, and the whole takes the earliest attempt of any of its patterns.
package struct PartialReplicates: Sendable, Equatable {
  /// By replicate.
  package var attempts: [UInt32]
  /// Σ_g w_g n_g by replicate.
  package var rows: [Int128]
  /// By policy, by replicate.
  package var scores: [[Int128]]
  package var costs: [[Int128]]

  package init(attempts: [UInt32], rows: [Int128], scores: [[Int128]], costs: [[Int128]]) {
    self.attempts = attempts
    self.rows = rows
    self.scores = scores
    self.costs = costs
  }

  /// Resamples `sums`, which hold at least one group.
  init(_ sums: GroupSums, settings: SweepSettings) async {
    let drawn = await DrawnSums(
      sums, replicates: settings.replicates, seed: settings.seed, threads: settings.threads)
    let bootstrap = PoissonBootstrap(drawn, policies: sums.scores.count, seed: settings.seed)
    attempts = drawn.attempts
    rows = bootstrap.rows
    scores = bootstrap.scores
    costs = bootstrap.costs
  }

  /// Adds the sums of other rows under the same policies.
  mutating func add(_ other: PartialReplicates) {
    for replicate in attempts.indices {
      let (own, theirs) = (attempts[replicate], other.attempts[replicate])
      if theirs > own { continue }
      if theirs < own { clear(replicate, attempt: theirs) }
      rows[replicate] += other.rows[replicate]
      for position in scores.indices {
        scores[position][replicate] += other.scores[position][replicate]
        costs[position][replicate] += other.costs[position][replicate]
      }
    }
  }

  private mutating func clear(_ replicate: Int, attempt: UInt32) {
    attempts[replicate] = attempt
    rows[replicate] = 0
    for position in scores.indices {
      scores[position][replicate] = 0
      costs[position][replicate] = 0
    }
  }
}

extension PoissonBootstrap {
  /// Sums that were added up elsewhere.
  init(_ sums: PartialReplicates, seed: UInt64) {
    self.init(rows: sums.rows, scores: sums.scores, costs: sums.costs, seed: seed)
  }
}
