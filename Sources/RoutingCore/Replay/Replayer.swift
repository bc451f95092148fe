/// How policies are replayed, apart from what they are.
package struct ReplayOptions: Sendable {
  package var prices: PriceTable
  package var accounting: Accounting
  /// Rows with a failed call are left out instead of scoring 0.
  package var excludesFailures: Bool
  package var seed: UInt64
  /// Parallel tasks; results do not depend on it.
  package var threads: Int

  package init(
    prices: PriceTable, accounting: Accounting = .billed, excludesFailures: Bool = false, seed: UInt64 = 1,
    threads: Int = 1
  ) {
    self.prices = prices
    self.accounting = accounting
    self.excludesFailures = excludesFailures
    self.seed = seed
    self.threads = max(1, threads)
  }

  var selectors: SelectorOptions {
    var selectors = SelectorOptions()
    selectors.seed = seed
    selectors.excludesFailures = excludesFailures
    return selectors
  }
}

/// Replays policies over a trace: names are looked up once, blocks of rows are walked in parallel.
///
/// Integers only, each result stored by its row, so outcomes do not depend on threads.
package struct Replayer: Sendable {
  package let trace: Trace
  package let policies: [Policy]
  package let options: ReplayOptions
  private let forms: [Form]
  /// Boot budgets of all schemes (`BootBudget.cut`).
  private let cuts: [Int32]
  private let completions: [CompletionColumn.Key]
  private let rankings: [PrefixRanking]
  private let signals: [SignalRequest]
  private let quantiles: [QuantileRequest]

  /// Rows walked at once: small enough for the cache, large enough to dispatch per column.
  static let blockRows = 2048

  /// - Throws: `PolicyError` when a policy names something the trace does not have.
  package init(trace: Trace, policies: [Policy], options: ReplayOptions) throws(PolicyError) {
    self.trace = trace
    self.policies = policies
    self.options = options
    var resolver = PolicyResolver(trace: trace, options: options.selectors)
    var forms: [Form] = []
    for policy in policies { forms.append(try resolver.resolve(policy)) }
    self.forms = forms
    cuts = resolver.cuts
    completions = resolver.completions
    rankings = resolver.rankings
    signals = resolver.signals
    quantiles = resolver.quantiles
  }

  /// What a policy turns into once its names are looked up.
  enum Form: Sendable {
    case scheme(ResolvedScheme)
    /// Position of the candidate.
    case single(Int)
    case oracle
  }

  /// The outcomes of every policy on a workload's rows, and what was billed on the rows that are compared.
  ///
  /// - Parameter parts: of a pooled workload, the rows of each workload in it.
  package func replay(
    _ workload: Workload, minCoverage: CoverageShare = .standard, parts: [Range<Int>]? = nil
  ) async -> WorkloadReplay {
    let thresholds = await thresholds(workload.rows)
    let everything = await walk(workload.rows, thresholds, forms: Array(forms.indices)) { _ in true }
    var result = WorkloadReplay(
      workload: workload, policies: policies, outcomes: everything.outcomes, ledgers: everything.ledgers)
    result.compare(minCoverage: minCoverage, parts: parts)
    let stale = forms.indices.filter { result.kept[$0] && result.covered[$0] != result.compared.count }
    if !stale.isEmpty {
      var counted = [Bool](repeating: false, count: workload.rows.count)
      for offset in result.compared { counted[offset] = true }
      let mask = counted
      let again = await walk(workload.rows, thresholds, forms: stale) { mask[$0 - workload.rows.lowerBound] }
      for (position, index) in stale.enumerated() { result.ledgers[index] = again.ledgers[position] }
    }
    return result
  }
}

extension Replayer {
  /// What policies are billed on some rows of a workload.
  ///
  /// - Parameters:
  ///   - indices: positions in `policies`.
  ///   - offsets: of the workload's rows.
  func ledgers(_ workload: Workload, of indices: [Int], on offsets: [Int]) async -> [Ledger] {
    var counted = [Bool](repeating: false, count: workload.rows.count)
    for offset in offsets { counted[offset] = true }
    let mask = counted
    return await walk(workload.rows, thresholds(workload.rows), forms: indices) {
      mask[$0 - workload.rows.lowerBound]
    }.ledgers
  }

  /// What one block of rows gives, by policy walked.
  struct WalkedBlock: Sendable {
    var outcomes: [BlockOutcomes]
    var ledgers: [Ledger]
  }

