package import RoutingCore

/// What policies leave out because the trace says it.
package struct PolicyNames: Sendable, Equatable {
  /// Candidates of the pool.
  package let poolCount: Int
  /// Who `recorded` is, where one selector (aggregator) is recorded.
  package let selector: String?
  package let aggregator: String?

  package init(_ trace: Trace) {
    poolCount = trace.poolCount
    selector = trace.selectors.count == 1 ? trace.selectors.first : nil
    aggregator = trace.aggregators.count == 1 ? trace.aggregators.first : nil
  }
}

/// Policies in words.
package struct PolicyWords {
  let policy: Policy
  let names: PolicyNames

  package init(policy: Policy, names: PolicyNames) {
    self.policy = policy
    self.names = names
  }

  private var poolCount: Int { names.poolCount }

  /// For labels: `k=2 B=200 l=2 judge`.
  package var label: String {
    switch policy {
    case .single(let model): return "\(ShownName.clipped(model)) alone"
    case .moa: return "all, merged (moa)"
    case .blender: return "all, ranked (blender)"
    case .oracle: return "best in hindsight (oracle)"
    case .scheme(let scheme):
      var parts = ["k=\(scheme.k)"]
      if scheme.boot != .none { parts.append("B=\(scheme.boot)") }
      parts += ["l=\(scheme.layers)", ShownName.clipped(tool(scheme.selector, alone: names.selector))]
      if scheme.k.first > 1 {
        parts.append("+ " + ShownName.clipped(tool(scheme.aggregator, alone: names.aggregator)))
      }
      if scheme.schedule != .completion { parts.append(scheme.schedule.rawValue) }
      if scheme.continuation != .reprompt { parts.append(scheme.continuation.rawValue) }
      return parts.joined(separator: " ")
    }
  }

  /// What happens to a query, as a sentence without its end.
  package var sentence: String {
    switch policy {
    case .single(let model): "ask \(ShownName.clipped(model)) alone"
    case .moa(let aggregator):
      "all \(poolCount) candidates answer in full; \(merging(aggregator, "the answers"))"
    case .blender(let selector):
      "all \(poolCount) candidates answer in full, \(ranking(selector, "the answers")), and the first is taken"
    case .oracle: "the best answer in hindsight"
    case .scheme(let scheme): self.scheme(scheme)
    }
  }

  private func scheme(_ scheme: SchemePolicy) -> String {
    guard let stop = scheme.k.stop else { return fixed(scheme) }
    let others =
      "\(stop.k == 1 ? "the first is" : "the first \(stop.k) are") enough where the \(stop.condition)"
    return "\(fixed(scheme)); \(others)"
  }

  private func fixed(_ scheme: SchemePolicy) -> String {
    let k = scheme.k.first
    let all = k >= poolCount
    let count = k == 1 ? "the best one" : "the best \(k)"
    var text: String
    switch (scheme.boot, scheme.layers) {
    case (.none, _):
      text = preselected(scheme.selector, k)
    case (.full, _) where all: text = "all \(poolCount) candidates answer in full"
    case (.full, _):
      text = "all \(poolCount) candidates answer in full, \(ranking(scheme.selector, "the answers")), and "
      text += k == 1 ? "the first is taken" : "the best \(k) are kept"
    case (.tokens(let budget), 1):
      text = "all \(poolCount) candidates write \(budget) tokens"
      text +=
        all
        ? "" : ", \(ranking(scheme.selector, "these beginnings")), and \(count) \(k == 1 ? "is" : "are") kept"
    case (.tokens(let budget), _):
      text = "all \(poolCount) candidates write \(budget) tokens"
      text +=
        all
        ? " and then finish"
        : ", \(ranking(scheme.selector, "these beginnings")), and \(count) finish\(k == 1 ? "es" : "")"
    }
    if k > 1 {
      text += "; \(merging(scheme.aggregator, scheme.layers == 1 ? "the beginnings" : "the answers"))"
    }
    if scheme.layers > 2 {
      let rounds = scheme.layers - 2
      text += "; the answer is then shown to them and rewritten \(rounds == 1 ? "once" : "\(rounds) times")"
    }
    return text
  }

  private func preselected(_ selector: String, _ k: Int) -> String {
    guard !SelectorRegistry.learnsFromOtherQueries(selector) else {
      return k == 1
        ? "only the candidate that scored best on other queries answers"
        : "only the \(k) candidates that scored best on other queries answer"
    }
    let order = selector.split(separator: ":", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    let first = order.split(separator: ">").prefix(k).map { ShownName.clipped(String($0)) }
    return "only \(first.joined(separator: ", ")) answer\(k == 1 ? "s" : "")"
  }

  private func ranking(_ selector: String, _ objects: String) -> String {
    SelectorRegistry.words(selector, objects)
      ?? "\(ShownName.clipped(tool(selector, alone: names.selector))) ranks \(objects)"
  }

  private func merging(_ aggregator: String, _ objects: String) -> String {
    AggregatorRegistry.words(aggregator, objects)
      ?? "\(ShownName.clipped(tool(aggregator, alone: names.aggregator))) merges \(objects)"
  }

  /// The name behind `recorded` or `recorded:NAME`, else the id itself.
  private func tool(_ id: String, alone: String?) -> String {
    ToolID.isRecorded(id) ? ToolID(id).argument ?? alone ?? id : id
  }
}
