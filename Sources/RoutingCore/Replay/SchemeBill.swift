/// What one policy's walk through a block costs and how long it takes: stage by stage, column by column.
///
/// A policy's latency is added up here: the stages wait for each other, each for its slowest call. When one stream gets
/// where is in `StreamTiming`, what streaming on changes in `Streams`.
struct SchemeBill {
  /// In the price table's units; 0 where not covered.
  private(set) var costs: ContiguousArray<Int128>
  /// Microseconds; −1 where unknown.
  private(set) var latencies: ContiguousArray<Int64>
  /// Why a row that was walked through cannot be billed.
  private(set) var gaps: ContiguousArray<Gap>
  private(set) var ledger: Ledger
  /// Rows that enter the ledger.
  private var counts: ContiguousArray<Bool>

  /// - Parameter counted: rows that enter the ledger if they are covered.
  init(
    _ walk: SchemeWalk, boots: BootColumn, completions: CompletionColumn, counted: (Int) -> Bool
  ) {
    let scope = walk.scope
    gaps = walk.gaps
    ledger = Ledger(payers: scope.trace.payers.count)
    costs = boots.costs
    latencies = boots.times
    counts = .init(repeating: false, count: gaps.count)
    let streams = Streams(walk, boots)
    for offset in gaps.indices where gaps[offset].isCovered {
      if let streams, streams.lackTimings(walk, offset) { gaps[offset] = Gap(.noTimings) }
    }
    for offset in gaps.indices where gaps[offset].isCovered { counts[offset] = counted(offset) }
    addBoots(scope, boots)
    addRankings(scope, walk.firstRanking)
    addCompletions(walk, completions, streams)
    if let streams { addLosers(walk, streams) }
    for (place, step) in walk.steps.enumerated() {
      if place > 0 {
        addRankings(scope, step.rankings)
        addRefinements(walk, step)
      }
      add(scope, scope.trace.merges.calls, step.merges, stage: .merge)
    }
    for offset in gaps.indices where !gaps[offset].isCovered { costs[offset] = 0 }
  }

  private mutating func wait(_ offset: Int, _ time: Int64) {
    latencies[offset] = latencies[offset] < 0 || time < 0 ? -1 : latencies[offset] + time
  }

  /// One recorded call per row at most; −1 = none.
  private mutating func add(
    _ scope: BlockScope, _ calls: CallColumns, _ entries: ContiguousArray<Int32>, stage: Stage,
    isBilled: Bool = true
  ) {
    guard calls.count > 0 else { return }
    for offset in gaps.indices where entries[offset] >= 0 && gaps[offset].isCovered {
      let entry = Int(entries[offset])
      wait(offset, calls.duration[entry])
      if isBilled { charge(scope, calls, entry, offset, stage: stage) }
    }
  }

  private mutating func charge(
    _ scope: BlockScope, _ calls: CallColumns, _ entry: Int, _ offset: Int, stage: Stage,
    cut: Int32 = .max
  ) {
    let usage = scope.billing.usage(calls, entry, cut: cut, costs: scope.trace.recordedCosts)
    let payer = Int(calls.payer[entry])
    costs[offset] += usage.cost(at: scope.prices.rates[payer])
    if counts[offset] { ledger.add(usage, stage: stage, payer: payer) }
  }

  /// The paper's formula leaves the selector out.
  private mutating func addRankings(_ scope: BlockScope, _ entries: ContiguousArray<Int32>) {
    add(
      scope, scope.trace.rankings.calls, entries, stage: .selection,
      isBilled: scope.billing.accounting == .billed)
  }

  private mutating func addCompletions(
    _ walk: SchemeWalk, _ completions: CompletionColumn, _ streams: Streams?
  ) {
    let (width, walkWidth) = (completions.width, walk.width)
    let hasRecorded = !completions.recorded.isEmpty
    let (gaps, counts) = (gaps, counts)
    let chosen = walk.chosen.span
    let chosenCounts = walk.chosenCounts.span
    let prices = completions.costs.span
    let tokens = completions.tokens.span
    let times = completions.times.span
    var totals = ContiguousArray<SIMD4<Int64>>(repeating: .zero, count: width)
    var recorded = ContiguousArray<Int128>(repeating: 0, count: width)
    for offset in gaps.indices where gaps[offset].isCovered {
      var slowest: Int64 = 0
      var cost: Int128 = 0
      for place in offset * walkWidth..<offset * walkWidth + Int(chosenCounts[offset]) {
        let candidate = Int(chosen[place])
        let index = offset * width + candidate
        cost &+= prices[index]
        if counts[offset] {
          totals[candidate] &+= SIMD4<Int64>(truncatingIfNeeded: tokens[index])
          if hasRecorded { recorded[candidate] += completions.recorded[index] }
        }
        var time = times[index]
        if let streams { time = streams.rest(time, walk, offset, candidate) }
        slowest = slowest < 0 || time < 0 ? -1 : max(slowest, time)
      }
      costs[offset] += cost
      let waited = latencies[offset]
      latencies[offset] = waited < 0 || slowest < 0 ? -1 : waited + slowest
    }
    for candidate in totals.indices {
      let sum = totals[candidate]
      ledger.add(
        Usage(input: sum[0], cachedInput: sum[1], output: sum[2], recorded: recorded[candidate]),
        stage: .completion, payer: candidate)
    }
  }

  /// Cancelled streams bill what they wrote until the ranking was known.
  private mutating func addLosers(_ walk: SchemeWalk, _ streams: Streams) {
    let scope = walk.scope
    guard scope.billing.accounting == .billed else { return }
    let calls = scope.trace.responses
    let cut = walk.scheme.cut
    for offset in gaps.indices where gaps[offset].isCovered && walk.chosenCounts[offset] > 0 {
      for candidate in streams.losers(walk, offset) {
        let entry = scope.response(offset, candidate)
        guard calls.output[entry] > cut else { continue }
        let written = StreamTiming(calls, entry).tokensWritten(by: streams.selected[offset], beyond: cut)
        let usage = Usage(output: Int64(written))
        costs[offset] += usage.cost(at: scope.prices.rates[candidate])
        if counts[offset] { ledger.add(usage, stage: .completion, payer: candidate) }
      }
    }
  }

  private mutating func addRefinements(_ walk: SchemeWalk, _ step: LayerStep) {
    let scope = walk.scope
    let calls = scope.trace.refinements.calls
    let cut = walk.scheme.billedCut(layer: step.layer)
    for offset in gaps.indices where gaps[offset].isCovered {
      var slowest: Int64 = 0
      for place in 0..<Int(step.counts[offset]) {
        let entry = Int(step.refinements[offset * walk.width + place])
        guard entry >= 0 else { continue }
        charge(scope, calls, entry, offset, stage: .refinement, cut: cut)
        let time = calls.duration[entry]
        slowest = slowest < 0 || time < 0 ? -1 : max(slowest, time)
      }
      wait(offset, slowest)
    }
  }

  /// The boots are billed alike by every policy, so their sum is shared where every row counts.
  private mutating func addBoots(_ scope: BlockScope, _ boots: BootColumn) {
    guard boots.cut > 0, scope.billing.accounting == .billed else { return }
    if counts.allSatisfy({ $0 }) {
      ledger += boots.ledger
      return
    }
    for offset in gaps.indices where counts[offset] {
      for candidate in scope.active(offset) {
        let usage = BootColumn.usage(scope, offset, candidate, cut: boots.cut)
        ledger.add(usage, stage: .boot, payer: candidate)
      }
    }
  }
}
