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

  /// Rows walked at once: small enough for the cache, large enough to dispatch per column.
  private static let blockRows = 2048

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
  }

  /// What a policy turns into once its names are looked up.
  enum Form: Sendable {
    case scheme(ResolvedScheme)
    /// Position of the candidate.
    case single(Int)
    case oracle
  }

  /// A selector's ranking of prefixes, shared by every policy that uses it.
  struct PrefixRanking: Sendable {
    let selector: any CandidateSelector
    let cut: Int32
  }

  /// The outcomes of every policy on a workload's rows, and what was billed on the rows that are compared.
  ///
  /// - Parameter parts: of a pooled workload, the rows of each workload in it.
  package func replay(
    _ workload: Workload, minCoverage: CoverageShare = .standard, parts: [Range<Int>]? = nil
  ) async -> WorkloadReplay {
    let everything = await walk(workload.rows, forms: Array(forms.indices)) { _ in true }
    var result = WorkloadReplay(
      workload: workload, policies: policies, outcomes: everything.outcomes, ledgers: everything.ledgers)
    result.compare(minCoverage: minCoverage, parts: parts)
    let stale = forms.indices.filter { result.kept[$0] && result.covered[$0] != result.compared.count }
    if !stale.isEmpty {
      var counted = [Bool](repeating: false, count: workload.rows.count)
      for offset in result.compared { counted[offset] = true }
      let mask = counted
      let again = await walk(workload.rows, forms: stale) { mask[$0 - workload.rows.lowerBound] }
      for (position, index) in stale.enumerated() { result.ledgers[index] = again.ledgers[position] }
    }
    return result
  }
}

extension Replayer {
  /// What one block of rows gives, by policy.
  private struct WalkedBlock: Sendable {
    var outcomes: [BlockOutcomes]
    var ledgers: [Ledger]
  }

  /// Walks the rows block by block; `counted` says which rows enter the ledgers.
  private func walk(
    _ rows: Range<Int>, forms indices: [Int], counted: @escaping @Sendable (Int) -> Bool
  ) async -> (outcomes: [PolicyOutcomes], ledgers: [Ledger]) {
    let starts = Array(stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockRows))
    let blocks = await Parallel.map(count: starts.count, threads: options.threads) { block in
      let end = min(starts[block] + Self.blockRows, rows.upperBound)
      return replayBlock(starts[block]..<end, indices, counted)
    }
    var ledgers = indices.map { _ in Ledger(payers: trace.payers.count) }
    for block in blocks {
      for position in indices.indices { ledgers[position] += block.ledgers[position] }
    }
    let outcomes = indices.indices.map { position in
      PolicyOutcomes(blocks.map { $0.outcomes[position] }, blockRows: Self.blockRows)
    }
    return (outcomes, ledgers)
  }

  private func replayBlock(
    _ rows: Range<Int>, _ indices: [Int], _ counted: @Sendable (Int) -> Bool
  ) -> WalkedBlock {
    let scope = BlockScope(
      trace: trace, rows: rows,
      billing: Billing(
        accounting: options.accounting, takesRecordedCosts: options.prices.takesRecordedCosts,
        excludesFailures: options.excludesFailures),
      prices: options.prices)
    let columns = SharedColumns(scope, cuts: cuts, completions: completions, rankings: rankings)
    var walked = WalkedBlock(outcomes: [], ledgers: [])
    for index in indices {
      let (outcomes, ledger) = replay(forms[index], scope, columns) { counted(rows.lowerBound + $0) }
      walked.outcomes.append(outcomes)
      walked.ledgers.append(ledger)
    }
    return walked
  }

  private func replay(
    _ form: Form, _ scope: BlockScope, _ columns: SharedColumns, counted: (Int) -> Bool
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
        poolOrder: scheme.keepsOrder ? columns.rankings[scheme.rankingIndex] : columns.poolOrder)
      let bill = SchemeBill(
        walk, boots: boots, completions: columns.completions[scheme.completionIndex], counted: counted)
      return (BlockOutcomes(walk, bill), bill.ledger)
    }
  }
}

/// What the policies of a replay share within a block.
private struct SharedColumns {
  let boots: [BootColumn]
  let completions: [CompletionColumn]
  let rankings: [RankingColumn]
  let poolOrder: RankingColumn

  init(
    _ scope: BlockScope, cuts: [Int32], completions keys: [CompletionColumn.Key],
    rankings requests: [Replayer.PrefixRanking]
  ) {
    boots = cuts.map { BootColumn(scope, cut: $0) }
    completions = keys.map { CompletionColumn(scope, $0) }
    let sets = scope.activeSets
    rankings = requests.map { request in
      var column = RankingColumn(rows: scope.rows.count, poolCount: scope.trace.poolCount)
      let ranking = RankingScope(
        trace: scope.trace, rows: scope.rows, layer: 1, cut: request.cut, members: sets, outputs: .responses)
      request.selector.rank(ranking, into: &column)
      column.rankLone(sets)
      return column
    }
    var order = RankingColumn(rows: scope.rows.count, poolCount: scope.trace.poolCount)
    for offset in 0..<scope.rows.count { order.rank(offset, sets[offset]) { _ in 0 } }
    poolOrder = order
  }
}

extension BlockOutcomes {
  fileprivate init(_ walk: SchemeWalk, _ bill: SchemeBill) {
    scores = walk.scores
    costs = bill.costs
    latencies = bill.latencies
    gaps = bill.gaps
    failed = walk.failed
  }
}
