import RoutingCore

extension SweepReport {
  /// The document `lightreplay.sweep/1` (Formats.md (Schemas/)).
  package var json: JSONValue {
    .object([
      "format": .string("lightreplay.sweep/1"),
      "trace": .object(["name": .string(traceName), "fingerprint": .string(fingerprint)]),
      "settings": settings.json(prices: prices),
      "workloads": .array(workloads.map(workload)),
    ])
  }

  func workload(_ sweep: WorkloadSweep) -> JSONValue {
    .object([
      "name": .string(sweep.name),
      "queries": .integer(Int128(sweep.rows)),
      "compared_queries": .integer(Int128(sweep.comparedRows)),
      "policies": .array(sweep.policies.map(policy)),
      "excluded": .array(sweep.excluded.map(\.json)),
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
    .object(
      summary.policy.json(poolCount: poolCount).merging([
        "covered": .integer(Int128(summary.covered)),
        "early_stop": summary.policy.earlyStop(share: summary.stopShare),
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
        "latency_s": .optional(summary.latency, \.json),
        "objective": .array(summary.objectives.map(\.json)),
      ]) { own, _ in own })
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
