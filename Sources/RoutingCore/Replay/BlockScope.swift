/// A block of rows of one workload, with what every policy replayed over it shares.
struct BlockScope {
  let trace: Trace
  let rows: Range<Int>
  let billing: Billing
  let prices: PriceTable

  func active(_ offset: Int) -> CandidateSet { trace.rows.active[rows.lowerBound + offset] }

  /// The entry of a candidate's full answer.
  func response(_ offset: Int, _ candidate: Int) -> Int {
    (rows.lowerBound + offset) * trace.candidates.count + candidate
  }

  /// Every row's active candidates.
  var activeSets: ContiguousArray<CandidateSet> { ContiguousArray(trace.rows.active[rows]) }
}
