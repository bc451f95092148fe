import RoutingCore

extension RecommendReport {
  /// The document `lightreplay.recommend/1` (Formats.md (Schemas/)).
  package var json: JSONValue {
    .object([
      "format": .string("lightreplay.recommend/1"),
      "trace": .object(["name": .string(traceName), "fingerprint": .string(fingerprint)]),
      "settings": settings.json(prices: prices),
      "rule": rule.json,
      "workloads": .array(workloads.map(workload)),
      "unmet": .array(
        unmet.map { .object(["name": .string($0.workload), "reason": .string($0.description)]) }),
      "fleet": .optional(fleet, \.json),
    ])
  }

  func workload(_ result: Recommendation) -> JSONValue {
    .object([
      "name": .string(result.workload),
      "queries": .integer(Int128(result.rows)),
      "compared_queries": .integer(Int128(result.comparedRows)),
      "lambda": .optional(result.lambda, JSONValue.number),
      "recommended": result.recommended.json(poolCount: poolCount),
      "held_out": result.heldOut.json,
      "adaptive": .optional(result.adaptive, \.json),
      "k_set": .array(result.kSet.map(\.json)),
      "fitted_k": .optional(curves[result.workload], \.fittedK),
      "win_share_by_k": .array(
        result.winShareByK.map { .object(["k": $0.k.json, "win_share": .number($0.share)]) }),
      "regimes": .array(result.regimes.map(\.json)),
      "mixture": .array(
        result.mixture.map { .object(["id": .string($0.policy.description), "share": .number($0.share)]) }),
      "runner_up": .optional(result.runnerUp, \.json),
      "baselines": .array(result.baselines.map(\.json)),
      "best_single": .optional(result.bestSingle) {
        .object(["id": .string($0.policy.description), "score": .number($0.score), "cost": .number($0.cost)])
      },
      "warnings": .array(
        result.warnings.map { .object(["code": .string($0.code), "text": .string($0.text)]) }),
      "excluded": .array(result.excluded.map(\.json)),
    ])
  }
}

extension ChosenPolicy {
  func json(poolCount: Int) -> JSONValue {
    .object(
      policy.json(poolCount: poolCount).merging([
        "frozen_id": .optional(frozen) { .string($0.description) },
        "early_stop": policy.earlyStop(share: stopShare),
        "score": score.json,
        "cost": cost.json,
        "objective": .optional(objective, \.json),
        "latency_s": .optional(latency, \.json),
        "win_share": .number(winShare),
        "p_met": .optional(metShare, JSONValue.number),
        "expected_regret": .optional(expectedRegret, JSONValue.number),
      ]) { own, _ in own })
  }
}

extension KSchedule {
  /// A number, or a text such as `4>2` or `1|3@agreement:0.8`.
  var json: JSONValue { constant.map { .integer(Int128($0)) } ?? .string(description) }
}

extension Policy {
  /// Its id and parts.
  func json(poolCount: Int) -> [String: JSONValue] {
    let parts = PolicyParts(self, poolCount: poolCount)
    return [
      "id": .string(description),
      "k": Int(parts.k).map { .integer(Int128($0)) } ?? .string(parts.k),
      "boot_budget": Int(parts.boot).map { .integer(Int128($0)) } ?? .string(parts.boot),
      "layers": .integer(Int128(parts.layers)),
      "schedule": .optional(parts.schedule, JSONValue.string),
      "selector": .optional(parts.selector, JSONValue.string),
      "aggregator": .optional(parts.aggregator, JSONValue.string),
    ]
  }
}

extension Policy {
  /// What decides an adaptive k, and for what share of queries it takes the smaller one; `null` where k is fixed.
  func earlyStop(share: Double?) -> JSONValue {
    guard case .scheme(let scheme) = self, let stop = scheme.k.stop else { return .null }
    return .object([
      "k": .integer(Int128(stop.k)), "signal": .string(stop.signal.rawValue),
      "threshold": .string(stop.threshold.description), "share": .optional(share, JSONValue.number),
    ])
  }
}

extension AdaptiveComparison {
  var json: JSONValue {
    .object([
      "adaptive": .object(adaptive.members), "fixed": fixed.json,
      "same_tools": .optional(sameTools, \.json),
    ])
  }
}

