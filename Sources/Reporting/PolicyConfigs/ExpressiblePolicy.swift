import RoutingCore

/// What a router that knows whole answers only can run of a decision.
enum ExpressiblePolicy: Equatable {
  /// One model for every query.
  case one(String)
  /// Some models in full, merged by a model; further rounds of the same at layers ≥ 3.
  case merged([String], by: ToolDeclaration, layers: Int)
  /// It cannot run the policy; one model stands in, where one was compared.
  case standIn(String?, reason: String)
}

extension ProductionDecision {
  /// - Parameter pool: names of the candidates.
  func expressible(pool: [String]) -> ExpressiblePolicy {
    switch policy {
    case .single(let model): return .one(model)
    case .moa: return merged(pool, layers: 2)
    case .blender: return standIn("nothing ranks whole answers")
    case .oracle: return standIn("a bound cannot run")
    case .scheme(let scheme):
      if let stop = scheme.k.stop {
        return standIn(
          "k cannot be decided by the \(stop.signal.rawValue) of what candidates have begun to write")
      }
      guard scheme.boot == .none, scheme.selector.hasPrefix("static:") else {
        return standIn(
          "there is no boot budget: candidates cannot write \(scheme.boot) tokens, be ranked by "
            + "\(scheme.selector) and go on")
      }
      let named = scheme.selector.utf8.dropFirst("static:".utf8.count)
        .split(separator: UInt8(ascii: ">")).map { String(Substring($0)) }
      let order = named + pool.filter { name in !named.contains { ExactString($0) == ExactString(name) } }
      if scheme.k.first == 1, scheme.layers == 2, let first = order.first { return .one(first) }
      guard scheme.k.values.count == 1 else { return standIn("k cannot change from layer to layer") }
      return merged(Array(order.prefix(scheme.k.first)), layers: scheme.layers)
    }
  }

  private func merged(_ models: [String], layers: Int) -> ExpressiblePolicy {
    let tool = PolicyParts(policy, poolCount: models.count).aggregator ?? ""
    guard let aggregator, ToolID.isRecorded(tool) else {
      return standIn("answers cannot be merged by \(tool), which calls no model")
    }
    return .merged(models, by: aggregator, layers: layers)
  }

  private func standIn(_ reason: String) -> ExpressiblePolicy {
    guard case .single(let model)? = bestSingle?.policy else { return .standIn(nil, reason: reason) }
    return .standIn(model, reason: reason)
  }

  /// What a comment says about it.
  var title: String { workload.map { "workload \($0)" } ?? "every other query" }

  /// The policy with its held-out figures, in words.
  func figures(_ unit: CostUnit) -> String {
    """
    \(policy): score \(NumberText.fixed(expected.heldOutScore.mean, places: 4)) at \
    \(NumberText.cost(expected.heldOutCost.mean, unit: unit)) a query, held out
    """
  }

  /// What the stand-in scores and costs, in words.
  func standInFigures(_ unit: CostUnit) -> String {
    guard let bestSingle else { return "" }
    return """
      \(bestSingle.policy) stands in: score \(NumberText.fixed(bestSingle.score, places: 4)) at \
      \(NumberText.cost(bestSingle.cost, unit: unit)) a query, in-sample
      """
  }
}

extension ProductionPolicy {
  /// Decisions in order, the default last.
  var decisions: [ProductionDecision] { workloads + [fallback] }

  /// Where this came from, for the head of a file.
  func origin(_ target: String) -> [String] {
    var lines = [
      "\(target), written by lightreplay recommend from trace '\(traceName)'", "fingerprint \(fingerprint)",
      "wanted: \(wish.sentence)",
    ]
    if let prices {
      lines.append("prices: \(prices.book)\(prices.date.map { " of \($0)" } ?? ""), sha256 \(prices.sha256)")
    }
    return lines
  }

  /// Decisions for which a target has nothing to call.
  func leftOut(_ isRouted: (ProductionDecision) -> Bool) -> [String] {
    let missing = decisions.filter { !isRouted($0) }.map(\.title)
    guard !missing.isEmpty else { return [] }
    return ["Left out, since no single model covers their queries: \(missing.joined(separator: ", "))."]
  }

  /// Skills, which the targets here do not know.
  var skillNotes: [String] {
    let skilled = pool.filter { !$0.skills.isEmpty }.map(\.name)
    guard !skilled.isEmpty else { return [] }
    return [
      "  - skills: \(skilled.joined(separator: ", ")) are called only for queries that need their skills; here always"
    ]
  }
}
