package import RoutingCore

/// A configuration of the LiteLLM proxy: the models with their prices, and one name per workload.
package struct LiteLLMConfig {
  private let policy: ProductionPolicy

  package init(_ policy: ProductionPolicy) { self.policy = policy }

  package var yaml: String {
    YAMLNode.map([
      .init(
        "model_list", .list(policy.callees.map(model)),
        comment: ["Set the provider before the name of each model, and its key."]),
      .init(
        "router_settings",
        .map([
          .init(
            "model_group_alias", .map(aliases),
            comment: ["Ask for the name on the left: the workload's, or lightreplay for every other query."])
        ])),
    ]).document(
      comment: policy.origin("LiteLLM proxy configuration") + [
        "What this target cannot express:",
        "  - several answers to one query: it calls one model, so k is 1 whatever the policy says",
        "  - boot budgets, selection by prefixes, merges and layers",
      ] + policy.skillNotes + [
        "A policy it cannot run is replaced by the best single model, and a comment says so; the policy file of",
        "--emit can express it.",
      ] + policy.leftOut { route($0) != nil })
  }

  private func model(_ name: String) -> YAMLNode {
    .map([
      .init("model_name", .text(name)),
      .init(
        "litellm_params",
        .map(
          [.init("model", .text("openai/\(name)")), .init("api_key", .text("os.environ/OPENAI_API_KEY"))]
            + prices(name))),
      .init(
        "model_info",
        .map([.init("lightreplay", .row([.init("fingerprint", .text(policy.fingerprint))]))])),
    ])
  }

  /// USD per token.
  private func prices(_ name: String) -> [YAMLNode.Entry] {
    guard let price = policy.prices?.price(of: name) else { return [] }
    func amount(_ picodollars: Int64) -> YAMLNode {
      .decimal(FixedPoint.text(Int128(picodollars), places: 12))
    }
    return [
      .init("input_cost_per_token", amount(price.input)),
      .init("cache_read_input_token_cost", amount(price.cachedInput)),
      .init("output_cost_per_token", amount(price.output)),
    ]
  }

  private var aliases: [YAMLNode.Entry] {
    policy.decisions.compactMap { decision in
      guard let route = route(decision) else { return nil }
      let alias = decision.workload.map { "lightreplay/\($0)" } ?? "lightreplay"
      return .init(alias, .text(route.model), comment: route.comment)
    }
  }

  /// The one model a decision calls; `nil` where none was compared.
  private func route(_ decision: ProductionDecision) -> (model: String, comment: [String])? {
    let figures = decision.figures(policy.wish.costUnit)
    func standIn(_ reason: String) -> (model: String, comment: [String])? {
      guard case .single(let model)? = decision.bestSingle?.policy else { return nil }
      return (
        model,
        [
          "Wanted: \(figures).", "Not expressible: \(reason).",
          decision.standInFigures(policy.wish.costUnit) + ".",
        ]
      )
    }
    return switch decision.expressible(pool: policy.pool.map(\.name)) {
    case .one(let model): (model, [figures])
    case .merged: standIn("several answers are not merged")
    case .standIn(_, let reason): standIn(reason)
    }
  }
}
