import RoutingCore

extension WhatIfReport {
  /// The document `lightreplay.whatif/1`.
  package var json: JSONValue {
    .object([
      "format": .string("lightreplay.whatif/1"),
      "trace": .object(["name": .string(traceName), "fingerprint": .string(fingerprint)]),
      "settings": settings.json(prices: prices),
      "rule": rule.json,
      "before": .object(result.before.json),
      "scenarios": .array(result.scenarios.map(\.json)),
    ])
  }
}

extension BasisReport {
  fileprivate var json: [String: JSONValue] {
    [
      "workloads": .array(zip(workloads, shares).map { $0.json(share: $1, poolCount: poolCount) }),
      "overall": .optional(overall) { $0.json(per: traffic) },
      "traffic": .optional(traffic) {
        .object(["text": .string($0.text), "queries_per_month": .number($0.perMonth)])
      },
    ]
  }
}

extension ScenarioOutcome {
  fileprivate func json(share: Double, poolCount: Int) -> JSONValue {
    .object([
      "name": .string(name), "share": .number(share),
      "queries": .integer(Int128(rows)), "compared_queries": .integer(Int128(comparedRows)),
      "recommended": .optional(recommendation) { $0.recommended.json(poolCount: poolCount) },
      "held_out": .optional(recommendation, \.heldOut.json),
      "lambda": .optional(recommendation?.lambda, JSONValue.number),
      "reason": .optional(reason, JSONValue.string),
      "excluded": .array(excluded.map(\.json)),
      "missing_calls": .array(missing.map(\.json)),
    ])
  }
}

extension Standing {
  fileprivate func json(per traffic: Traffic?) -> JSONValue {
    .object([
      "score": score.json, "cost": cost.json,
      "cost_per_month": .optional(traffic) { .number(cost.mean * $0.perMonth) },
    ])
  }
}

extension ScenarioReport {
  fileprivate var json: JSONValue {
    let workloads = after.workloads.indices.map { index -> JSONValue in
      .object([
        "name": .string(after.workloads[index].name),
        "difference": .optional(differences[index], \.json),
        "unchanged": .optional(unchanged[index]) { standing in
          .object([
            "id": .optional(standing.policy) { .string($0.description) }, "score": standing.score.json,
            "cost": standing.cost.json,
          ])
        },
      ])
    }
    return .object([
      "name": .string(scenario.name),
      "changes": .array(scenario.changes.map { .string($0.description) }),
      "after": .object(after.json),
      "workloads": .array(workloads),
      "overall": .optional(overall, \.json),
      "cost_per_month": .optional(monthly, \.json),
      "effects": .array(
        effects.map { effect in
          .object([
            "change": .string(effect.change), "overall": .optional(effect.difference, \.json),
            "cost_per_month": .optional(effect.monthly, \.json),
          ])
        }),
      "price_regimes": .array(priceRegimes.map(\.json)),
    ])
  }
}

extension PriceRegimes {
  fileprivate var json: JSONValue {
    func dollars(_ amount: Int64, _ factor: Double) -> JSONValue { .number(Double(amount) / 1e6 * factor) }
    func at(_ factor: Double) -> JSONValue {
      .object([
        "input": dollars(price.input, factor), "cached_input": dollars(price.cachedInput, factor),
        "output": dollars(price.output, factor),
      ])
    }
    return .object([
      "workload": .string(workload), "model": .string(model), "price": at(1),
      "regimes": .array(
        regimes.map { regime in
          .object([
            "factor_low": .number(regime.low), "factor_high": .optional(regime.high, JSONValue.number),
            "price_low": at(regime.low), "price_high": .optional(regime.high, at),
            "id": .string(regime.policy.description),
          ])
        }),
    ])
  }
}
