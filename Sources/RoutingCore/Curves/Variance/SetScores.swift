/// Scores of merged sets of candidates, row by row: the raw material of variance curves.
package struct SetScores: Sendable {
  private let trace: Trace
  private let aggregator: ResolvedAggregator
  /// The pool in the order in which ties of a merge fall.
  private let order: [Int]

  /// - Parameters:
  ///   - aggregator: an id such as `vote` or `recorded:judge`.
  ///   - selector: `static:…` for the order of the candidates; otherwise that of the pool.
  package init(trace: Trace, aggregator: String, selector: String?) throws(PolicyError) {
    self.trace = trace
    self.aggregator = try AggregatorRegistry.aggregator(aggregator, for: trace)
    let fixed = try selector.map { id throws(PolicyError) in
      try SelectorRegistry.selector(id, for: trace)
    }
    order = (fixed as? StaticSelector)?.order ?? Array(0..<trace.poolCount)
  }

  package var poolCount: Int { trace.poolCount }
  var isRecorded: Bool { if case .recorded = aggregator { true } else { false } }

  /// Rows on which every candidate of the pool is active and graded.
  func completeRows(of workload: Workload) -> [Int] {
    let everyone = CandidateSet(0..<trace.poolCount)
    return workload.rows.filter { row in
      trace.rows.active[row].bits & everyone.bits == everyone.bits
        && (0..<trace.poolCount).allSatisfy {
          trace.responses.score[row * trace.candidates.count + $0] >= 0
        }
    }
  }

  /// The score of a set's merge on each of `rows`, in millionths; −1 where it is not known.
  func scores(of set: CandidateSet, on rows: [Int]) -> ContiguousArray<Int32> {
    let members = order.filter { set.contains($0) }
    switch aggregator {
    case .recorded(let tool) where members.count > 1:
      let key = SetCallKey(tool: tool, layer: 2, cut: -1, members: set)
      return ContiguousArray(
        rows.map { row in
          let entry = trace.merges.index(row: row, key: key)
          return entry < 0 ? CallColumns.unknown : trace.merges.calls.score[entry]
        })
    case .recorded:
      return ContiguousArray(
        rows.map { trace.responses.score[$0 * trace.candidates.count + members[0]] })
    case .offline(let merging):
      var inputs = MergeInputs(rows: rows.count, stride: members.count)
      for (index, row) in rows.enumerated() {
        inputs.counts[index] = Int32(members.count)
        for (place, candidate) in members.enumerated() {
          let entry = row * trace.candidates.count + candidate
          inputs.answers[index * members.count + place] = trace.responses.answer[entry]
          inputs.scores[index * members.count + place] = trace.responses.score[entry]
        }
      }
      var scores = ContiguousArray<Int32>(repeating: CallColumns.unknown, count: rows.count)
      merging.merge(inputs, into: &scores)
      return scores
    }
  }

  /// Groups of `rows`, as runs: rows of one group are neighbours.
  func groups(of rows: [Int]) -> [Int] { rows.map { Int(trace.rows.group[$0]) } }

  /// Whether a row is the same query as the one before.
  func queries(of rows: [Int]) -> [UInt64] { rows.map { trace.rows.queryKey[$0] } }
}