  /// Walks the rows block by block; `counted` says which rows enter the ledgers.
  private func walk(
    _ rows: Range<Int>, _ thresholds: FoldThresholds, forms indices: [Int],
    counted: @escaping @Sendable (Int) -> Bool
  ) async -> (outcomes: [PolicyOutcomes], ledgers: [Ledger]) {
    let blocks = await inBlocks(rows) { walkBlock($0, thresholds, indices, counted) }
    var ledgers = indices.map { _ in Ledger(payers: trace.payers.count) }
    for block in blocks {
      for position in indices.indices { ledgers[position] += block.ledgers[position] }
    }
    let outcomes = indices.indices.map { position in
      PolicyOutcomes(blocks.map { $0.outcomes[position] }, blockRows: Self.blockRows)
    }
    return (outcomes, ledgers)
  }

  /// `body` of every block of rows, in order.
  private func inBlocks<Value: Sendable>(
    _ rows: Range<Int>, _ body: @escaping @Sendable (Range<Int>) -> Value
  ) async -> [Value] {
    let starts = Array(stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockRows))
    return await Parallel.map(count: starts.count, threads: options.threads) { block in
      body(starts[block]..<min(starts[block] + Self.blockRows, rows.upperBound))
    }
  }

  /// The quantiles that adaptive policies stop by, over the rows of other folds.
  func thresholds(_ rows: Range<Int>) async -> FoldThresholds {
    guard !quantiles.isEmpty else { return FoldThresholds([], shares: []) }
    let blocks = await inBlocks(rows) { rows in
      quantiles.map { $0.samples(trace, rows, signals: signals, rankings: rankings) }
    }
    return FoldThresholds(
      quantiles.indices.map { quantile in blocks.flatMap { $0[quantile] } }, shares: quantiles.map(\.share))
  }

  /// Walks some policies through a few rows.
  ///
  /// - Parameters:
  ///   - indices: positions in `policies`.
  ///   - counted: rows that enter the ledgers if they are covered.
  func walkBlock(
    _ rows: Range<Int>, _ thresholds: FoldThresholds, _ indices: [Int], _ counted: (Int) -> Bool
  ) -> WalkedBlock {
    let scope = BlockScope(
      trace: trace, rows: rows,
      billing: Billing(
        accounting: options.accounting, takesRecordedCosts: options.prices.takesRecordedCosts,
        excludesFailures: options.excludesFailures),
      prices: options.prices)
    let columns = SharedColumns(
      scope, cuts: cuts, completions: completions, rankings: rankings, signals: signals)
    var walked = WalkedBlock(outcomes: [], ledgers: [])
    for index in indices {
      let (outcomes, ledger) = replay(forms[index], scope, columns, thresholds) {
        counted(rows.lowerBound + $0)
      }
      walked.outcomes.append(outcomes)
      walked.ledgers.append(ledger)
    }
    return walked
  }

  private func replay(
    _ form: Form, _ scope: BlockScope, _ columns: SharedColumns, _ thresholds: FoldThresholds,
    counted: (Int) -> Bool
  ) -> (BlockOutcomes, Ledger) {
    switch form {
    case .single(let candidate):
      let replay = BaselineReplay(scope, counted: counted) { _ in .success(candidate) }
      return (replay.outcomes, replay.ledger)
    case .oracle:
      let replay = BaselineReplay(scope, counted: counted) { BaselineReplay.best(scope, $0) }
      return (replay.outcomes, replay.ledger)
    case .scheme(let scheme):
      let boots = columns.boots[scheme.bootIndex]
      let walk = SchemeWalk(
        scope, scheme, boots: boots, ranking: columns.rankings[scheme.rankingIndex],
        poolOrder: scheme.keepsOrder ? columns.rankings[scheme.rankingIndex] : columns.poolOrder,
        stops: scheme.stop.map {
          StopColumn(scope, $0, signal: columns.signals[$0.signalIndex], thresholds: thresholds)
        })
      let bill = SchemeBill(
        walk, boots: boots, completions: columns.completions[scheme.completionIndex], counted: counted)
      return (BlockOutcomes(walk, bill), bill.ledger)
    }
  }
}

extension BlockOutcomes {
  fileprivate init(_ walk: SchemeWalk, _ bill: SchemeBill) {
    scores = walk.scores
    costs = bill.costs
    latencies = bill.latencies
    gaps = bill.gaps
    failed = walk.failed
    stopped = walk.stopped
  }
}
