/// Looks the names of policies up in a trace and collects what several policies share.
struct PolicyResolver {
  private let trace: Trace
  private let options: SelectorOptions
  private(set) var cuts: [Int32] = []
  private(set) var completions: [CompletionColumn.Key] = []
  private(set) var rankings: [PrefixRanking] = []
  private(set) var signals: [SignalRequest] = []
  private(set) var quantiles: [QuantileRequest] = []
  private var selectors: [ExactString: any CandidateSelector] = [:]
  private var rankingIndices: [RankingKey: Int] = [:]

  private struct RankingKey: Hashable {
    let selector: ExactString
    let cut: Int32
  }

  init(trace: Trace, options: SelectorOptions) {
    self.trace = trace
    self.options = options
  }

  mutating func resolve(_ policy: Policy) throws(PolicyError) -> Replayer.Form {
    switch policy {
    case .oracle:
      return .oracle
    case .single(let model):
      guard let position = ExactString.position(of: model, in: trace.candidates) else {
        throw .unknown(kind: "model", name: model, known: trace.candidates)
      }
      return .single(position)
    case .moa(let aggregator):
      return .scheme(try resolve(.moa(aggregator: aggregator, poolCount: trace.poolCount)))
    case .blender(let selector):
      return .scheme(try resolve(.blender(selector: selector)))
    case .scheme(let scheme):
      try scheme.checkShape()
      guard scheme.k.first <= trace.poolCount else {
        throw .kAbovePool(k: scheme.k.first, pool: trace.poolCount)
      }
      return .scheme(try resolve(scheme))
    }
  }

  private mutating func resolve(_ scheme: SchemePolicy) throws(PolicyError) -> ResolvedScheme {
    let selector = try selector(scheme.selector)
    let aggregator = try AggregatorRegistry.aggregator(scheme.aggregator, for: trace)
    let cut = scheme.boot.cut
    let rankingKey = RankingKey(selector: ExactString(scheme.selector), cut: cut)
    let ranking = rankingIndices[rankingKey] ?? rankings.count
    if ranking == rankings.count {
      rankingIndices[rankingKey] = ranking
      rankings.append(.init(selector: selector, cut: cut))
    }
    let boot = cuts.firstIndex(of: cut) ?? cuts.count
    if boot == cuts.count { cuts.append(cut) }
    let isProgressive = scheme.schedule == .progressive
    let key = CompletionColumn.Key(
      cut: cut, continuation: scheme.continuation, goesOn: scheme.layers >= 2 && !isProgressive)
    let completion = completions.firstIndex(of: key) ?? completions.count
    if completion == completions.count { completions.append(key) }
    return ResolvedScheme(
      k: scheme.k, stop: stop(scheme, ranking: ranking), cut: cut, layers: scheme.layers,
      isProgressive: isProgressive,
      continuation: scheme.continuation, selector: selector, rankingIndex: ranking, bootIndex: boot,
      completionIndex: completion,
      aggregator: aggregator, chain: chain(for: aggregator))
  }

  private mutating func selector(_ id: String) throws(PolicyError) -> any CandidateSelector {
    if let known = selectors[ExactString(id)] { return known }
    let selector = try SelectorRegistry.selector(id, for: trace, options: options)
    selectors[ExactString(id)] = selector
    return selector
  }

  private mutating func stop(_ scheme: SchemePolicy, ranking: Int) -> ResolvedStop? {
    guard let stop = scheme.k.stop else { return nil }
    let request = SignalRequest(
      kind: stop.signal, ranking: ranking,
      comparesAnswers: SelectorRegistry.comparison(scheme.selector) == .answers)
    let signal = Self.position(of: request, in: &signals)
    switch stop.threshold {
    case .value(let value): return ResolvedStop(k: stop.k, signalIndex: signal, threshold: .value(value))
    case .quantile(let share):
      let quantile = QuantileRequest(signal: signal, above: stop.k, share: share)
      return ResolvedStop(
        k: stop.k, signalIndex: signal, threshold: .quantile(Self.position(of: quantile, in: &quantiles)))
    }
  }

  private static func position<Request: Equatable>(of request: Request, in list: inout [Request]) -> Int {
    if let known = list.firstIndex(of: request) { return known }
    list.append(request)
    return list.count - 1
  }

  private func chain(for aggregator: ResolvedAggregator) -> ChainTool {
    if case .recorded(let tool) = aggregator { return .tool(tool) }
    return trace.aggregators.isEmpty ? .none : trace.aggregators.count == 1 ? .tool(0) : .several
  }
}
