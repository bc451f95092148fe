package import RoutingCore

extension ProductionPolicy {
  /// The document `lightreplay.policy/1`.
  package var yaml: String {
    YAMLNode.map([
      .init("format", .text(Self.format)),
      .init("objective", wish.yaml),
      .init(
        "trace", .map([.init("name", .text(traceName)), .init("fingerprint", .text(fingerprint))])),
      .init("prices", .optional(prices, \.yaml)),
      .init(
        "bootstrap",
        .map([.init("seed", .integer(Int128(seed))), .init("replicates", .integer(Int128(replicates)))])),
      .init(
        "baselines",
        .row([
          .init("selector", .text(baselineSelector)), .init("aggregator", .text(baselineAggregator)),
        ]), comment: ["What blender ranks and moa merges with."]),
      .init("models", .list(models.map(\.yaml)), comment: ["In pool order, which is how ties fall."]),
      .init("workloads", .list(workloads.map { .map($0.entries) })),
      .init(
        "default",
        .map(
          fallback.entries + [
            .init("shares", .list(shares.map(\.yaml))),
            .init(
              "regret", .list(regrets.map(\.yaml)),
              comment: ["What each workload loses when this runs instead of its own policy."]),
          ]), comment: ["For a query without a label, or with one that is not listed above."]),
    ]).document(comment: [
      "What to run in production, chosen by lightreplay recommend. Costs are per query.",
      "Check: lightreplay policy validate FILE [--trace T]; compare: lightreplay policy diff OLD NEW",
    ])
  }
}

extension ProductionWish {
  fileprivate var yaml: YAMLNode {
    var entries: [YAMLNode.Entry] = [.init("wish", .text(sentence))]
    switch aim {
    case .objective(let lambda):
      entries += [.init("aim", .word("objective")), .init("lambda", .number(lambda))]
    case .leastCost: entries.append(.init("aim", .word("least-cost")))
    case .budget: entries.append(.init("aim", .word("budget")))
    }
    switch scoreTarget {
    case .score(let score): entries.append(.init("min_score", .number(score)))
    case .shareOfBest(let share): entries.append(.init("min_score_share", .number(share)))
    case nil: break
    }
    entries += YAMLNode.Entry.unlessNil("budget", budget, YAMLNode.number)
    entries += YAMLNode.Entry.unlessNil("fleet_budget", fleetBudget, YAMLNode.number)
    entries += YAMLNode.Entry.unlessNil("max_latency_p95_s", maxLatencyP95, YAMLNode.number)
    entries += YAMLNode.Entry.unlessNil("confidence", confidence, YAMLNode.number)
    if isOneStandardError { entries.append(.init("one_standard_error", .bool(true))) }
    return .map(
      entries + [
        .init("cost_unit", .word(costUnit.rawValue)), .init("accounting", .word(accounting.rawValue)),
        .init("continuation", .word(continuation.rawValue)),
        .init("failures", .word(excludesFailures ? "exclude" : "count")),
        .init("samples", .word(samples.rawValue)),
      ] + YAMLNode.Entry.unlessNil("grader", grader, YAMLNode.text))
  }
}

extension ProductionPrices {
  fileprivate var yaml: YAMLNode {
    .map([
      .init("book", .text(book)), .init("date", .optional(date, YAMLNode.text)),
      .init("sha256", .text(sha256)),
      .init(
        "usd_per_million_tokens",
        .list(
          rows.map { row in
            .row([
              .init("model", .text(row.model)), .init("input", .price(row.price.input)),
              .init("cached_input", .price(row.price.cachedInput)),
              .init("output", .price(row.price.output)),
            ])
          })),
    ])
  }
}

extension YAMLNode {
  /// Picodollars per token as USD per million tokens.
  static func price(_ picodollars: Int64) -> YAMLNode {
    .decimal(FixedPoint.text(Int128(picodollars), places: 6))
  }
}

extension ProductionModel {
  fileprivate var yaml: YAMLNode {
    .row(
      [.init("name", .text(name))]
        + (isInPool ? [] : [.init("pool", .bool(false))])
        + (skills.isEmpty ? [] : [.init("skills", .items(skills.map(YAMLNode.text)))])
        + YAMLNode.Entry.unlessNil("continuation", continuation) { .word($0.rawValue) })
  }
}

extension ProductionShare {
  fileprivate var yaml: YAMLNode {
    .row([.init("workload", .text(workload)), .init("share", .number(share))])
  }
}

extension ProductionRegret {
  fileprivate var yaml: YAMLNode {
    .map([
      .init("workload", .text(workload)), .init("queries", .integer(Int128(queries))),
      .init("score_loss", scoreLoss.yaml), .init("extra_cost", extraCost.yaml),
      .init("objective_loss", .optional(objectiveLoss, \.yaml)),
    ])
  }
}

extension ProductionFigure {
  var yaml: YAMLNode {
    .row([
      .init("mean", .number(mean)), .init("low", .number(low)), .init("high", .number(high)),
    ])
  }
}
