import RoutingCore

/// Score against cost: every policy, the frontier, the hull and the baselines, with intervals.
struct TradeOffSection: WorkloadSection {
  let title = "Score against cost"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    guard !workload.sweep.policies.isEmpty else {
      return [
        .paragraph([
          .text(
            "No policy covers enough of the \(NumberText.count(workload.sweep.rows)) queries to be compared.")
        ])
      ]
    }
    let chart = TradeOffChart(workload, report)
    var blocks: [ReportBlock] = [
      .chart(ReportChart(figure: .plot(chart.figure), table: chart.table, specification: chart.specification))
    ]
    if chart.hidden > 0 {
      blocks.append(
        .paragraph([
          .text(
            "\(NumberText.count(chart.hidden)) policies off the frontier are not shown here; the JSON report has all."
          )
        ]))
    }
    if let regimes = regimes(workload, report) { blocks += regimes }
    return blocks
  }

  private func regimes(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock]? {
    guard let result = workload.recommendation, result.regimes.count > 1 else { return nil }
    let amounts = Amounts(unit: report.settings.costUnit)
    var table = ReportTable(
      "The best policy by λ (score per \(amounts.name))",
      ["from λ", "to λ", .text("policy"), "score", .init(heading: amounts.heading), "on the hull in"])
    for regime in result.regimes {
      table.append(
        [
          NumberText.significant(regime.lambdaLow),
          regime.lambdaHigh.map { NumberText.significant($0) } ?? "∞",
          PolicyWords(policy: regime.policy, names: report.names).label,
          amounts.score(regime.score), amounts.cell(regime.cost), amounts.percent(regime.hullShare),
        ], isChosen: regime.policy == result.recommended.policy)
    }
    return [.table(table)]
  }
}

/// The scatter of one workload; the explorer moves a mark on the same drawing.
struct TradeOffChart {
  /// Most policies of a workload, and of all workloads together, that are all shown; of more, those on the
  /// frontier and the baselines, so that a page stays below 1 MB.
  private static let customaryPolicies = (workload: 300, page: 1500)

  let workload: WorkloadReport
  let report: Report
  private let shown: [PolicySummary]
  /// Policies left out of the drawing and the table.
  let hidden: Int

  init(_ workload: WorkloadReport, _ report: Report) {
    self.workload = workload
    self.report = report
    let all = workload.sweep.policies
    let best = workload.recommendation?.recommended.policy
    let page = report.workloads.reduce(0) { $0 + $1.sweep.policies.count }
    shown =
      all.count <= Self.customaryPolicies.workload && page <= Self.customaryPolicies.page
      ? all : all.filter { $0.isOnFrontier || $0.policy.isBaseline || $0.policy == best }
    hidden = all.count - shown.count
  }

  private var amounts: Amounts { Amounts(unit: report.settings.costUnit) }

  private func words(_ policy: Policy) -> PolicyWords {
    PolicyWords(policy: policy, names: report.names)
  }

  private func point(_ summary: PolicySummary, labelled: Bool = false) -> PlotPoint {
    let label = words(summary.policy).label
    return PlotPoint(
      x: amounts.shown(summary.cost.mean), y: summary.score.mean, low: summary.score.low,
      high: summary.score.high, label: labelled ? label : nil,
      title: "\(label): \(amounts.score(summary.score.mean)) at \(amounts.cell(summary.cost.mean))")
  }

  /// Without points that say the same in the same place, as where k = 1 leaves nothing to merge.
  private func distinct(_ points: [PlotPoint]) -> [PlotPoint] {
    var seen: Set<String> = []
    return points.filter { seen.insert($0.title ?? "").inserted }
  }

  private var axis: PlotAxis {
    let costs = shown.map { amounts.shown($0.cost.mean) }
    let (least, most) = (costs.min() ?? 0, costs.max() ?? 0)
    return PlotAxis(amounts.heading, least > 0 && most > 8 * least ? .logarithmic : .linear)
  }

