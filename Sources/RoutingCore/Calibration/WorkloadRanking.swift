/// How a selector orders the candidates of every row of a workload at one boot budget.
package struct WorkloadRanking {
  package let selector: String
  package let boot: BootBudget
  private let column: RankingColumn
  private let workload: Workload
  private let trace: Trace

  /// - Throws: `PolicyError` where the selector does not fit the trace.
  package init(selector: String, boot: BootBudget, workload: Workload, trace: Trace, seed: UInt64)
    throws(PolicyError)
  {
    self.selector = selector
    self.boot = boot
    self.workload = workload
    self.trace = trace
    let sets = ContiguousArray(trace.rows.active[workload.rows])
    var column = RankingColumn(rows: workload.rows.count, poolCount: trace.poolCount)
    let scope = RankingScope(
      trace: trace, rows: workload.rows, layer: 1, cut: boot.cut, members: sets, outputs: .responses)
    try SelectorRegistry.selector(selector, for: trace, options: SelectorOptions(seed: seed)).rank(
      scope, into: &column)
    column.rankLone(sets)
    self.column = column
  }

  /// The active candidates of the row at `offset`, best first; empty where the selector gives no order.
  package func order(_ offset: Int) -> ArraySlice<UInt8> {
    guard column.gaps[offset].isCovered else { return [] }
    let start = offset * column.stride
    let count = trace.rows.active[workload.rows.lowerBound + offset].count
    return Array(column.orders[start..<start + count])[...]
  }

  /// The entry of `Trace.rankings` that the row's order is taken from; −1 where it is none.
  func entry(_ offset: Int) -> Int { Int(column.entries[offset]) }

  /// Scores of the full answers in the selector's order, in millionths; −1 where not graded.
  package func rankedScores(_ offset: Int) -> [Int32] {
    let first = (workload.rows.lowerBound + offset) * trace.candidates.count
    return order(offset).map { trace.responses.score[first + Int($0)] }
  }

  /// Answers in the selector's order, as dense ids; −1 where none was extracted.
  func rankedAnswers(_ offset: Int) -> [Int32] {
    let first = (workload.rows.lowerBound + offset) * trace.candidates.count
    return order(offset).map { trace.responses.answer[first + Int($0)] }
  }
}
