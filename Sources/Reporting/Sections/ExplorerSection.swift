import RoutingCore

/// λ, a budget or a score by hand: the recommended policy moves along the exact regimes.
struct ExplorerSection: ReportSection {
  let title = "What if λ were different"

  func blocks(_ report: Report) -> [ReportBlock] {
    let data = ExplorerData(report)
    guard !data.workloads.isEmpty else { return [] }
    return [.explorer(data)] + (regimes(report).map { [.chart($0)] } ?? [])
  }

  /// Which policy holds for which λ, one row per workload.
  private func regimes(_ report: Report) -> ReportChart? {
    let data = ExplorerData(report)
    let results = report.workloads.compactMap(\.recommendation).filter { $0.regimes.count > 1 }
    guard !results.isEmpty else { return nil }
    var table = ReportTable("Regimes of λ", [.text("workload"), "from λ", "to λ", .text("policy")])
    let rows = results.map { result in
      let segments = result.regimes.enumerated().map { position, regime in
        let name = PolicyWords(policy: regime.policy, names: report.names).label
        let high = regime.lambdaHigh.map { NumberText.significant($0) } ?? "∞"
        table.append([
          ShownName.clipped(result.workload), NumberText.significant(regime.lambdaLow), high, name,
        ])
        return BarSegment(
          series: position % 2,
          start: max(regime.lambdaLow, data.low), end: min(regime.lambdaHigh ?? data.high, data.high),
          label: Self.short(regime.policy),
          title: "λ \(NumberText.significant(regime.lambdaLow)) to \(high): \(name)")
      }
      return BarRow(ShownName.clipped(result.workload), segments)
    }
    var figure = BarFigure(
      title: "The best policy by λ",
      summary:
        "For each workload, the intervals of λ on which one policy is best; the numbers are in the table.",
      axis: PlotAxis("λ, score per \(Amounts(unit: data.unit).name)", .logarithmic),
      series: [("", .slot(0)), ("", .slot(1))], rows: rows)
    figure.limits = (data.low, data.high)
    figure.hasMovingLine = true
    return ReportChart(
      figure: .bars(figure), table: table,
      specification: VegaLite.spans(row: "workload", from: "from λ", to: "to λ", color: "policy"))
  }

  private static func short(_ policy: Policy) -> String {
    switch policy {
    case .scheme(let scheme): "k=\(scheme.k)" + (scheme.boot == .none ? "" : " B=\(scheme.boot)")
    case .single(let model): ShownName.clipped(model)
    case .moa, .blender, .oracle: policy.description
    }
  }
}

/// What the page's program needs to choose as `recommend` does.
package struct ExplorerData: Sendable {
  package struct Point: Sendable {
    package let id: String
    let label: String
    /// Exactly the means that `recommend` compares.
    package let score: Double
    package let cost: Double
    let figures: String
    /// On the scatter of the workload.
    let place: (x: Double, y: Double)
  }

  package struct Workload: Sendable {
    let name: String
    let position: Int
    /// In the order in which ties fall.
    package let points: [Point]
  }

  let unit: CostUnit
  package let workloads: [Workload]
  /// Ends of the slider above 0.
  let low: Double
  let high: Double
  /// What else holds of the wish, for the page's words.
  let condition: String
  /// What the page begins with.
  package let initial: (field: String, text: String)

  package init(_ report: Report) {
    unit = report.settings.costUnit
    workloads = report.workloads.enumerated().compactMap { position, workload in
      guard workload.recommendation != nil else { return nil }
      return Workload(
        name: workload.name, position: position, points: Self.points(workload, report))
    }
    let breaks = report.workloads.compactMap(\.recommendation).flatMap(\.regimes).map(\.lambdaLow).filter {
      $0 > 0
    }
    condition =
      report.rule.maxLatencyP95.map { " and a p95 latency of at most \(NumberText.significant($0)) s" } ?? ""
    low = (breaks.min() ?? 1) / 5
    high = (breaks.max() ?? 1) * 5
    initial = Self.wish(report.rule)
  }

  /// The rule in force as a field of the page holds it.
  private static func wish(_ rule: ChoiceRule) -> (field: String, text: String) {
    switch (rule.aim, rule.scoreTarget) {
    case (.objective(let lambda), _):
      ("lambda", lambda == lambda.rounded() && lambda < 1e15 ? "\(Int(lambda))" : "\(lambda)")
    case (.budget, _): ("budget", rule.budget.map { "\($0)" } ?? "")
    case (.leastCost, .score(let score)): ("min-score", "\(score)")
    case (.leastCost, .shareOfBest(let share)):
      ("min-score", FixedPoint.text(Int128((share * 1e8).rounded()), places: 6) + "%")
    case (.leastCost, nil): ("lambda", "0")
    }
  }

  /// Leaves out what no rule can choose: policies that another beats in cost without scoring less.
  private static func points(_ workload: WorkloadReport, _ report: Report) -> [Point] {
    let chart = TradeOffChart(workload, report)
    let drawing = PlotDrawing(chart.figure)
    let amounts = Amounts(unit: report.settings.costUnit)
    let eligible = workload.contenders.filter { summary in
      guard let limit = report.rule.maxLatencyP95 else { return true }
      return summary.latency.map { $0.p95 <= limit } ?? false
    }
    let kept = eligible.filter { own in
      !eligible.contains { $0.cost.mean < own.cost.mean && $0.score.mean >= own.score.mean }
    }
    return kept.map { summary in
      Point(
        id: summary.policy.description,
        label: PolicyWords(policy: summary.policy, names: report.names).label,
        score: summary.score.mean, cost: summary.cost.mean,
        figures:
          "score \(amounts.score(summary.score.mean)), \(amounts.sentence(summary.cost.mean))",
        place: drawing.place(amounts.shown(summary.cost.mean), summary.score.mean))
    }
  }

  /// For the page's program.
  var json: JSONValue {
    .object([
      "unit": .string(unit.rawValue), "low": .number(low), "high": .number(high),
      "field": .string(initial.field), "text": .string(initial.text),
      "workloads": .array(
        workloads.map { workload in
          .object([
            "name": .string(ShownName.clipped(workload.name)),
            "position": .integer(Int128(workload.position)),
            "points": .array(
              workload.points.map { point in
                .object([
                  "id": .string(point.id), "label": .string(point.label), "s": .number(point.score),
                  "c": .number(point.cost), "figures": .string(point.figures),
                  "x": .string(Paper.text(point.place.x)), "y": .string(Paper.text(point.place.y)),
                ])
              }),
          ])
        }),
    ])
  }
}