extension HeldOutChoice {
  fileprivate var members: [String: JSONValue] {
    [
      "id": .string(inSample.policy.description), "score": .number(inSample.score),
      "cost": .number(inSample.cost), "held_out_score": .number(score), "held_out_cost": .number(cost),
    ]
  }
}

extension AdaptiveRival {
  fileprivate var json: JSONValue {
    .object(
      choice.members.merging([
        "score_difference": scoreDifference.json, "cost_difference": costDifference.json,
        "objective_difference": .optional(objectiveDifference, \.json),
      ]) { own, _ in own })
  }
}

extension LatencySummary {
  var json: JSONValue {
    .object(["mean": .number(mean), "p50": .number(p50), "p95": .number(p95), "p99": .number(p99)])
  }
}

extension ExcludedPolicy {
  var json: JSONValue {
    .object([
      "id": .string(policy.description), "covered": .integer(Int128(covered)), "reason": .string(reason),
    ])
  }
}

extension HeldOut {
  var json: JSONValue {
    .object([
      "score": score.json,
      "cost": cost.json,
      "objective": .optional(objective, \.json),
      "optimism": .object([
        "score": .number(scoreOptimism), "cost": .number(costOptimism),
        "objective": .optional(objectiveOptimism, JSONValue.number),
      ]),
      "best_single": .optional(bestSingle) { single in
        .object([
          "score": .number(single.score), "cost": .number(single.cost),
          "score_difference": single.scoreDifference.json, "cost_difference": single.costDifference.json,
        ])
      },
      "folds_without_choice": .integer(Int128(foldsWithoutChoice)),
    ])
  }
}

extension RegimeSummary {
  var json: JSONValue {
    .object([
      "lambda_low": .number(lambdaLow), "lambda_high": .optional(lambdaHigh, JSONValue.number),
      "id": .string(policy.description), "score": .number(score), "cost": .number(cost),
      "hull_share": .number(hullShare),
    ])
  }
}

extension RunnerUp {
  var json: JSONValue {
    .object([
      "id": .string(policy.description), "difference": difference.json, "separated": .bool(isSeparated),
      "queries_to_separate": .optional(queriesToSeparate) { .integer(Int128($0)) },
    ])
  }
}

extension BaselineComparison {
  var json: JSONValue {
    .object([
      "id": .string(policy.description), "score": .number(score), "cost": .number(cost),
      "objective": .optional(objective, JSONValue.number), "difference": difference.json,
      "score_difference": scoreDifference.json, "cost_difference": costDifference.json,
    ])
  }
}

extension ChoiceRule {
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "one_standard_error": .bool(isOneStandardError),
      "budget": .optional(budget, JSONValue.number),
      "max_latency_p95_s": .optional(maxLatencyP95, JSONValue.number),
      "confidence": .optional(confidence, JSONValue.number),
      "min_score": .null,
      "min_score_share": .null,
    ]
    switch aim {
    case .objective: members["aim"] = .string("objective")
    case .leastCost: members["aim"] = .string("least-cost")
    case .budget: members["aim"] = .string("budget")
    }
    switch scoreTarget {
    case .score(let score): members["min_score"] = .number(score)
    case .shareOfBest(let share): members["min_score_share"] = .number(share)
    case nil: break
    }
    return .object(members)
  }
}

extension FleetReport {
  var json: JSONValue {
    .object([
      "budget": .number(budget),
      "lambda": .number(fleet.lambda),
      "cost": .number(fleet.cost),
      "score": .number(fleet.score),
      "shares": .array(
        shares.map { .object(["workload": .string($0.workload), "share": .number($0.share)]) }),
      "uniform": .optional(fleet.uniform) { uniform in
        .object([
          "id": .string(uniform.policy.description), "score": .number(uniform.score),
          "cost": .number(uniform.cost),
        ])
      },
    ])
  }
}

extension SweepSettings {
  /// What a document says about how it was computed.
  func json(prices: PriceBook?) -> JSONValue {
    .object([
      "seed": .integer(Int128(seed)),
      "replicates": .integer(Int128(replicates)),
      "cost_unit": .string(costUnit.rawValue),
      "accounting": .string(accounting.rawValue),
      "continuation": .string(continuation.rawValue),
      "failures": .string(excludesFailures ? "exclude" : "count"),
      "prices": .optional(prices) { book in
        .object([
          "name": .string(book.name), "date": .optional(book.date, JSONValue.string),
          "sha256": .string(book.sha256),
        ])
      },
    ])
  }
}
