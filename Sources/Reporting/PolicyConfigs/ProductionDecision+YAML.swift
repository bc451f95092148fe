import RoutingCore

extension ProductionDecision {
  /// Its keys, the label first.
  var entries: [YAMLNode.Entry] {
    let parts = PolicyParts(policy, poolCount: 0)
    return YAMLNode.Entry.unlessNil("match", workload) { .row([.init("workload", .text($0))]) } + [
      .init("policy", .text(policy.description))
    ] + schemeEntries + [
      .init("selector", tool(parts.selector, selector)),
      .init("aggregator", tool(parts.aggregator, aggregator)),
      .init("expected", expected.yaml),
      .init("k_set", .items(kSet.map(count))),
      .init("regimes", .list(regimes.map(\.yaml)), comment: ["Best by λ, exactly."]),
      .init("runner_up", .optional(runnerUp, \.yaml)),
      .init("best_single", .optional(bestSingle) { .row($0.entries) }),
      .init(
        "mixture",
        .list(
          mixture.map {
            .row([.init("policy", .text($0.policy.description)), .init("share", .number($0.share))])
          })),
      .init(
        "warnings",
        .list(warnings.map { .row([.init("code", .word($0.code)), .init("text", .text($0.text))]) })),
    ]
  }

  /// The parts of a scheme; a baseline has none.
  private var schemeEntries: [YAMLNode.Entry] {
    guard case .scheme(let scheme) = policy else { return [] }
    return [
      .init("k", count(scheme.k.description)), .init("boot_budget", count(scheme.boot.description)),
      .init("layers", .integer(Int128(scheme.layers))), .init("schedule", .word(scheme.schedule.rawValue)),
      .init("continuation", .word(scheme.continuation.rawValue)),
    ]
  }

  /// A count as a number, anything else as text.
  private func count(_ text: String) -> YAMLNode {
    Int(text).map { .integer(Int128($0)) } ?? .text(text)
  }

  private func tool(_ id: String?, _ declared: ToolDeclaration?) -> YAMLNode {
    guard let id else { return .null }
    let entry = YAMLNode.Entry("id", .text(id))
    guard let declared else { return .row([entry]) }
    return .map(
      [entry, .init("name", .text(declared.name))]
        + YAMLNode.Entry.unlessNil("model", declared.model, YAMLNode.text)
        + YAMLNode.Entry.unlessNil("prompt", declared.prompt, YAMLNode.text))
  }
}

extension PolicyMeans {
  fileprivate var entries: [YAMLNode.Entry] {
    [
      .init("policy", .text(policy.description)), .init("score", .number(score)),
      .init("cost", .number(cost)),
    ]
  }
}

extension ProductionFigures {
  fileprivate var yaml: YAMLNode {
    .map([
      .init("queries", .integer(Int128(queries))),
      .init("compared_queries", .integer(Int128(comparedQueries))),
      .init("lambda", .optional(lambda, YAMLNode.number)),
      .init(
        "held_out", .map([.init("score", heldOutScore.yaml), .init("cost", heldOutCost.yaml)]),
        comment: ["On queries the policy was not chosen on: the figures to expect."]),
      .init("in_sample", .map([.init("score", score.yaml), .init("cost", cost.yaml)])),
      .init(
        "latency_s",
        .optional(latency) {
          .row([
            .init("mean", .number($0.mean)), .init("p50", .number($0.p50)), .init("p95", .number($0.p95)),
            .init("p99", .number($0.p99)),
          ])
        }),
      .init("win_share", .number(winShare)),
      .init("p_met", .optional(metShare, YAMLNode.number)),
    ])
  }
}

extension ProductionRegime {
  fileprivate var yaml: YAMLNode {
    .row(
      [
        .init("lambda_low", .number(lambdaLow)), .init("lambda_high", .optional(lambdaHigh, YAMLNode.number)),
      ] + means.entries)
  }
}

extension ProductionRunnerUp {
  fileprivate var yaml: YAMLNode {
    .map([
      .init("policy", .text(policy.description)), .init("difference", difference.yaml),
      .init("separated", .bool(isSeparated)),
      .init("queries_to_separate", .optional(queriesToSeparate) { .integer(Int128($0)) }),
    ])
  }
}
