import RoutingCore

/// Ranks by a selector that needs no model call, with the core's own selectors on a trace of one query.
enum OfflineOrder {
  static func rank(
    _ members: [String], by selector: String, _ outputs: [SchemeOutput], header: TraceHeader, seed: UInt64
  ) throws -> [String] {
    guard !["prior", "oracle", "random"].contains(selector) else { throw SchemeGap.onlyOffline(selector) }
    var query = QueryRecord(query: "query", workload: "live")
    query.skills = header.models.flatMap(\.skills)
    query.calls = outputs.map { output in
      var call = CallRecord(role: .response)
      call.model = output.candidate
      call.text = output.text
      call.outputTokens = output.tokens
      return call
    }
    var trace = try Trace.of(header: header, records: [query]) { _ in .none }
    if selector == "consensus" {
      var similarities = SimilarityColumns()
      similarities.prefixes[.max] =
        trace.prefixSimilarities(rows: 0..<1, cuts: [.max]) { _, candidate in
          outputs.first { $0.candidate == trace.candidates[candidate] }.map {
            CuttableText($0.text, tokenEnds: nil, outputTokens: $0.tokens)
          }
        }[0]
      trace = trace.adding(similarities)
    }
    let set = CandidateSet(members.compactMap { trace.candidates.firstIndex(of: $0) })
    var column = RankingColumn(rows: 1, poolCount: trace.poolCount)
    try SelectorRegistry.selector(selector, for: trace, options: SelectorOptions(seed: seed)).rank(
      RankingScope(trace: trace, rows: 0..<1, layer: 1, cut: .max, members: [set], outputs: .responses),
      into: &column)
    return (0..<set.count).map { trace.candidates[Int(column.orders[$0])] }
  }
}
