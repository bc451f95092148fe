/// Ranks by each candidate's mean score on the *other folds* of the same workload, never on the query
/// itself (Scheme.md, "Selectors"). Starts only the chosen candidates.
struct PriorSelector: CandidateSelector {
  static let entry = SelectorEntry(
    name: "prior", argument: .none, needsPrefixes: false, isBound: false, learnsFromOtherQueries: true
  ) { (_, trace, options) in PriorSelector(trace, excludesFailures: options.excludesFailures) }

  /// Place of each candidate, larger is better, by workload, fold and pool position; −1 without a score.
  private let places: [[[Int64]]]
  private let workloadStarts: [Int]

  /// - Parameter excludesFailures: a failed call tells nothing of a candidate, instead of scoring 0.
  init(_ trace: Trace, excludesFailures: Bool) {
    places = trace.workloads.map { workload in
      let totals = FoldTotals(trace, workload, excludesFailures: excludesFailures)
      return (0..<Int(IdentityDigest.folds)).map { totals.places(without: $0) }
    }
    workloadStarts = trace.workloads.map(\.rows.lowerBound)
  }

  func rank(_ scope: RankingScope, into column: inout RankingColumn) {
    // A block never spans workloads.
    let workload = (workloadStarts.lastIndex { $0 <= scope.rows.lowerBound }) ?? 0
    for (offset, row) in scope.rows.enumerated() where scope.members[offset].count > 1 {
      let fold = scope.trace.groups.fold[Int(scope.trace.rows.group[row])]
      let place = places[workload][Int(fold)]
      let members = scope.members[offset]
      if let candidate = members.first(where: { place[$0] < 0 }) {
        column.fail(offset, Gap(.noPrior, candidate))
      } else {
        column.rank(offset, members) { place[$0] }
      }
    }
  }
}

/// Sums and counts of every candidate's scores, by fold.
struct FoldTotals {
  private var sums: [[Int64]]
  private var counts: [[Int64]]
  private let poolCount: Int

  init(_ trace: Trace, _ workload: Workload, excludesFailures: Bool) {
    poolCount = trace.poolCount
    sums = Array(repeating: Array(repeating: 0, count: trace.poolCount), count: Int(IdentityDigest.folds))
    counts = sums
    for row in workload.rows {
      let weight = trace.traffic.isEmpty ? 1 : trace.traffic[row]
      let fold = Int(trace.groups.fold[Int(trace.rows.group[row])])
      for candidate in 0..<poolCount {
        let entry = row * trace.candidates.count + candidate
        let score = trace.responses.score[entry]
        let isLeftOut = excludesFailures && trace.responses.flags[entry].contains(.failed)
        if score >= 0, !isLeftOut {
          sums[fold][candidate] += weight * Int64(score)
          counts[fold][candidate] += weight
        }
      }
    }
  }

  /// Places by exact mean over all folds, or all but one: the better, the larger; equal means share a place;
  /// −1 without a score.
  func places(without fold: Int? = nil) -> [Int64] {
    let others = sums.indices.filter { $0 != fold }
    let totals = (0..<poolCount).map { candidate in
      (
        sum: Int128(others.reduce(0) { $0 + sums[$1][candidate] }),
        count: Int128(others.reduce(0) { $0 + counts[$1][candidate] })
      )
    }
    return totals.map { own in
      guard own.count > 0 else { return -1 }
      return Int64(totals.count { $0.count > 0 && $0.sum * own.count < own.sum * $0.count })
    }
  }
}
