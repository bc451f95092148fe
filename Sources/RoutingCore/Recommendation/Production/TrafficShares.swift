/// What each workload is of the traffic, for questions about all of them together.
package struct TrafficShares: Sendable, Equatable {
  /// One workload.
  package struct Part: Sendable, Equatable {
    package let workload: String
    /// Rows of the trace.
    package let rows: Range<Int>
    /// Above 0; the shares of all parts sum to 1.
    package let share: Double
  }

  /// In the order of the trace.
  package let parts: [Part]

  /// - Parameter shares: by workload, summing to 1; workloads without any traffic are left out.
  package init(_ workloads: [Workload], shares: [String: Double]) {
    parts = workloads.compactMap { workload in
      guard let share = shares[workload.name], share > 0 else { return nil }
      return Part(workload: workload.name, rows: workload.rows, share: share)
    }
  }

  /// How often each of the rows counts, so that each part weighs its share; `nil` where all count the same.
  ///
  /// Integers, so that sums stay exact; a row of average weight counts a million times.
  func weights(ofRows rows: [Int]) -> [Int64]? {
    var counts = [Int](repeating: 0, count: parts.count)
    let places = rows.map { row in parts.firstIndex { $0.rows.contains(row) } ?? 0 }
    for place in places { counts[place] += 1 }
    let weights = zip(parts, counts).map { part, count in
      Self.weight(part.share, of: rows.count, over: count, unit: 1_000_000)
    }
    guard Set(places.map { weights[$0] }).count > 1 else { return nil }
    return places.map { weights[$0] }
  }

  /// How often each row of a trace counts where means over all workloads are taken to choose by; 0 for
  /// workloads without traffic.
  func traffic(rows: Int) -> ContiguousArray<Int64> {
    let total = parts.reduce(0) { $0 + $1.rows.count }
    var traffic = ContiguousArray<Int64>(repeating: 0, count: rows)
    for part in parts {
      let weight = Self.weight(part.share, of: total, over: part.rows.count, unit: 1000)
      for row in part.rows { traffic[row] = weight }
    }
    return traffic
  }

  private static func weight(_ share: Double, of total: Int, over count: Int, unit: Double) -> Int64 {
    guard count > 0 else { return 0 }
    return max(1, Int64((share * Double(total) / Double(count) * unit).rounded()))
  }
}

extension Trace {
  /// All rows as one workload: what is chosen from means, `prior` included, is chosen over all workloads by
  /// their traffic. `SweepRunner.evidence` takes the same shares.
  package func pooled(as name: String, _ shares: TrafficShares) -> Trace {
    pooled(as: name, traffic: shares.traffic(rows: rows.count))
  }
}
