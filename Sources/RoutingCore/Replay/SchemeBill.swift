/// What one policy's walk through a block costs and how long it takes.
struct SchemeBill {
  private let walk: SchemeWalk
  private let boots: BootColumn
  /// In the price table's units; rows with a gap keep 0.
  private(set) var costs: ContiguousArray<Int128>
  /// Microseconds; −1 where unknown.
  private(set) var latencies: ContiguousArray<Int64>
  /// Why a row that was walked through cannot be billed.
  private(set) var gaps: ContiguousArray<Gap>
  private(set) var ledger: Ledger

  private var scope: BlockScope { walk.scope }
  private var scheme: ResolvedScheme { walk.scheme }

  /// - Parameter counted: rows that enter the ledger.
  init(_ walk: SchemeWalk, boots: BootColumn, counted: (Int) -> Bool) {
    self.walk = walk
    self.boots = boots
    gaps = walk.gaps
    costs = .init(repeating: 0, count: walk.gaps.count)
    latencies = .init(repeating: 0, count: walk.gaps.count)
    ledger = Ledger(payers: walk.scope.trace.payers.count)
    var everyRowCounts = true
    for offset in gaps.indices {
      guard gaps[offset].isCovered else {
        everyRowCounts = false
        continue
      }
      let counts = counted(offset)
      var row = RowBill(counts: counts)
      bill(offset, &row)
      if gaps[offset].isCovered { latencies[offset] = row.latency }
      if !counts || !gaps[offset].isCovered { everyRowCounts = false }
    }
    addBoots(everyRow: everyRowCounts, counted: counted)
  }

  /// Running totals of one row.
  private struct RowBill {
    let counts: Bool
    var latency: Int64 = 0

    /// Adds a stage's time; an unknown one makes the whole unknown.
    mutating func wait(_ time: Int64) { latency = latency < 0 || time < 0 ? -1 : latency + time }
  }

  private mutating func bill(_ offset: Int, _ row: inout RowBill) {
    let isBooted = scheme.cut > 0
    if lacksTimings(offset) {
      gaps[offset] = Gap(.noTimings)
      return
    }
    if isBooted {
      costs[offset] += boots.costs[offset]
      row.wait(boots.times[offset])
    }
    let ranking = Int(walk.firstRanking[offset])
    billRanking(offset, ranking, &row)
    if isBooted, scheme.layers >= 2, !scheme.isProgressive {
      billCompletions(offset, ranking, &row)
    } else {
      billUncontinued(offset, isBooted: isBooted, &row)
    }
    for step in walk.steps {
      if step.layer > walk.steps[0].layer {
        billRanking(offset, Int(step.rankings[offset]), &row)
        billRefinements(offset, step, &row)
      }
      if step.merges[offset] >= 0 {
        billCall(offset, scope.trace.merges.calls, Int(step.merges[offset]), stage: .merge, &row)
        row.wait(scope.trace.merges.calls.duration[Int(step.merges[offset])])
      }
    }
  }

  private mutating func charge(
    _ usage: Usage, _ offset: Int, stage: Stage, payer: Int, _ row: RowBill
  ) {
    costs[offset] += usage.cost(at: scope.prices.rates[payer])
    if row.counts { ledger.add(usage, stage: stage, payer: payer) }
  }

  private mutating func billCall(
    _ offset: Int, _ calls: CallColumns, _ entry: Int, cut: Int32 = .max, stage: Stage, _ row: inout RowBill
  ) {
    let usage = scope.billing.usage(calls, entry, cut: cut, costs: scope.trace.recordedCosts)
    charge(usage, offset, stage: stage, payer: Int(calls.payer[entry]), row)
  }

  private mutating func billRanking(_ offset: Int, _ entry: Int, _ row: inout RowBill) {
    guard entry >= 0 else { return }
    let calls = scope.trace.rankings.calls
    row.wait(calls.duration[entry])
    if scope.billing.accounting == .billed { billCall(offset, calls, entry, stage: .selection, &row) }
  }

  private mutating func billRefinements(_ offset: Int, _ step: LayerStep, _ row: inout RowBill) {
    let calls = scope.trace.refinements.calls
    let cut = scheme.billedCut(layer: step.layer)
    var slowest: Int64 = 0
    for place in 0..<Int(step.counts[offset]) {
      let entry = Int(step.refinements[offset * walk.width + place])
      guard entry >= 0 else { return }
      billCall(offset, calls, entry, cut: cut, stage: .refinement, &row)
      let time = calls.duration[entry]
      slowest = slowest < 0 || time < 0 ? -1 : max(slowest, time)
    }
    row.wait(slowest)
  }

  /// Answers that are used as booted, or made in one call because nothing was booted.
  private mutating func billUncontinued(_ offset: Int, isBooted: Bool, _ row: inout RowBill) {
    guard !isBooted || scope.billing.accounting == .paper else { return }
    let calls = scope.trace.responses
    var slowest: Int64 = 0
    for place in 0..<Int(walk.chosenCounts[offset]) {
      let entry = scope.response(offset, Int(walk.chosen[offset * walk.width + place]))
      billCall(offset, calls, entry, cut: isBooted ? scheme.cut : .max, stage: .completion, &row)
      let time = StreamTiming(calls, entry).bootTime(cut: .max)
      slowest = slowest < 0 || time < 0 ? -1 : max(slowest, time)
    }
    if !isBooted { row.wait(slowest) }
  }

