/// Seconds per row: mean and nearest-rank percentiles.
package struct LatencySummary: Sendable, Equatable {
  package let mean: Double
  package let p50: Double
  package let p95: Double
  package let p99: Double

  /// `nil` when empty or when some time is unknown (−1).
  ///
  /// - Parameter weights: how often each counts, at least once; `nil` = once.
  package init?(microseconds: [Int64], weights: [Int64]? = nil) {
    self.init(RankedTimes(WeightedTimes(times: microseconds, weights: weights)))
  }

  /// `nil` when empty or when some time is unknown.
  init?(_ column: TimeColumn) {
    guard column.isKnown else { return nil }
    self.init(RankedTimes(column))
  }

  private init?<Times: TimeSequence>(_ ranked: RankedTimes<Times>?) {
    guard let ranked else { return nil }
    mean = Double(ranked.total) / Double(ranked.count) / 1e6
    p50 = Double(ranked.percentile(50)) / 1e6
    p95 = Double(ranked.percentile(95)) / 1e6
    p99 = Double(ranked.percentile(99)) / 1e6
  }
}

/// Times in microseconds, each with how often it counts.
private protocol TimeSequence {
  func forEachTime(_ body: (_ time: Int64, _ weight: Int64) -> Void)
}

private struct WeightedTimes: TimeSequence {
  let times: [Int64]
  let weights: [Int64]?

  func forEachTime(_ body: (Int64, Int64) -> Void) {
    for (place, time) in times.enumerated() { body(time, weights?[place] ?? 1) }
  }
}

extension TimeColumn: TimeSequence {
  fileprivate func forEachTime(_ body: (Int64, Int64) -> Void) { forEach { body($0, 1) } }
}

/// Times counted in bins of equal width, so that only the bin of a percentile is ever sorted.
private struct RankedTimes<Times: TimeSequence> {
  private let times: Times
  private let least: Int64
  /// A time's bin is (time − least) >> shift.
  private let shift: Int64
  private let counts: [Int128]
  let count: Int128
  let total: Int128

  init?(_ times: Times) {
    var (least, most) = (Int64.max, Int64.min)
    times.forEachTime { time, _ in
      least = min(least, time)
      most = max(most, time)
    }
    guard least >= 0, most >= least else { return nil }
    let origin = least
    let shift = Int64(max(0, Int64.bitWidth - (most - least).leadingZeroBitCount - 12))
    var counts = [Int128](repeating: 0, count: 1 << 12)
    var total: Int128 = 0
    times.forEachTime { time, weight in
      counts[Int((time - origin) &>> shift)] += Int128(weight)
      total += weight == 1 ? Int128(time) : Int128(time) * Int128(weight)
    }
    self.times = times
    self.least = least
    self.shift = shift
    self.counts = counts
    self.total = total
    count = counts.reduce(0, +)
  }

  /// The smallest time that at least that share of the rows does not exceed.
  func percentile(_ percent: Int128) -> Int64 {
    var below: Int128 = 0
    let wanted = counts.firstIndex { here in
      if (below + here) * 100 >= percent * count { return true }
      below += here
      return false
    }
    var inside: [(time: Int64, weight: Int64)] = []
    times.forEachTime { time, weight in
      if Int((time - least) &>> shift) == wanted { inside.append((time, weight)) }
    }
    inside.sort { $0.time < $1.time }
    let reached = inside.first { entry in
      below += Int128(entry.weight)
      return below * 100 >= percent * count
    }
    return (reached ?? inside[inside.count - 1]).time
  }
}
