package import RoutingCore

/// A configuration of the vLLM semantic router (v0.3): one decision per workload by request metadata, the
/// models with their prices, and what cannot be said in comments and annotations.
package struct SemanticRouterConfig {
  private let policy: ProductionPolicy
  private let names: [String]

  package init(_ policy: ProductionPolicy) {
    self.policy = policy
    names = RouteNames(policy.workloads.compactMap(\.workload)).names
  }

  package var yaml: String {
    YAMLNode.map([
      .init("version", .text("v0.3")),
      .init(
        "providers", .map([.init("models", .list(policy.callees.map(provider)))]),
        comment: [
          "Set provider_model_id and backend_refs, which nothing in a trace says; prices are those the policy was",
          "chosen with.",
        ]),
      .init(
        "routing",
        .map([
          .init(
            "signals", .map([.init("metadata", .list(zip(policy.workloads, names).map(signal)))]),
            comment: ["The caller's label: request metadata with the key workload."]),
          .init(
            "decisions", .list(zip(policy.decisions, names + ["default"]).compactMap(decision)),
            comment: ["The first whose conditions hold, by priority; the last takes every other query."]),
        ])),
    ]).document(
      comment: policy.origin("vLLM semantic router configuration") + [
        "What this target cannot express:",
        "  - boot budgets: candidates write whole answers, none is stopped after B tokens",
        "  - selection: nothing ranks prefixes or answers and keeps the best k",
        "  - offline merges (vote, first): answers are merged by a model",
      ] + policy.skillNotes + [
        "A decision it cannot run calls the best single model instead and says so; annotations hold the policy",
        "itself, which the policy file of --emit can express.",
      ] + policy.leftOut { !route($0).models.isEmpty })
  }

  private func provider(_ model: String) -> YAMLNode {
    let pricing = policy.prices?.price(of: model).map { price in
      YAMLNode.map([
        .init("currency", .text("USD")), .init("prompt_per_1m", .price(price.input)),
        .init("cached_input_per_1m", .price(price.cachedInput)),
        .init("completion_per_1m", .price(price.output)),
      ])
    }
    return .map(
      [
        .init("name", .text(model)), .init("provider_model_id", .text(model)),
        .init(
          "backend_refs",
          .list([
            .row([
              .init("name", .text("primary")), .init("provider", .text("openai-compatible")),
              .init("base_url", .text("https://models.example.com/v1")),
              .init("api_key_env", .text("OPENAI_API_KEY")),
            ])
          ])),
      ] + YAMLNode.Entry.unlessNil("pricing", pricing) { $0 })
  }

  private func signal(_ workload: ProductionDecision, _ name: String) -> YAMLNode {
    .map([
      .init("name", .text(name)), .init("key", .text("workload")),
      .init("predicate", .row([.init("equals", .text(workload.workload ?? ""))])),
    ])
  }

  private func decision(_ decision: ProductionDecision, _ name: String) -> YAMLNode? {
    let route = route(decision)
    guard !route.models.isEmpty else { return nil }
    let isDefault = decision.workload == nil
    let condition = YAMLNode.row([.init("type", .word("metadata")), .init("name", .text(name))])
    return .map(
      [
        .init("name", .text(name), comment: ["For \(decision.title)."] + route.comment),
        .init("description", .text(route.description)),
        .init("priority", .integer(isDefault ? 1 : 100)),
        .init(
          "rules",
          .map([
            .init("operator", .text("AND")), .init("conditions", .list(isDefault ? [] : [condition])),
          ])),
        .init(
          "modelRefs",
          .list(
            route.models.map { .row([.init("model", .text($0)), .init("use_reasoning", .bool(false))]) })),
      ] + YAMLNode.Entry.unlessNil("algorithm", route.algorithm) { $0 } + [
        .init("annotations", .map(annotations(decision)))
      ])
  }

  private func annotations(_ decision: ProductionDecision) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = [.init("lightreplay/policy", .text(decision.policy.description))]
    if case .scheme(let scheme) = decision.policy {
      entries += [
        .init("lightreplay/k", .text(scheme.k.description)),
        .init("lightreplay/boot_budget", .text(scheme.boot.description)),
        .init("lightreplay/layers", .integer(Int128(scheme.layers))),
        .init("lightreplay/selector", .text(scheme.selector)),
        .init("lightreplay/aggregator", .text(scheme.aggregator)),
      ]
    }
    return entries + [
      .init("lightreplay/score", .number(decision.expected.heldOutScore.mean)),
      .init("lightreplay/cost", .number(decision.expected.heldOutCost.mean)),
      .init("lightreplay/cost_unit", .text(policy.wish.costUnit.rawValue)),
    ]
  }

  /// What a decision calls, and how it is described.
  private struct Route {
    var models: [String]
    var algorithm: YAMLNode?
    var description: String
    var comment: [String] = []
  }

  private func route(_ decision: ProductionDecision) -> Route {
    let figures = decision.figures(policy.wish.costUnit)
    switch decision.expressible(pool: policy.pool.map(\.name)) {
    case .one(let model): return Route(models: [model], description: figures)
    case .merged(let models, let tool, layers: 2):
      return Route(models: models, algorithm: fusion(models, tool), description: figures)
    case .merged(let models, let tool, let layers):
      let merger = tool.model ?? tool.name
      return Route(
        models: models, algorithm: remom(models, merger, layers: layers), description: figures,
        comment: models.contains(merger)
          ? [] : ["The last merge should be by \(merger), which must be a candidate here."])
    case .standIn(let model, let reason):
      return Route(
        models: model.map { [$0] } ?? [],
        description: decision.standInFigures(policy.wish.costUnit),
        comment: ["Wanted: \(figures).", "Not expressible: \(reason)."])
    }
  }

  /// One round of answers, merged by a judge.
  private func fusion(_ models: [String], _ tool: ToolDeclaration) -> YAMLNode {
    .map([
      .init("type", .word("fusion")),
      .init(
        "fusion",
        .map([
          .init("model", .text(tool.model ?? tool.name)),
          .init("analysis_models", .list(models.map(YAMLNode.text))),
          .init("analysis_mode", .word("none")),
        ])),
    ])
  }

  /// Rounds in which everyone sees what was written before.
  private func remom(_ models: [String], _ merger: String, layers: Int) -> YAMLNode {
    .map([
      .init("type", .word("remom")),
      .init(
        "remom",
        .map(
          [
            .init(
              "breadth_schedule",
              .items(Array(repeating: .integer(Int128(models.count)), count: layers - 1))),
            .init("model_distribution", .word("equal")),
          ] + (models.contains(merger) ? [.init("synthesis_model", .text(merger))] : []))),
    ])
  }
}

/// Names of routes from labels that may hold anything.
private struct RouteNames {
  let names: [String]

  /// Letters, digits and dashes, each name once.
  init(_ labels: [String]) {
    var names: [String] = []
    for label in labels {
      let slug = String(
        label.unicodeScalars.map { scalar in
          scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            ? Character(scalar) : "-"
        })
      var name = slug.isEmpty || slug == "default" ? "workload-\(slug)" : slug
      while names.contains(name) { name += "-\(names.count + 1)" }
      names.append(name)
    }
    self.names = names
  }
}
