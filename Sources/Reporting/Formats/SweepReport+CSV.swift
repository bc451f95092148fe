import RoutingCore

extension SweepReport {
  /// One line per workload and policy; an empty cell = unknown or not applicable.
  package var csv: String {
    var rows = [Self.csvHeadings + settings.lambdas.map { "objective@\($0.value)" }]
    for workload in workloads {
      rows += workload.policies.map { row($0, workload) }
    }
    return CSVText.text(rows)
  }

  private static let csvHeadings = [
    "workload", "id", "k", "boot_budget", "layers", "schedule", "selector", "aggregator", "queries",
    "compared_queries", "covered", "score", "score_se", "score_low", "score_high", "cost", "cost_se",
    "cost_low",
    "cost_high", "input_tokens", "output_tokens", "cost_boot", "cost_selection", "cost_completion",
    "cost_merge",
    "cost_refinement", "latency_mean_s", "latency_p50_s", "latency_p95_s", "latency_p99_s", "frontier",
    "stop_share",
  ]

  private func row(_ summary: PolicySummary, _ workload: WorkloadSweep) -> [String] {
    let parts = PolicyParts(summary.policy, poolCount: poolCount)
    let estimates = [summary.score, summary.cost].flatMap { [$0.mean, $0.standardError, $0.low, $0.high] }
    let stages = Stage.allCases.map { summary.costByStage[$0] ?? 0 }
    let latency = summary.latency.map { [$0.mean, $0.p50, $0.p95, $0.p99].map(\.description) }
    return [
      workload.name, summary.policy.description, parts.k, parts.boot, String(parts.layers),
      parts.schedule ?? "",
      parts.selector ?? "", parts.aggregator ?? "", String(workload.rows), String(workload.comparedRows),
      String(summary.covered),
    ] + (estimates + [summary.inputTokens, summary.outputTokens] + stages).map(\.description)
      + (latency ?? ["", "", "", ""]) + [String(summary.isOnFrontier), summary.stopShare?.description ?? ""]
      + summary.objectives.map { $0.mean.description }
  }
}
