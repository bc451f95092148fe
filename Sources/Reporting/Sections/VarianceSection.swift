import RoutingCore

/// How much averaging or merging k answers steadies the score: the variance along k and its law.
struct VarianceSection: WorkloadSection {
  let title = "Variance along k"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    let curves = workload.variance.filter { $0.kind == .across && $0.points.count > 1 }
    guard !curves.isEmpty else { return [] }
    var table = ReportTable(
      "Variance of the score across queries", [.text("aggregator"), "k", "variance", "low", "high"])
    let series = curves.enumerated().map { position, curve in
      let points = curve.points.map { point -> PlotPoint in
        let (low, high) = (
          max(0, point.value - 1.96 * point.standardError), point.value + 1.96 * point.standardError
        )
        let texts = [point.value, low, high].map { NumberText.fixed($0, places: 4) }
        table.append([curve.source, "\(point.k)"] + texts)
        return PlotPoint(
          x: Double(point.k), y: point.value, low: low, high: high,
          title: "\(curve.source), k = \(point.k): \(texts[0]) (\(texts[1])–\(texts[2]))")
      }
      return PlotSeries(curve.source, .slot(position), [.line, .points, .intervals], points)
    }
    let figure = PlotFigure(
      title: "Variance along k",
      summary:
        "Variance of the score across queries along k for \(curves.map(\.source).joined(separator: ", ")); the numbers are in the table.",
      x: PlotAxis("k", .linear), y: PlotAxis("variance", .linear), series: series)
    let chart = ReportChart(
      figure: .plot(figure), table: table,
      specification: VegaLite.points(
        x: ("k", .number), y: "variance", low: "low", high: "high", color: "aggregator", isLine: true))
    return [
      .chart(chart), .list(curves.map { [.strong(ShownName.clipped($0.source)), .text(": \($0.text)")] }),
    ]
  }
}
