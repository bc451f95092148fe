import RoutingCore

extension CalibrationReport {
  /// The document `lightreplay.calibrate/1`.
  package var json: JSONValue {
    .object([
      "format": .string("lightreplay.calibrate/1"),
      "trace": .object(["name": .string(traceName), "fingerprint": .string(fingerprint)]),
      "settings": settings.json(prices: prices),
      "rule": rule.json,
      "margin": .number(margin),
      "workloads": .array(workloads.map(\.json)),
      "transfer": .optional(transfer, \.json),
    ])
  }
}

extension WorkloadCalibration {
  fileprivate var json: JSONValue {
    .object([
      "name": .string(name),
      "queries": .integer(Int128(rows)),
      "compared_queries": .integer(Int128(comparedRows)),
      "informative_share": .optional(informative, \.json),
      "rankings": .array(rankings.map(\.json)),
      "sufficient": .array(sufficient.map(\.json)),
      "worth": .array(worth.map(\.json)),
      "aggregators": .array(aggregators.map(\.json)),
      "contradictions": .array(contradictions.map(\.json)),
      "signatures": .array(signatures.map(\.json)),
      "choice": .optional(choice) { .string($0.description) },
      "excluded": .array(excluded.map(\.json)),
    ])
  }
}

extension BootBudget {
  /// A number of tokens, `none` or `full`.
  var json: JSONValue {
    if case .tokens(let count) = self { .integer(Int128(count)) } else { .string(description) }
  }
}

extension RankingCalibration {
  fileprivate var json: JSONValue {
    .object([
      "selector": .string(selector),
      "boot_budget": boot.json,
      "somers_d": .optional(somersD, \.json),
      "tau_b": .optional(tauB, \.json),
      "hits": .array(
        hits.map { hit in
          .object([
            "k": .integer(Int128(hit.k)), "rate": hit.rate.json, "random": .number(hit.random),
            "prior": .optional(hit.prior, JSONValue.number),
          ])
        }),
      "scores": .array(
        scores.map { .object(["k": .integer(Int128($0.k)), "score": $0.score.json]) }),
    ])
  }
}

extension SufficientBudget {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "selector": .string(selector), "k": .integer(Int128(k)), "margin": .number(margin),
      "boot_budget": .null, "queries_needed": .null,
      "losses": .array(
        losses.map { .object(["boot_budget": $0.boot.json, "loss": $0.loss.json]) }),
    ]
    switch verdict {
    case .budget(let boot):
      members["verdict"] = .string("budget")
      members["boot_budget"] = boot.json
    case .fullOnly: members["verdict"] = .string("full-only")
    case .cannotTell(let queries):
      members["verdict"] = .string("cannot-tell")
      members["queries_needed"] = .optional(queries) { .integer(Int128($0)) }
    }
    return .object(members)
  }
}

extension SelectorWorth {
  fileprivate var json: JSONValue {
    .object([
      "selector": .string(selector), "boot_budget": boot.json, "k": .integer(Int128(k)),
      "score": score.json, "cost": cost.json,
      "random_needs": .optional(randomNeeds) { needs in
        .object(["id": .string(needs.policy.description), "extra_cost": needs.extraCost.json])
      },
      "against_prior": .optional(againstPrior, \.json),
    ])
  }
}

extension PairedDifference {
  var json: JSONValue { .object(["score": score.json, "cost": cost.json]) }
}

extension AggregatorStress {
  fileprivate var json: JSONValue {
    .object([
      "id": .string(policy.description), "aggregator": .string(aggregator), "k": .integer(Int128(k)),
      "by_right_inputs": .array(
        byRight.map { row in
          .object([
            "right": .integer(Int128(row.right)), "queries": .integer(Int128(row.queries)),
            "merged_right": .optional(row.merged, \.json),
          ])
        }),
      "lost": .optional(lost, \.json), "found": .optional(found, \.json),
    ])
  }
}

extension ContradictionStress {
  fileprivate var json: JSONValue {
    .object([
      "id": .string(policy.description), "k": .integer(Int128(k)), "queries": .integer(Int128(queries)),
      "share": share.json, "first": .optional(first, \.json), "merged": .optional(merged, \.json),
      "best": .optional(best, \.json), "merged_agreeing": .optional(mergedAgreeing, \.json),
    ])
  }
}

extension SignatureFinding {
  var json: JSONValue {
    .object([
      "code": .string(code), "verdict": .string(verdict.rawValue),
      "id": .optional(scheme) { .string($0.description) },
      "measured": .optional(measured) { measured in
        .object([
          "value": .number(measured.value), "low": .number(measured.low), "high": .number(measured.high),
        ])
      },
      "threshold": .number(threshold), "groups": .integer(Int128(groups)), "text": .string(text),
      "advice": .string(advice),
    ])
  }
}

extension DomainTransfer {
  fileprivate var json: JSONValue {
    .array(
      workloads.indices.map { chosen in
        .object([
          "chosen_on": .string(workloads[chosen]),
          "id": .optional(choices[chosen]) { .string($0.description) },
          "runs_on": .array(
            workloads.indices.map { place in
              let cell = cells[chosen][place]
              return .object([
                "workload": .string(workloads[place]),
                "score": .optional(cell, { .number($0.score) }),
                "cost": .optional(cell, { .number($0.cost) }),
                "against_own": .optional(cell?.againstOwn, \.json),
              ])
            }),
        ])
      })
  }
}
