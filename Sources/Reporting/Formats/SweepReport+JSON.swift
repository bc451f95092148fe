import RoutingCore

extension SweepReport {
  /// The document `lightreplay.sweep/1` (DESIGN §5).
  package var json: JSONValue {
    .object([
      "format": .string("lightreplay.sweep/1"),
      "trace": .object(["name": .string(traceName), "fingerprint": .string(fingerprint)]),
      "settings": settingsJSON,
      "workloads": .array(workloads.map(workload)),
    ])
  }

  private var settingsJSON: JSONValue {
    .object([
      "seed": .integer(Int128(settings.seed)),
      "replicates": .integer(Int128(settings.replicates)),
      "cost_unit": .string(settings.costUnit.rawValue),
      "accounting": .string(settings.accounting.rawValue),
      "continuation": .string(settings.continuation.rawValue),
      "failures": .string(settings.excludesFailures ? "exclude" : "count"),
      "prices": .optional(prices) { book in
        .object([
          "name": .string(book.name), "date": .optional(book.date, JSONValue.string),
          "sha256": .string(book.sha256),
        ])
      },
    ])
  }

  private func workload(_ sweep: WorkloadSweep) -> JSONValue {
    .object([
      "name": .string(sweep.name),
      "queries": .integer(Int128(sweep.rows)),
      "compared_queries": .integer(Int128(sweep.comparedRows)),
      "policies": .array(sweep.policies.map(policy)),
      "excluded": .array(
        sweep.excluded.map { excluded in
          .object([
            "id": .string(excluded.policy.description), "covered": .integer(Int128(excluded.covered)),
            "reason": .string(excluded.reason),
          ])
        }),
      "left_out": .array(
        sweep.leftOut.map { left in
          .object([
            "model": .string(left.model), "queries": .integer(Int128(left.rows)),
            "compared_mean": .number(left.comparedMean), "left_out_mean": .number(left.leftOutMean),
            "se": .number(left.standardError), "differs": .bool(left.differs),
          ])
        }),
    ])
  }

  private func policy(_ summary: PolicySummary) -> JSONValue {
    let parts = PolicyParts(summary.policy, poolCount: poolCount)
    return .object([
      "id": .string(summary.policy.description),
      "k": Int(parts.k).map { .integer(Int128($0)) } ?? .string(parts.k),
      "boot_budget": Int(parts.boot).map { .integer(Int128($0)) } ?? .string(parts.boot),
      "layers": .integer(Int128(parts.layers)),
      "schedule": .optional(parts.schedule, JSONValue.string),
      "selector": .optional(parts.selector, JSONValue.string),
      "aggregator": .optional(parts.aggregator, JSONValue.string),
      "covered": .integer(Int128(summary.covered)),
      "failures": .integer(Int128(summary.failures)),
      "frontier": .bool(summary.isOnFrontier),
      "score": summary.score.json,
      "cost": summary.cost.json,
      "tokens": .object(["input": .number(summary.inputTokens), "output": .number(summary.outputTokens)]),
      "cost_by_stage": .object(
        Dictionary(
          uniqueKeysWithValues: Stage.allCases.map {
            ($0.name, .number(summary.costByStage[$0] ?? 0))
          })),
      "latency_s": .optional(summary.latency) { latency in
        .object([
          "mean": .number(latency.mean), "p50": .number(latency.p50), "p95": .number(latency.p95),
          "p99": .number(latency.p99),
        ])
      },
      "objective": .array(summary.objectives.map(\.json)),
    ])
  }
}

extension Estimate {
  var json: JSONValue {
    .object([
      "mean": .number(mean), "se": .number(standardError), "low": .number(low), "high": .number(high),
    ])
  }
}

extension ObjectiveSummary {
  var json: JSONValue {
    .object([
      "lambda": .number(lambda), "mean": .number(mean), "low": .number(low), "high": .number(high),
      "win_share": .optional(winShare, JSONValue.number),
    ])
  }
}
