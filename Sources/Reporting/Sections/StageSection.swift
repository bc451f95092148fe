package import RoutingCore

/// What is paid for at which stage.
struct StageSection: WorkloadSection {
  let title = "Where the cost arises"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    let shown = NotablePolicies(workload).summaries
    guard !shown.isEmpty else { return [] }
    let amounts = Amounts(unit: report.settings.costUnit)
    var table = ReportTable(
      "Cost by stage",
      [.text("policy")] + Stage.allCases.map { .init(heading: $0.name) } + [.init(heading: amounts.heading)])
    let rows = shown.map { summary -> BarRow in
      let name = PolicyWords(policy: summary.policy, names: report.names).label
      let isChosen = summary.policy == workload.recommendation?.recommended.policy
      let costs = Stage.allCases.map { summary.costByStage[$0] ?? 0 }
      table.append(
        [name] + costs.map { amounts.cell($0) } + [amounts.cell(summary.cost.mean)], isChosen: isChosen)
      var start = 0.0
      let segments = zip(Stage.allCases, costs).enumerated().map { position, part in
        defer { start += part.1 }
        return BarSegment(
          series: position, start: amounts.shown(start), end: amounts.shown(start + part.1),
          title: "\(name): \(part.0.name) \(amounts.cell(part.1))")
      }
      return BarRow(name, segments, isChosen: isChosen)
    }
    let used = Stage.allCases.filter { stage in shown.contains { ($0.costByStage[stage] ?? 0) > 0 } }
    let figure = BarFigure(
      title: "Cost by stage",
      summary: "Cost of \(shown.count) policies by stage: \(used.map(\.name).joined(separator: ", ")).",
      axis: PlotAxis(amounts.heading, .linear),
      series: Stage.allCases.enumerated().map {
        (used.contains($0.element) ? $0.element.name : "", .slot($0.offset))
      },
      rows: rows)
    return [
      .chart(
        ReportChart(
          figure: .bars(figure), table: table,
          specification: VegaLite.stackedBars(
            row: "policy", parts: Stage.allCases.map(\.name), title: amounts.heading)))
    ]
  }
}

/// The policies a reader compares: the recommended one, the frontier and the baselines, cheapest first.
package struct NotablePolicies {
  private static let most = 16

  package let summaries: [PolicySummary]

  package init(_ workload: WorkloadReport) {
    let chosen = workload.recommendation?.recommended.policy
    let hull = Set((workload.recommendation?.regimes ?? []).map(\.policy))
    func rank(_ summary: PolicySummary) -> Int? {
      if summary.policy == chosen { return 0 }
      if summary.policy.isBound { return nil }
      if hull.contains(summary.policy) { return 1 }
      if summary.policy.isBaseline { return 2 }
      return summary.isOnFrontier ? 3 : nil
    }
    let ranked = workload.sweep.policies.enumerated().compactMap { position, summary in
      rank(summary).map { (rank: $0, position: position, summary: summary) }
    }
    let kept = ranked.sorted { ($0.rank, $0.position) < ($1.rank, $1.position) }.prefix(Self.most)
    summaries = kept.sorted { ($0.summary.cost.mean, $0.position) < ($1.summary.cost.mean, $1.position) }
      .map(\.summary)
  }
}
