import RoutingCore

/// Which k wins how often.
struct CertaintySection: WorkloadSection {
  let title = "How sure k is"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    guard let result = workload.recommendation, !result.winShareByK.isEmpty else { return [] }
    let amounts = Amounts(unit: report.settings.costUnit)
    let own = Recommender.k(of: result.recommended.policy, poolCount: report.poolCount)
    var table = ReportTable("Win share by k", ["k", "win share, %", .text("within the interval")])
    let rows = result.winShareByK.map { k, share -> BarRow in
      let isNear = result.kSet.contains(k)
      table.append(
        ["\(k)", NumberText.fixed(100 * share, places: 1), isNear ? "yes" : "no"], isChosen: k == own)
      let name = "k = \(k), picked in \(amounts.percent(share))" + (isNear ? ", within the interval" : "")
      return BarRow(
        name, [BarSegment(series: isNear ? 0 : 1, start: 0, end: 100 * share, title: name)],
        isChosen: k == own)
    }
    var figure = BarFigure(
      title: "How often the resamples pick each k",
      summary:
        "Share of resamples that pick a policy with each k: \(rows.map(\.name).joined(separator: "; ")).",
      axis: PlotAxis("share of resamples, %", .linear),
      series: [("not told from the recommended k", .slot(0)), ("below it", .muted)], rows: rows)
    figure.limits = (0, 100)
    var text = "k within a simultaneous 95 % interval of the recommended one: "
    text += result.kSet.map(\.description).joined(separator: ", ") + "."
    if let regret = result.recommended.expectedRegret, let lambda = result.lambda {
      text +=
        " At λ = \(NumberText.significant(lambda)) the expected regret in S − λT is \(NumberText.significant(regret))."
    }
    text += " A win share describes the data; it is not the probability of being best."
    return [
      .chart(
        ReportChart(
          figure: .bars(figure), table: table, specification: VegaLite.bars(row: "k", value: "win share, %"))),
      .paragraph([.text(text)]),
    ]
  }
}
