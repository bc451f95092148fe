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
    guard let ranks = RankedTimes(microseconds, weights: weights) else { return nil }
    mean = Double(ranks.total) / Double(ranks.count) / 1e6
    p50 = Double(ranks.percentile(50)) / 1e6
    p95 = Double(ranks.percentile(95)) / 1e6
    p99 = Double(ranks.percentile(99)) / 1e6
  }
}

/// Times counted in bins of equal width, so that only the bin of a percentile is ever sorted.
private struct RankedTimes {
  private static let bins = 4096

  private let times: [Int64]
  private let weights: [Int64]?
  private let least: Int64
  /// A time's bin is (time − least) >> shift.
  private let shift: Int64
  private var counts = [Int128](repeating: 0, count: bins)
  private(set) var count: Int128 = 0
  private(set) var total: Int128 = 0

  init?(_ times: [Int64], weights: [Int64]?) {
    guard let least = times.min(), let most = times.max(), least >= 0 else { return nil }
    self.times = times
    self.weights = weights
    self.least = least
    shift = Int64(max(0, Int64.bitWidth - (most - least).leadingZeroBitCount - 12))
    for (place, time) in times.enumerated() {
      let weight = Int128(weights?[place] ?? 1)
      counts[bin(time)] += weight
      count += weight
      total += Int128(time) * weight
    }
  }

  private func bin(_ time: Int64) -> Int { Int((time - least) &>> shift) }

  /// The smallest time that at least that share of the rows does not exceed.
  func percentile(_ percent: Int128) -> Int64 {
    var below: Int128 = 0
    let wanted = counts.firstIndex { here in
      if (below + here) * 100 >= percent * count { return true }
      below += here
      return false
    }
    let places = times.indices.filter { bin(times[$0]) == wanted }.sorted { times[$0] < times[$1] }
    let place = places.first { place in
      below += Int128(weights?[place] ?? 1)
      return below * 100 >= percent * count
    }
    return times[place ?? places[places.count - 1]]
  }
}
