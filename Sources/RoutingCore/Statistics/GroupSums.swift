/// Sums over the compared rows of each group: what a bootstrap resamples.
package struct GroupSums: Sendable {
  /// Keys of the groups that have compared rows.
  package let keys: ContiguousArray<UInt64>
  /// Fold of each group.
  package let folds: ContiguousArray<UInt8>
  /// Compared rows of each group, each as often as its weight says.
  package let counts: ContiguousArray<Int64>
  /// Scores in millionths, then costs in the price table's units: by policy, by group.
  package let scores: [ContiguousArray<Int128>]
  package let costs: [ContiguousArray<Int128>]

  package init(
    keys: ContiguousArray<UInt64>, folds: ContiguousArray<UInt8>, counts: ContiguousArray<Int64>,
    scores: [ContiguousArray<Int128>], costs: [ContiguousArray<Int128>]
  ) {
    self.keys = keys
    self.folds = folds
    self.counts = counts
    self.scores = scores
    self.costs = costs
  }

  /// Of the policies at `indices`, over the rows all kept policies cover.
  ///
  /// - Parameter weights: how often each compared row counts; `nil` = once.
  package init(
    _ replay: WorkloadReplay, in trace: Trace, policies indices: [Int], weights: [Int64]? = nil,
    threads: Int = 1
  ) async {
    let first = replay.workload.rows.lowerBound
    let rows = GroupedRows(replay.compared.lazy.map { first + $0 }, in: trace)
    keys = ContiguousArray(rows.groups.map { trace.groups.key[Int($0)] })
    folds = ContiguousArray(rows.groups.map { trace.groups.fold[Int($0)] })
    counts = rows.sums { weights?[$0] ?? 1 }
    let sums = await Parallel.map(count: indices.count, threads: threads) { place in
      let outcomes = replay.outcomes[indices[place]]
      return (
        scores: rows.sums { Int128(outcomes.scores[replay.compared[$0]]) * Int128(weights?[$0] ?? 1) },
        costs: rows.sums { place in
          let cost = outcomes.costs[replay.compared[place]]
          return weights.map { Int128($0[place]) * cost } ?? cost
        }
      )
    }
    scores = sums.map(\.scores)
    costs = sums.map(\.costs)
  }

  /// Whether every group is one query that a policy scores 0 or 1 on.
  func isBinary(_ position: Int) -> Bool {
    counts.allSatisfy { $0 == 1 } && scores[position].allSatisfy { $0 == 0 || $0 == Int64(Score.unit) }
  }

  package var rows: Int64 { counts.reduce(0, +) }

  /// By how much each group's paired difference of two policies in S − λT exceeds its share of the whole:
  /// D_g − d n_g, with d = Σ D_g ÷ Σ n_g over `groups`; costs in units of `scale`.
  func deviations(_ one: Int, _ other: Int, lambda: Double, scale: Double, in groups: some Collection<Int>)
    -> [Double]
  {
    let differences = groups.map { group in
      Double(wide: scores[one][group] - scores[other][group]) / Double(Score.unit)
        - lambda * Double(wide: costs[one][group] - costs[other][group]) / scale
    }
    let rows = groups.reduce(0) { $0 + Double(counts[$1]) }
    let mean = differences.reduce(0, +) / rows
    return zip(groups, differences).map { $1 - mean * Double(counts[$0]) }
  }
}
