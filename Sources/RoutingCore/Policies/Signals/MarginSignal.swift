/// Difference of the scores that a recorded ranking gave its first two candidates, in millionths of their unit.
enum MarginSignal {
  static func read(_ trace: Trace, _ ranking: RankingColumn, _ offset: Int) -> SignalReading {
    let entry = Int(ranking.entries[offset])
    guard entry >= 0, !trace.orders.scores.isEmpty else { return .unknown(Gap(.noRankingScores, 1)) }
    let start = Int(trace.orders.start[entry])
    let (first, second) = (trace.orders.scores[start], trace.orders.scores[start + 1])
    guard first != .min, second != .min else { return .unknown(Gap(.noRankingScores, 1)) }
    let (difference, overflow) = first.subtractingReportingOverflow(second)
    return .known(overflow ? (first > second ? .max : .min) : difference)
  }
}
