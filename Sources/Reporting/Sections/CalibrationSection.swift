import RoutingCore

/// Whether the beginnings of answers tell which one will be good: agreement of rankings with scores by boot budget.
struct CalibrationSection: WorkloadSection {
  let title = "Boot calibration"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    guard let calibration = workload.calibration else { return [] }
    let measured = calibration.rankings.filter { $0.somersD != nil && $0.boot != .none }
    guard !measured.isEmpty else { return [] }
    let budgets = Set(measured.map(\.boot)).sorted()
    var table = ReportTable(
      "Agreement of rankings with scores",
      [
        .text("selector"), "B", "Somers' D", "low", "high", "best answer first", "at random",
      ])
    let selectors = measured.reduce(into: [String]()) { names, ranking in
      if !names.contains(ranking.selector) { names.append(ranking.selector) }
    }
    let series = selectors.enumerated().map { position, selector in
      let points = measured.filter { $0.selector == selector }.compactMap { ranking -> PlotPoint? in
        guard let d = ranking.somersD, let place = budgets.firstIndex(of: ranking.boot) else { return nil }
        let texts = [d.mean, d.low, d.high].map { NumberText.fixed($0, places: 3) }
        let first = ranking.hits.first { $0.k == 1 }
        table.append(
          [ShownName.clipped(selector), ranking.boot.description] + texts
            + [first?.rate.mean, first?.random].map { $0.map { NumberText.fixed($0, places: 3) } ?? "" })
        return PlotPoint(
          x: Double(place), y: d.mean, low: d.low, high: d.high,
          title: "\(selector), B = \(ranking.boot): \(texts[0]) (\(texts[1])–\(texts[2]))")
      }
      return PlotSeries(ShownName.clipped(selector), .slot(position), [.line, .points, .intervals], points)
    }
    let figure = PlotFigure(
      title: "Agreement of rankings with scores",
      summary: "Somers' D along the boot budget with 95 % intervals; the numbers are in the table.",
      x: PlotAxis("boot budget", .categories(budgets.map(\.description))),
      y: PlotAxis("Somers' D (1 perfect, 0 random)", .linear), series: series)
    let chart = ReportChart(
      figure: .plot(figure), table: table,
      specification: VegaLite.points(
        x: ("B", .names), y: "Somers' D", low: "low", high: "high", color: "selector", isLine: true))
    return [.chart(chart), .list(calibration.sufficient.map { [.text(sentence($0))] })]
  }

  private func sentence(_ sufficient: SufficientBudget) -> String {
    let start = "\(ShownName.clipped(sufficient.selector)), k = \(sufficient.k): "
    let margin = NumberText.significant(sufficient.margin)
    switch sufficient.verdict {
    case .budget(let boot): return start + "\(boot) tokens lose less than \(margin) against full answers."
    case .fullOnly: return start + "every budget loses more than \(margin) against full answers."
    case .cannotTell(let queries):
      let need = queries.map { "; about \($0) queries would tell" } ?? ""
      return start + "these queries do not tell which budget loses less than \(margin)\(need)."
    }
  }
}
