/// The boots of a block of rows at one budget: every active candidate writes its prefix.
struct BootColumn {
  /// `BootBudget.cut`; 0 = nothing is booted.
  let cut: Int32
  /// By row of the block.
  private(set) var gaps: ContiguousArray<Gap>
  /// Whether some active candidate's call failed.
  private(set) var failed: ContiguousArray<Bool>
  /// In the price table's units.
  private(set) var costs: ContiguousArray<Int128>
  /// When the slowest prefix is written; −1 where unknown.
  private(set) var times: ContiguousArray<Int64>
  /// Over the rows without a gap.
  private(set) var ledger: Ledger

  init(_ scope: BlockScope, cut: Int32) {
    self.cut = cut
    let count = scope.rows.count
    gaps = .init(repeating: .covered, count: count)
    failed = .init(repeating: false, count: count)
    costs = .init(repeating: 0, count: count)
    times = .init(repeating: 0, count: count)
    ledger = Ledger(payers: scope.trace.payers.count)
    guard cut > 0 else { return }
    let calls = scope.trace.responses
    for offset in 0..<count { fill(offset, scope, calls) }
  }

  private mutating func fill(_ offset: Int, _ scope: BlockScope, _ calls: CallColumns) {
    let active = scope.active(offset)
    for candidate in active {
      let entry = scope.response(offset, candidate)
      let gap = scope.billing.bootGap(calls, entry, cut: cut, subject: candidate)
      guard gap.isCovered else {
        gaps[offset] = gap
        return
      }
      if calls.flags[entry].contains(.failed) { failed[offset] = true }
      let time = StreamTiming(calls, entry).bootTime(cut: cut)
      times[offset] = time < 0 || times[offset] < 0 ? -1 : max(times[offset], time)
    }
    guard scope.billing.accounting == .billed else { return }
    for candidate in active {
      let entry = scope.response(offset, candidate)
      let usage = scope.billing.usage(calls, entry, cut: cut, costs: scope.trace.recordedCosts)
      costs[offset] &+= usage.cost(at: scope.prices.rates[candidate])
      ledger.add(usage, stage: .boot, payer: candidate)
    }
  }

  /// What a candidate's boot bills in one row.
  static func usage(_ scope: BlockScope, _ offset: Int, _ candidate: Int, cut: Int32) -> Usage {
    scope.billing.usage(
      scope.trace.responses, scope.response(offset, candidate), cut: cut, costs: scope.trace.recordedCosts)
  }
}
