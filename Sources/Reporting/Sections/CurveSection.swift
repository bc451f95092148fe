import RoutingCore

/// The curve along k through the recommended policy.
struct CurveSection: WorkloadSection {
  let title = "Diminishing returns along k"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    guard let curve = workload.curve, !curve.line.isEmpty else { return [] }
    var table = ReportTable(
      "Points of the curve along k",
      [.init(heading: "k"), .init(heading: "score"), "low", "high", .text("remark")])
    for point in curve.points {
      let reach = point.standardError.map { 1.96 * $0 }
      table.append([
        Figures.short(point.x), NumberText.fixed(point.y, places: 3),
        reach.map { NumberText.fixed(point.y - $0, places: 3) } ?? "",
        reach.map { NumberText.fixed(point.y + $0, places: 3) } ?? "", point.remark ?? "",
      ])
    }
    let chart = ReportChart(
      figure: .plot(PlotFigure(curves: [curve], title: "Score along k, fitted")), table: table,
      specification: VegaLite.points(
        x: ("k", .number), y: "score", low: "low", high: "high", color: "remark", isLine: true))
    let items = curve.facts.map { "\($0.label): \($0.text)" } + curve.notes
    return [
      .chart(chart),
      .paragraph([.text("Policies like "), .code("k=…,\(curve.slice)"), .text(".")]),
      .list(items.map { [.text($0)] }),
    ]
  }
}
