/// What the policies of a replay share within a block.
struct SharedColumns {
  let boots: [BootColumn]
  let completions: [CompletionColumn]
  let rankings: [RankingColumn]
  let signals: [SignalColumn]
  let poolOrder: RankingColumn

  init(
    _ scope: BlockScope, cuts: [Int32], completions keys: [CompletionColumn.Key],
    rankings requests: [PrefixRanking], signals asked: [SignalRequest]
  ) {
    boots = cuts.map { BootColumn(scope, cut: $0) }
    completions = keys.map { CompletionColumn(scope, $0) }
    let columns = requests.map { $0.column(scope.trace, scope.rows) }
    rankings = columns
    signals = asked.map { signal in
      signal.column(requests[signal.ranking].scope(scope.trace, scope.rows), columns[signal.ranking])
    }
    let sets = scope.activeSets
    var order = RankingColumn(rows: scope.rows.count, poolCount: scope.trace.poolCount)
    for offset in 0..<scope.rows.count { order.rank(offset, sets[offset]) { _ in 0 } }
    poolOrder = order
  }
}

/// A selector's ranking of prefixes, shared by every policy that uses it.
struct PrefixRanking: Sendable {
  let selector: any CandidateSelector
  let cut: Int32

  func scope(_ trace: Trace, _ rows: Range<Int>) -> RankingScope {
    RankingScope(
      trace: trace, rows: rows, layer: 1, cut: cut, members: ContiguousArray(trace.rows.active[rows]),
      outputs: .responses)
  }

  func column(_ trace: Trace, _ rows: Range<Int>) -> RankingColumn {
    let scope = scope(trace, rows)
    var column = RankingColumn(rows: rows.count, poolCount: trace.poolCount)
    selector.rank(scope, into: &column)
    column.rankLone(scope.members)
    return column
  }
}

extension SignalRequest {
  func column(_ scope: RankingScope, _ ranking: RankingColumn) -> SignalColumn {
    SignalColumn(kind, scope, ranking: ranking, comparesAnswers: comparesAnswers)
  }
}
