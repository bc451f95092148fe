/// The share of a workload's rows a policy must cover to be compared, as an exact fraction.
package struct CoverageShare: Sendable, Equatable {
  package let millionths: Int128

  /// 0.95, the default of `--min-coverage`.
  package static let standard = CoverageShare(unchecked: 950_000)

  /// Every query.
  package static let all = CoverageShare(unchecked: 1_000_000)

  /// Any query will do.
  package static let none = CoverageShare(unchecked: 0)

  private init(unchecked millionths: Int128) { self.millionths = millionths }

  /// Reads decimal text from 0 to 1, exact to six places.
  package init?(decimal text: String) {
    guard let value = FixedPoint.scaled(text, places: 6), (0...1_000_000).contains(value) else { return nil }
    millionths = value
  }

  func isReached(by covered: Int, of total: Int) -> Bool {
    Int128(covered) * 1_000_000 >= millionths * Int128(total)
  }
}

/// The outcomes of a set of policies on one workload (Scheme.md, "Coverage").
package struct WorkloadReplay: Sendable {
  package let workload: Workload
  package let policies: [Policy]
  /// By policy, over all rows of the workload.
  package let outcomes: [PolicyOutcomes]
  /// What was billed on the compared rows, by policy; of policies that are not kept, on the rows covered.
  package internal(set) var ledgers: [Ledger]
  /// Rows each policy covers.
  package let covered: [Int]
  /// Whether each policy covers enough rows to be compared.
  package private(set) var kept: [Bool] = []
  /// Offsets of the rows that every kept policy covers, ascending; all kept policies are compared on these.
  package private(set) var compared: [Int] = []
  /// Offsets of the rows that are asked about: all, or those of the workloads pooled in this one.
  package private(set) var parts: [Range<Int>]

  init(workload: Workload, policies: [Policy], outcomes: [PolicyOutcomes], ledgers: [Ledger]) {
    self.workload = workload
    self.policies = policies
    self.outcomes = outcomes
    self.ledgers = ledgers
    covered = self.outcomes.map { outcome in outcome.gaps.count { $0.isCovered } }
    parts = [0..<workload.rows.count]
  }

  /// Rows that are asked about.
  package var rowCount: Int { parts.reduce(0) { $0 + $1.count } }

  /// - Parameter parts: where several workloads are pooled, their rows: a policy is kept when it covers
  ///   enough of each, and no other row is compared.
  mutating func compare(minCoverage: CoverageShare, parts pooled: [Range<Int>]? = nil) {
    let rows = workload.rows.count
    if let pooled { parts = pooled }
    kept = outcomes.indices.map { index in
      parts.allSatisfy { part in
        let count =
          part.count == rows ? covered[index] : part.count { outcomes[index].gaps[$0].isCovered }
        return count > 0 && minCoverage.isReached(by: count, of: part.count)
      }
    }
    let counted = outcomes.indices.filter { kept[$0] && covered[$0] < rows }
    compared =
      kept.contains(true)
      ? parts.flatMap { part in
        part.filter { row in counted.allSatisfy { outcomes[$0].gaps[row].isCovered } }
      } : []
  }
}

/// What one policy scored, cost and took, by row of a workload.
package struct PolicyOutcomes: Sendable {
  /// Millionths; 0 on rows with a gap.
  package let scores: BlockedColumn<Int32>
  /// In the price table's units; 0 on rows with a gap.
  package let costs: BlockedColumn<Int128>
  /// Microseconds; −1 where unknown.
  package let latencies: BlockedColumn<Int64>
  package let gaps: BlockedColumn<Gap>
  /// Rows in which a call that was used failed.
  package let failed: BlockedColumn<Bool>
  /// Rows in which an adaptive policy took the smaller k; `nil` where k is fixed.
  package let stopped: BlockedColumn<Bool>?

  init(_ blocks: [BlockOutcomes], blockRows: Int) {
    scores = BlockedColumn(blocks.map(\.scores), blockRows: blockRows)
    costs = BlockedColumn(blocks.map(\.costs), blockRows: blockRows)
    latencies = BlockedColumn(blocks.map(\.latencies), blockRows: blockRows)
    gaps = BlockedColumn(blocks.map(\.gaps), blockRows: blockRows)
    failed = BlockedColumn(blocks.map(\.failed), blockRows: blockRows)
    let isAdaptive = blocks.contains { !$0.stopped.isEmpty }
    stopped = isAdaptive ? BlockedColumn(blocks.map(\.stopped), blockRows: blockRows) : nil
  }
}
