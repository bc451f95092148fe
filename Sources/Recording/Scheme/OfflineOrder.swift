import RoutingCore

/// Ranks by a selector that needs no model call, with the core's own selectors on a trace of one query.
enum OfflineOrder {
  static func rank(
    _ members: [String], by selector: String, _ outputs: [SchemeOutput], header: TraceHeader, seed: UInt64
  ) throws -> [String] {
    guard SelectorRegistry.runsLive(selector) else { throw SchemeGap.onlyOffline(selector) }
    let trace = try trace(
      outputs, header: header, comparesWords: SelectorRegistry.comparison(selector) == .words)
    let scope = scope(members, trace)
    var column = RankingColumn(rows: 1, poolCount: trace.poolCount)
    try SelectorRegistry.selector(selector, for: trace, options: SelectorOptions(seed: seed))
      .rank(scope, into: &column)
    return (0..<scope.members[0].count).map { trace.candidates[Int(column.orders[$0])] }
  }

  /// How far the first of a ranking agrees with the others, in millionths: what an adaptive k goes by.
  static func agreement(
    _ ranking: [String], by selector: String, _ outputs: [SchemeOutput], header: TraceHeader
  ) throws -> Int64 {
    let comparesAnswers = SelectorRegistry.comparison(selector) == .answers
    let trace = try trace(outputs, header: header, comparesWords: !comparesAnswers)
    let scope = scope(ranking, trace)
    var column = RankingColumn(rows: 1, poolCount: trace.poolCount)
    column.rank(0, scope.members[0]) { candidate in
      Int64(ranking.count - (ranking.firstIndex { $0 == trace.candidates[candidate] } ?? ranking.count))
    }
    let signal = SignalColumn(.agreement, scope, ranking: column, comparesAnswers: comparesAnswers)
    guard signal.gaps[0].isCovered else {
      throw SchemeGap.noSignal(signal.gaps[0].text(candidates: trace.candidates))
    }
    return signal.values[0]
  }

  /// The outputs as a trace of one query.
  private static func trace(
    _ outputs: [SchemeOutput], header: TraceHeader, comparesWords: Bool
  ) throws -> Trace {
    var query = QueryRecord(query: "query", workload: "live")
    query.skills = header.models.flatMap(\.skills)
    query.calls = outputs.map { output in
      var call = CallRecord(role: .response)
      call.model = output.candidate
      call.text = output.text
      call.outputTokens = output.tokens
      call.answer = output.answer
      return call
    }
    let trace = try Trace.of(header: header, records: [query]) { _ in .none }
    guard comparesWords else { return trace }
    var similarities = SimilarityColumns()
    similarities.prefixes[.max] =
      trace.prefixSimilarities(rows: 0..<1, cuts: [.max]) { _, candidate in
        outputs.first { $0.candidate == trace.candidates[candidate] }.map {
          CuttableText($0.text, tokenEnds: nil, outputTokens: $0.tokens)
        }
      }[0]
    return trace.adding(similarities)
  }

  private static func scope(_ members: [String], _ trace: Trace) -> RankingScope {
    let set = CandidateSet(members.compactMap { trace.candidates.firstIndex(of: $0) })
    return RankingScope(trace: trace, rows: 0..<1, layer: 1, cut: .max, members: [set], outputs: .responses)
  }
}
