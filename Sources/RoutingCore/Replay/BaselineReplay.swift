/// One model's full answers over a block of rows: the baselines `single:<model>` and `oracle`.
struct BaselineReplay {
  private(set) var outcomes: BlockOutcomes
  private(set) var ledger: Ledger

  /// - Parameters:
  ///   - pick: the candidate whose answer is used in a row, or why there is none.
  ///   - counted: rows that enter the ledger.
  init(_ scope: BlockScope, counted: (Int) -> Bool, pick: (Int) -> Result<Int, PickFailure>) {
    outcomes = BlockOutcomes(rows: scope.rows.count)
    ledger = Ledger(payers: scope.trace.payers.count)
    let stage = scope.billing.accounting == .paper ? Stage.completion : .boot
    for offset in 0..<scope.rows.count {
      let candidate: Int
      switch pick(offset) {
      case .success(let position): candidate = position
      case .failure(let failure):
        outcomes.gaps[offset] = failure.gap
        continue
      }
      let calls = scope.trace.responses
      let entry = scope.response(offset, candidate)
      let gap = scope.billing.gap(calls, entry, cut: .max, subject: candidate)
      guard gap.isCovered, calls.score[entry] >= 0 else {
        outcomes.gaps[offset] = gap.isCovered ? Gap(.noScore, candidate) : gap
        continue
      }
      let usage = scope.billing.usage(calls, entry, costs: scope.trace.recordedCosts)
      outcomes.scores[offset] = calls.score[entry]
      outcomes.costs[offset] = usage.cost(at: scope.prices.rates[candidate])
      outcomes.latencies[offset] = StreamTiming(calls, entry).bootTime(cut: .max)
      outcomes.failed[offset] = calls.flags[entry].contains(.failed)
      if counted(offset) { ledger.add(usage, stage: stage, payer: candidate) }
    }
  }

  /// Why a baseline has no answer to use.
  struct PickFailure: Error {
    let gap: Gap
  }

  /// The first active candidate with the highest score.
  static func best(_ scope: BlockScope, _ offset: Int) -> Result<Int, PickFailure> {
    let calls = scope.trace.responses
    var best = -1
    for candidate in scope.active(offset) {
      let entry = scope.response(offset, candidate)
      guard calls.flags[entry].contains(.present) else {
        return .failure(PickFailure(gap: Gap(.noResponse, candidate)))
      }
      guard calls.score[entry] >= 0 else { return .failure(PickFailure(gap: Gap(.noScore, candidate))) }
      if best < 0 || calls.score[entry] > calls.score[scope.response(offset, best)] { best = candidate }
    }
    return best < 0 ? .failure(PickFailure(gap: Gap(.noActiveCandidate))) : .success(best)
  }
}

/// The outcomes of one policy over a block of rows.
struct BlockOutcomes: Sendable {
  /// Millionths.
  var scores: ContiguousArray<Int32>
  /// In the price table's units.
  var costs: ContiguousArray<Int128>
  /// Microseconds; −1 where unknown.
  var latencies: ContiguousArray<Int64>
  var gaps: ContiguousArray<Gap>
  var failed: ContiguousArray<Bool>
  /// Whether an adaptive policy took the smaller k; empty where k is fixed.
  var stopped: ContiguousArray<Bool> = []

  init(rows: Int) {
    scores = .init(repeating: 0, count: rows)
    costs = .init(repeating: 0, count: rows)
    latencies = .init(repeating: 0, count: rows)
    gaps = .init(repeating: .covered, count: rows)
    failed = .init(repeating: false, count: rows)
  }
  /// The outcomes of some of the rows.
  func restricted(to offsets: [Int]) -> BlockOutcomes {
    var rows = BlockOutcomes(rows: 0)
    rows.scores = ContiguousArray(offsets.map { scores[$0] })
    rows.costs = ContiguousArray(offsets.map { costs[$0] })
    rows.latencies = ContiguousArray(offsets.map { latencies[$0] })
    rows.gaps = ContiguousArray(offsets.map { gaps[$0] })
    rows.failed = ContiguousArray(offsets.map { failed[$0] })
    if !stopped.isEmpty { rows.stopped = ContiguousArray(offsets.map { stopped[$0] }) }
    return rows
  }
}