  var figure: PlotFigure {
    let schemes = shown.filter { !$0.policy.isBaseline }
    let singles = shown.filter { if case .single = $0.policy { true } else { false } }
    let others = shown.filter { $0.policy.isBaseline }.filter { baseline in
      !singles.contains { $0.policy == baseline.policy }
    }
    var series = [
      PlotSeries(
        "policies", .muted, .points, distinct(schemes.filter { !$0.isOnFrontier }.map { point($0) })),
      PlotSeries("best for some λ (hull)", .slot(0), .line, hullLine),
      PlotSeries(
        "frontier", .slot(0), [.points, .intervals], schemes.filter(\.isOnFrontier).map { point($0) }),
      PlotSeries(
        "single models", .slot(1), [.points, .intervals], singles.map { point($0, labelled: true) }),
      PlotSeries(
        "all candidates in full; the ceiling", .slot(2), .points, others.map { point($0, labelled: true) }),
    ]
    if let result = workload.recommendation, let chosen = workload.summary(of: result.recommended.policy) {
      var mark = point(chosen)
      mark.label = "recommended"
      series.append(PlotSeries("recommended", .chosen, .points, [mark]))
    }
    var figure = PlotFigure(
      title: "Mean score and cost of every policy", summary: summary, x: axis, y: PlotAxis("score", .linear),
      series: series.filter { !$0.points.isEmpty })
    figure.height = 430
    figure.width = 720
    figure.movingMark = report.workloads.firstIndex { $0.name == workload.name }
    return figure
  }

  private var summary: String {
    let chosen = workload.recommendation.map {
      " Recommended: \(words($0.recommended.policy).label), score \(amounts.score($0.recommended.score.mean)) at \(amounts.sentence($0.recommended.cost.mean))."
    }
    return
      "Scatter of mean score against mean cost for \(shown.count) policies on \(ShownName.clipped(workload.name)).\(chosen ?? "")"
  }

  /// From the dearest to the cheapest; straight in cost, so bent where the axis is logarithmic.
  private var hullLine: [PlotPoint] {
    let corners = (workload.recommendation?.regimes ?? []).map { (amounts.shown($0.cost), $0.score) }
    guard corners.count > 1 else { return [] }
    guard axis.kind == .logarithmic else { return corners.map { PlotPoint(x: $0.0, y: $0.1) } }
    let scale = ChartScale(.logarithmic, low: 1, high: 10, from: 0, to: 1)
    return zip(corners, corners.dropFirst()).flatMap { dear, cheap in
      scale.steps(from: dear.0, to: cheap.0, count: 12).map { cost in
        PlotPoint(x: cost, y: cheap.1 + (dear.1 - cheap.1) * (cost - cheap.0) / (dear.0 - cheap.0))
      }
    }
  }

  /// Every policy shown, cheapest first.
  var table: ReportTable {
    let unit = amounts.heading
    var table = ReportTable(
      "Every policy shown, cheapest first",
      [
        "k", "B", "l", .text("selector"), .text("aggregator"), "score", "score low", "score high",
        .init(heading: unit), "cost low", "cost high", .text("note"),
      ])
    for summary in shown.sorted(by: { $0.cost.mean < $1.cost.mean }) {
      let parts = PolicyParts(summary.policy, poolCount: report.poolCount)
      let isScheme = !summary.policy.isBaseline
      table.append(
        [
          parts.k, parts.boot, String(parts.layers),
          isScheme ? ShownName.clipped(parts.selector ?? "") : words(summary.policy).label,
          isScheme ? ShownName.clipped(parts.aggregator ?? "") : "",
          amounts.score(summary.score.mean), amounts.score(summary.score.low),
          amounts.score(summary.score.high), amounts.cell(summary.cost.mean),
          amounts.cell(summary.cost.low), amounts.cell(summary.cost.high), note(summary),
        ], isChosen: summary.policy == workload.recommendation?.recommended.policy)
    }
    return table
  }

  private func note(_ summary: PolicySummary) -> String {
    if summary.policy == workload.recommendation?.recommended.policy { return "recommended" }
    if summary.policy.isBound { return "a bound" }
    return summary.isOnFrontier ? "frontier" : ""
  }

  var specification: JSONValue {
    VegaLite.points(
      x: (amounts.heading, .number), y: "score", low: "score low", high: "score high", color: "note",
      isLine: false, isLogarithmic: axis.kind == .logarithmic)
  }
}
