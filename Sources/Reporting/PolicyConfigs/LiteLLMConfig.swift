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
        "--emit and lightreplay run can express it.",
      ])
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
      let alias = decision.workload.map { "lightreplay/\($0)" } ?? "lightreplay"
      let comment = ["\(decision.policy): \(decision.figures(policy.wish.costUnit))"]
      switch decision.expressible(pool: policy.pool.map(\.name)) {
      case .one(let model): return .init(alias, .text(model), comment: comment)
      case .merged:
        guard case .single(let model)? = decision.bestSingle?.policy else { return nil }
        return .init(
          alias, .text(model),
          comment: comment + ["Not expressible: answers are not merged. The best single model stands in."])
      case .standIn(let model?, let reason):
        return .init(
          alias, .text(model),
          comment: comment + ["Not expressible: \(reason). The best single model stands in."])
      case .standIn(nil, _): return nil
      }
    }
  }
}
