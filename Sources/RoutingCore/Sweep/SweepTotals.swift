/// What a pass over a workload adds up: integers, so that neither blocks nor tasks change a bit of them.
struct SweepTotals: Sendable {
  /// Rows that each policy of the pass covers, and why it does not cover the others.
  private(set) var covered: [Int]
  private(set) var gaps: [[Gap: Int]]
  /// Rows that all policies of the pass cover; everything below is about these.
  private(set) var rows = 0
  /// Whether every row was added so far.
  private(set) var isWhole = true
  /// Whether some group has more than one of the rows.
  private(set) var repeatsGroups = false
  private(set) var policies: [PolicyTotals]
  /// Of the rows of each group, of every policy's scores, then of their costs.
  private(set) var replicates: ReplicateSums
  /// Of each candidate's full answers, on the rows and on all others.
  private(set) var inside: [ScoreMoments]
  private(set) var outside: [ScoreMoments]

  init(policies count: Int, replicates: ReplicateSums, trace: Trace) {
    covered = .init(repeating: 0, count: count)
    gaps = .init(repeating: [:], count: count)
    policies = .init(repeating: PolicyTotals(payers: trace.payers.count), count: count)
    self.replicates = replicates
    inside = .init(repeating: ScoreMoments(), count: trace.candidates.count)
    outside = inside
  }

  /// Counts the rows of a block that each policy covers.
  mutating func count(_ outcomes: [BlockOutcomes]) {
    for (place, outcome) in outcomes.enumerated() {
      var missed = 0
      for gap in outcome.gaps where !gap.isCovered {
        missed += 1
        gaps[place][gap, default: 0] += 1
      }
      covered[place] += outcome.gaps.count - missed
    }
  }

  /// Leaves rows out.
  mutating func leaveOut(_ rows: [Int], in trace: Trace) {
    isWhole = false
    Self.add(rows, in: trace, to: &outside)
  }

  /// Adds rows that all policies cover.
  ///
  /// - Parameters:
  ///   - rows: of the trace, of whole groups as far as they are compared.
  ///   - outcomes: of these rows; so are `ledgers`.
  mutating func add(_ rows: [Int], _ outcomes: [BlockOutcomes], _ ledgers: [Ledger], in trace: Trace) {
    guard !rows.isEmpty else { return }
    self.rows += rows.count
    Self.add(rows, in: trace, to: &inside)
    for place in outcomes.indices {
      let before = place > 0 ? (outcomes[place - 1], policies[place - 1]) : nil
      policies[place].add(outcomes[place], ledgers[place], before: before)
    }
    let grouped = GroupedRows(rows, in: trace)
    repeatsGroups = repeatsGroups || grouped.groups.count < rows.count
    var block = GroupBlock(
      keys: ContiguousArray(grouped.groups.map { trace.groups.key[Int($0)] }), columns: replicates.width)
    block.append(grouped.sums { _ in Int64(1) })
    for outcome in outcomes { block.append(grouped.sums { Int64(outcome.scores[$0]) }) }
    for outcome in outcomes {
      block.append(grouped.groups.count == rows.count ? outcome.costs : grouped.sums { outcome.costs[$0] })
    }
    replicates.add(block)
  }

  private static func add(_ rows: [Int], in trace: Trace, to moments: inout [ScoreMoments]) {
    let width = trace.candidates.count
    for row in rows {
      for candidate in 0..<width {
        let score = trace.responses.score[row * width + candidate]
        if score >= 0 { moments[candidate].add(score) }
      }
    }
  }

  /// Adds what another task found in other blocks.
  static func += (left: inout SweepTotals, right: SweepTotals) {
    for place in left.covered.indices {
      left.covered[place] += right.covered[place]
      left.gaps[place].merge(right.gaps[place], uniquingKeysWith: +)
      left.policies[place] += right.policies[place]
    }
    left.rows += right.rows
    left.isWhole = left.isWhole && right.isWhole
    left.repeatsGroups = left.repeatsGroups || right.repeatsGroups
    left.replicates += right.replicates
    for candidate in left.inside.indices {
      left.inside[candidate] += right.inside[candidate]
      left.outside[candidate] += right.outside[candidate]
    }
  }
}
