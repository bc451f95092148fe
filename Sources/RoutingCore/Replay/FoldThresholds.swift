/// Thresholds that are quantiles of a signal: for each fold over the queries of the others, never over its own
/// (Scheme.md, "Adaptive k").
struct FoldThresholds: Sendable {
  /// By quantile asked for, by fold; `nil` where no query of the others has the signal.
  private let values: [[Int64?]]

  /// - Parameter readings: by quantile asked for.
  init(_ readings: [[SignalSample]], shares: [Int64]) {
    values = zip(readings, shares).map { readings, share in
      let sorted = readings.sorted { $0.value < $1.value }
      return (0..<IdentityDigest.folds).map { fold in
        SignalSample.quantile(sorted.lazy.filter { $0.fold != fold }, share: share)
      }
    }
  }

  func value(_ position: Int, row: Int, of trace: Trace) -> Int64? {
    values[position][Int(trace.groups.fold[Int(trace.rows.group[row])])]
  }
}

/// The signal of one query.
struct SignalSample: Sendable {
  /// Millionths.
  let value: Int64
  let fold: UInt8
  /// How often the query counts.
  let weight: Int64

  /// The nearest-rank quantile of samples sorted by value: the first at which `share` millionths of the weight are
  /// reached; `nil` without samples.
  static func quantile(_ sorted: some Sequence<SignalSample>, share: Int64) -> Int64? {
    let total = sorted.reduce(Int128(0)) { $0 + Int128($1.weight) }
    var reached: Int128 = 0
    for sample in sorted where sample.weight > 0 {
      reached += Int128(sample.weight)
      if reached * 1_000_000 >= Int128(share) * total { return sample.value }
    }
    return nil
  }
}

extension QuantileRequest {
  /// The signal of the rows in which it is asked and known.
  ///
  /// - Parameters:
  ///   - signals: those of the replay; so are `rankings`.
  func samples(
    _ trace: Trace, _ rows: Range<Int>, signals: [SignalRequest], rankings: [PrefixRanking]
  ) -> [SignalSample] {
    let request = signals[signal]
    let ranking = rankings[request.ranking]
    let column = request.column(ranking.scope(trace, rows), ranking.column(trace, rows))
    return rows.enumerated().compactMap { offset, row in
      guard column.gaps[offset].isCovered, trace.rows.active[row].count > above else { return nil }
      return SignalSample(
        value: column.values[offset], fold: trace.groups.fold[Int(trace.rows.group[row])],
        weight: trace.traffic.isEmpty ? 1 : trace.traffic[row])
    }
  }
}