  private mutating func billCompletions(_ offset: Int, _ ranking: Int, _ row: inout RowBill) {
    let calls = scope.trace.responses
    let streams = scheme.continuation == .stream
    let selected = streams ? moment(offset, ranking) : -1
    var slowest: Int64 = 0
    for place in 0..<Int(walk.chosenCounts[offset]) {
      let candidate = Int(walk.chosen[offset * walk.width + place])
      let entry = scope.response(offset, candidate)
      let time = completionTime(calls, entry, candidate, selected: selected)
      slowest = slowest < 0 || time < 0 ? -1 : max(slowest, time)
      billWinner(offset, calls, entry, candidate, row)
    }
    row.wait(slowest)
    // A row whose selection failed has no winners and no losers to cancel.
    if streams, walk.chosenCounts[offset] > 0 { billLosers(offset, selected, row) }
  }

  private mutating func billWinner(
    _ offset: Int, _ calls: CallColumns, _ entry: Int, _ candidate: Int, _ row: RowBill
  ) {
    let billing = scope.billing
    if billing.accounting == .paper {
      charge(billing.usage(calls, entry, costs: []), offset, stage: .completion, payer: candidate, row)
    } else if calls.output[entry] > scheme.cut {
      let usage =
        scope.trace.restarting.contains(candidate)
        ? billing.restartInFull(calls, entry)
        : billing.completion(calls, entry, cut: scheme.cut, by: scheme.continuation)
      charge(usage, offset, stage: .completion, payer: candidate, row)
    }
  }

  /// Whether cancelled streams cannot be billed: some loser writes on, and when the ranking was known is not.
  private func lacksTimings(_ offset: Int) -> Bool {
    guard scheme.continuation == .stream, scheme.layers >= 2, !scheme.isProgressive, scheme.cut > 0,
      scope.billing.accounting == .billed, walk.chosenCounts[offset] > 0,
      moment(offset, Int(walk.firstRanking[offset])) < 0
    else { return false }
    return losers(offset).contains { scope.trace.responses.output[scope.response(offset, $0)] > scheme.cut }
  }

  /// Active candidates that were not chosen and whose streams are cancelled.
  private func losers(_ offset: Int) -> CandidateSet {
    var rest = scope.active(offset).bits & ~scope.trace.restarting.bits
    for place in 0..<Int(walk.chosenCounts[offset]) {
      rest &= ~(1 << UInt64(walk.chosen[offset * walk.width + place]))
    }
    return CandidateSet(bits: rest)
  }

  /// When the ranking is known: T_sel = max_j boot_time_j + selector_time; −1 where unknown.
  private func moment(_ offset: Int, _ ranking: Int) -> Int64 {
    let selecting = ranking < 0 ? 0 : scope.trace.rankings.calls.duration[ranking]
    return boots.times[offset] < 0 || selecting < 0 ? -1 : boots.times[offset] + selecting
  }

  private func completionTime(_ calls: CallColumns, _ entry: Int, _ candidate: Int, selected: Int64) -> Int64
  {
    let timing = StreamTiming(calls, entry)
    if scheme.cut == .max { return 0 }
    let restarts = scheme.continuation == .restart || scope.trace.restarting.contains(candidate)
    if restarts || scheme.continuation != .stream {
      guard timing.output > scheme.cut else { return 0 }
      return restarts ? timing.bootTime(cut: .max) : timing.remainingTime(cut: scheme.cut)
    }
    let done = timing.bootTime(cut: .max)
    return done < 0 || selected < 0 ? -1 : max(0, done - selected)
  }

  /// Cancelled streams bill what they wrote until the ranking was known.
  private mutating func billLosers(_ offset: Int, _ selected: Int64, _ row: RowBill) {
    guard scope.billing.accounting == .billed else { return }
    let calls = scope.trace.responses
    for candidate in losers(offset) {
      let entry = scope.response(offset, candidate)
      guard calls.output[entry] > scheme.cut else { continue }
      let written = StreamTiming(calls, entry).tokensWritten(by: selected, beyond: scheme.cut)
      charge(Usage(output: Int64(written)), offset, stage: .completion, payer: candidate, row)
    }
  }

  /// The boots are billed alike by every policy, so their sum is shared where every row counts.
  private mutating func addBoots(everyRow: Bool, counted: (Int) -> Bool) {
    guard scheme.cut > 0, scope.billing.accounting == .billed else { return }
    if everyRow {
      ledger += boots.ledger
      return
    }
    for offset in gaps.indices where gaps[offset].isCovered && counted(offset) {
      for (candidate, usage) in BootColumn.usage(scope, offset, cut: scheme.cut) {
        ledger.add(usage, stage: .boot, payer: candidate)
      }
    }
  }
}
