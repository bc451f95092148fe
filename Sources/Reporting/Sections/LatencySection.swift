import RoutingCore

/// How long an answer takes, where every time is recorded.
struct LatencySection: WorkloadSection {
  let title = "Latency"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    let timed = NotablePolicies(workload).summaries.filter { $0.latency != nil }
    guard !timed.isEmpty else { return [] }
    var table = ReportTable(
      "Latency in seconds", [.text("policy"), "mean", "median", "95th percentile", "99th percentile"])
    let rows = timed.compactMap { summary -> BarRow? in
      guard let latency = summary.latency else { return nil }
      let name = PolicyWords(policy: summary.policy, names: report.names).label
      let isChosen = summary.policy == workload.recommendation?.recommended.policy
      let texts = [latency.mean, latency.p50, latency.p95, latency.p99].map { NumberText.significant($0) }
      table.append([name] + texts, isChosen: isChosen)
      return BarRow(
        name,
        [
          BarSegment(series: 0, start: 0, end: latency.p50, title: "\(name): median \(texts[1]) s"),
          BarSegment(
            series: 1, start: latency.p50, end: latency.p95, title: "\(name): 95th percentile \(texts[2]) s"),
        ], isChosen: isChosen)
    }
    let figure = BarFigure(
      title: "Median and 95th percentile of latency",
      summary: "Latency of \(rows.count) policies, median and 95th percentile in seconds.",
      axis: PlotAxis("seconds", .linear),
      series: [("median", .slot(0)), ("up to the 95th percentile", .slot(4))], rows: rows)
    return [
      .chart(
        ReportChart(
          figure: .bars(figure), table: table,
          specification: VegaLite.bars(row: "policy", value: "95th percentile")))
    ]
  }
}
