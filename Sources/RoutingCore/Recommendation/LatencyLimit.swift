/// Whether policies keep a limit on their 95th percentile of latency; an unknown latency fails it.
package struct LatencyLimit {
  private let limit: Double?
  private let evidence: Evidence
  private let folds: [UInt8]

  package init(_ evidence: Evidence, trace: Trace, limit: Double?) {
    self.limit = limit
    self.evidence = evidence
    let first = evidence.replay.workload.rows.lowerBound
    folds = evidence.replay.compared.map { trace.groups.fold[Int(trace.rows.group[first + $0])] }
  }

  /// On all compared rows, or on those outside a fold.
  package func isMet(_ position: Int, without fold: UInt8?) -> Bool {
    guard let limit else { return true }
    return summary(position, without: fold).map { $0.p95 <= limit } ?? false
  }

  package func summary(_ position: Int, without fold: UInt8? = nil) -> LatencySummary? {
    let latencies = evidence.replay.outcomes[evidence.kept[position]].latencies
    let places = folds.indices.filter { folds[$0] != fold }
    return LatencySummary(
      microseconds: places.map { latencies[evidence.replay.compared[$0]] },
      weights: evidence.weights.map { weights in places.map { weights[$0] } })
  }

  /// For messages: the latency, where it is limited.
  func text(_ position: Int) -> String {
    guard limit != nil else { return "" }
    return summary(position).map { " with a p95 latency of \(Figures.short($0.p95, digits: 6)) s" }
      ?? " with an unknown latency"
  }
}
