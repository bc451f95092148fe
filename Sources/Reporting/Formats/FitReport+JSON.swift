import RoutingCore

extension FitReport {
  /// The document `lightreplay.fit/1` (Formats.md (Schemas/)).
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "format": .string("lightreplay.fit/1"),
      "curves": .array(curves.map(\.json)),
      "variance": .array(variance.map(\.json)),
    ]
    switch source {
    case .trace(let name, let fingerprint, let settings, let prices):
      members["trace"] = .object(["name": .string(name), "fingerprint": .string(fingerprint)])
      members["settings"] = settings.json(prices: prices)
    case .table(let file): members["table"] = .string(file)
    }
    return .object(members)
  }
}

extension FittedCurve {
  var json: JSONValue {
    .object([
      "workload": .optional(workload, JSONValue.string),
      "along": .string(along),
      "slice": .string(slice),
      "points": .array(points.map(\.json)),
      "rank": .integer(Int128(rank)),
      "families": .array(families.map(\.json)),
      "chosen": .optional(chosen, JSONValue.string),
      "asymptote": .optional(asymptote, JSONValue.number),
      "marginal_gain": .optional(marginalGain, \.json),
      "optimum": .optional(optimum, \.json),
      "notes": .array(notes.map(JSONValue.string)),
    ])
  }
}

extension FittedCurve.Reading {
  var json: JSONValue {
    .object([
      "x": .number(x), "y": .number(y), "se": .optional(standardError, JSONValue.number),
      "cost": .optional(cost, JSONValue.number), "fitted": .bool(isFitted),
      "remark": .optional(remark, JSONValue.string),
    ])
  }
}

extension FamilyOutcome {
  var json: JSONValue {
    switch self {
    case .skipped(let family, let reason):
      .object(["name": .string(family), "skipped": .string(reason)])
    case .fitted(let fit): fit.json
    }
  }
}

extension FamilyFit {
  var json: JSONValue {
    .object([
      "name": .string(family),
      "formula": .string(formula),
      "parameters": .array(parameters.map(\.json)),
      "rss": .number(rss),
      "chi2": .optional(chiSquare, JSONValue.number),
      "p_value": .optional(pValue, JSONValue.number),
      "degrees_of_freedom": .integer(Int128(degreesOfFreedom)),
      "aic": .number(aic),
      "weight": .number(weight),
      "near_singular": .bool(isNearSingular),
    ])
  }
}

extension CurveParameter {
  var json: JSONValue {
    .object([
      "name": .string(name), "value": .number(value), "se": .optional(standardError, JSONValue.number),
      "low": .optional(low, JSONValue.number), "high": .optional(high, JSONValue.number),
      "at_bound": .bool(isAtBound),
    ])
  }
}

extension MarginalGain {
  var json: JSONValue {
    .object([
      "step": .number(step),
      "values": .array(values.map { .object(["x": .number($0.x), "gain": .number($0.gain)]) }),
    ])
  }
}

extension CurveOptimum {
  var json: JSONValue {
    .object([
      "lambda": .number(lambda), "x": .number(x), "low": .optional(low, JSONValue.number),
      "high": .optional(high, JSONValue.number), "at_edge": .bool(isAtEdge), "objective": .number(objective),
      "measured": .object([
        "x": .number(measured.x), "low": .number(measured.low), "high": .number(measured.high),
      ]),
      "agrees": .bool(agrees),
    ])
  }
}

extension VarianceCurve {
  var json: JSONValue {
    .object([
      "workload": .string(workload),
      "source": .string(source),
      "kind": .string(kind.rawValue),
      "queries": .integer(Int128(rows)),
      "points": .array(
        points.map { point in
          .object([
            "k": .integer(Int128(point.k)), "value": .number(point.value), "se": .number(point.standardError),
            "sets": .integer(Int128(point.sets)), "all_sets": .integer(Int128(point.allSets)),
          ])
        }),
      "laws": .array(laws.map(\.json)),
      "chosen": .optional(chosen, JSONValue.string),
      "rho": .optional(rho) { rho in
        .object([
          "value": .number(rho.value), "low": .optional(rho.low, JSONValue.number),
          "high": .optional(rho.high, JSONValue.number),
        ])
      },
      "effective_candidates": .array(
        effectiveCandidates.map { .object(["k": .integer(Int128($0.k)), "value": .number($0.value)]) }),
      "text": .string(text),
    ])
  }
}
