import RoutingCore

extension Report {
  /// The document `lightreplay.report/1`: the sweep and the recommendation of every workload.
  package var json: JSONValue {
    let sweep = SweepReport(
      traceName: traceName, fingerprint: fingerprint, settings: settings, prices: prices,
      workloads: workloads.map(\.sweep), poolCount: poolCount)
    let recommend = RecommendReport(
      traceName: traceName, fingerprint: fingerprint, settings: settings, rule: rule, prices: prices,
      workloads: workloads.compactMap(\.recommendation), fleet: fleet, poolCount: poolCount,
      curves: Dictionary(
        workloads.compactMap { workload in workload.curve.map { (workload.name, $0) } },
        uniquingKeysWith: { first, _ in first }))
    return .object([
      "format": .string("lightreplay.report/1"),
      "version": .string(version),
      "trace": .object(["name": .string(traceName), "fingerprint": .string(fingerprint)]),
      "settings": settings.json(prices: prices),
      "rule": rule.json,
      "provenance": calls.json,
      "workloads": .array(
        workloads.map { workload in
          .object([
            "name": .string(workload.name),
            "sweep": sweep.workload(workload.sweep),
            "recommendation": .optional(workload.recommendation, recommend.workload),
            "nothing_recommended": .optional(workload.failure, JSONValue.string),
          ])
        }),
      "fleet": .optional(fleet, \.json),
    ])
  }
}

extension WorkloadReport {
  /// Why nothing can be recommended; `nil` where something is.
  package var failure: String? {
    if case .failure(let error) = outcome { error.description } else { nil }
  }
}

extension CallProvenance {
  fileprivate var json: JSONValue {
    .object([
      "responses": .integer(Int128(responses)), "estimated_tokens": .integer(Int128(estimatedTokens)),
      "texts": .integer(Int128(texts)), "exact_cuts": .integer(Int128(exactCuts)),
      "failed": .integer(Int128(failed)),
    ])
  }
}
