import RoutingCore

extension RollingReport {
  /// The document `lightreplay.whatif-rolling/1`.
  package var json: JSONValue {
    let request = result.request
    return .object([
      "format": .string("lightreplay.whatif-rolling/1"),
      "trace": .object(["name": .string(traceName), "fingerprint": .string(fingerprint)]),
      "settings": settings.json(prices: prices),
      "rolling": .object([
        "window": .integer(Int128(request.window)),
        "check": .optional(request.checks) { .integer(Int128($0)) },
        "memory": .integer(Int128(request.memory)), "lambda": .number(request.lambda),
        "one_standard_error": .bool(request.isOneStandardError),
      ]),
      "workloads": .array(result.workloads.map(\.json)),
    ])
  }
}

extension RollingWorkload {
  fileprivate var json: JSONValue {
    .object([
      "name": .string(name), "queries": .integer(Int128(rows)),
      "compared_queries": .integer(Int128(comparedRows)), "pool": .strings(pool),
      "unrecorded": .strings(unrecorded), "reason": .optional(reason, JSONValue.string),
      "windows": .array(windows.enumerated().map { $1.json(index: $0 + 1) }),
      "totals": .optional(totals, \.json),
    ])
  }
}

extension RollingWindow {
  fileprivate func json(index: Int) -> JSONValue {
    .object([
      "index": .integer(Int128(index)), "queries": .integer(Int128(queries)),
      "checked": .integer(Int128(checked)), "first_query": .string(first), "last_query": .string(last),
      "pool": .strings(pool), "left": .strings(left), "returned": .strings(returned),
      "arms": .arms { self[$0].json },
    ])
  }
}

extension RollingStep {
  fileprivate var json: JSONValue {
    .object([
      "id": .string(policy.description), "pool": .strings(pool), "score": .number(score),
      "cost": .number(cost), "check_cost": .number(checkCost), "objective": .number(objective),
      "regret": .number(regret),
    ])
  }
}

extension RollingTotals {
  fileprivate var json: JSONValue {
    .object([
      "arms": .arms { arm in
        .object([
          "score": self[arm].score.json, "cost": self[arm].cost.json,
          "check_cost": .number(self[arm].checkCost), "regret": self[arm].regret.json,
        ])
      }, "lead_over_fixed": leadOverFixed.json, "lead_over_best_fixed": leadOverBestFixed.json,
      "switches": .integer(Int128(switches)),
    ])
  }
}

extension JSONValue {
  fileprivate static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

  /// One value for each arm, by its name.
  fileprivate static func arms(_ value: (RollingArm) -> JSONValue) -> JSONValue {
    .object(Dictionary(uniqueKeysWithValues: RollingArm.allCases.map { ($0.key, value($0)) }))
  }
}
