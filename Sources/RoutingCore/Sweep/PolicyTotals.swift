/// What one policy adds up to on rows that are compared.
struct PolicyTotals: Sendable {
  /// Millionths.
  var score: Int128 = 0
  /// In the price table's units.
  var cost: Int128 = 0
  /// Whether every row scores 0 or 1.
  var isBinary = true
  var ledger: Ledger
  /// Rows in which a call that was used failed.
  var failures = 0
  /// Rows in which an adaptive policy takes the smaller k; `nil` where k is fixed.
  var stopped: Int?
  var times = TimeColumn()

  init(payers: Int) { ledger = Ledger(payers: payers) }

  /// Adds rows of a block.
  ///
  /// - Parameter before: another policy's totals and outcomes on the same rows, whose times may be the same.
  mutating func add(
    _ outcomes: BlockOutcomes, _ billed: Ledger, before: (outcomes: BlockOutcomes, totals: PolicyTotals)?
  ) {
    for value in outcomes.scores {
      score += Int128(value)
      if value != 0, value != Score.unit { isBinary = false }
    }
    for value in outcomes.costs { cost += value }
    ledger += billed
    for hasFailed in outcomes.failed where hasFailed { failures += 1 }
    if !outcomes.stopped.isEmpty { stopped = (stopped ?? 0) + outcomes.stopped.count { $0 } }
    if let before, before.outcomes.latencies == outcomes.latencies {
      times.append(lastOf: before.totals.times, count: outcomes.latencies.count)
    } else {
      times.append(outcomes.latencies)
    }
  }

  static func += (left: inout PolicyTotals, right: PolicyTotals) {
    left.score += right.score
    left.cost += right.cost
    left.isBinary = left.isBinary && right.isBinary
    left.ledger += right.ledger
    left.failures += right.failures
    if let other = right.stopped { left.stopped = (left.stopped ?? 0) + other }
    left.times += right.times
  }
}
