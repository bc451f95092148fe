/// The compared queries of a workload in recorded order, cut into windows.
///
/// A *place* is a position in this order.
struct RollingSequence: Sendable {
  /// Offsets in the workload, by place.
  let offsets: [Int]
  /// Places of each window; the last may be shorter.
  let windows: [Range<Int>]
  /// Places that are checked, by window, ascending.
  let checked: [[Int]]

  /// Sets the checks apart from bootstrap weights and random rankings.
  private static let attempt: UInt32 = 0x4000_0000

  /// - Parameter compared: offsets in the workload; each has an ordinal. Equal ordinals keep the trace's order.
  init(_ workload: Workload, compared: [Int], in trace: Trace, _ request: RollingRequest, seed: UInt64) {
    func ordinal(_ offset: Int) -> Int64 { trace.rows.ordinal[workload.rows.lowerBound + offset] ?? .max }
    let offsets = compared.sorted { (ordinal($0), $0) < (ordinal($1), $1) }
    let windows = stride(from: 0, to: offsets.count, by: request.window).map {
      $0..<min($0 + request.window, offsets.count)
    }
    let draws = Philox(seed: seed)
    func draw(_ place: Int) -> UInt64 {
      let key = trace.rows.queryKey[workload.rows.lowerBound + offsets[place]]
      return draws.bits(item: key, draw: 0, attempt: Self.attempt)
    }
    checked = windows.map { window in
      let drawn = window.map { (draw: draw($0), place: $0) }.sorted { $0 < $1 }
      return drawn.prefix(request.checks ?? 0).map(\.place).sorted()
    }
    self.offsets = offsets
    self.windows = windows
  }

  /// Places whose outcomes are known when a window begins: of the windows before it, as far as is remembered.
  func seen(before window: Int, _ request: RollingRequest) -> [Int] {
    (max(0, window - request.memory)..<window).flatMap { past in
      request.checks == nil ? Array(windows[past]) : checked[past]
    }
  }
}
