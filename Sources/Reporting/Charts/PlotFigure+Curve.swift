package import RoutingCore

extension PlotFigure {
  /// Measured points with their 95 % intervals, and the chosen curves with their 95 % bands.
  ///
  /// - Parameter curves: along the same axis; beyond `ChartStyle.slots` of them looks repeat.
  package init(curves: [FittedCurve], title: String) {
    let along = curves.first?.along ?? "x"
    let shared = Self.shared(curves)
    let series = curves.enumerated().flatMap { position, curve in
      Self.series(curve, name: Self.name(curve, without: shared), slot: position)
    }
    let isFromTrace = curves.contains { $0.workload != nil }
    self.init(
      title: title,
      summary:
        "\(title): measured points and fitted curves with 95 % intervals for \(Set(series.map(\.name)).sorted().joined(separator: "; ")).",
      x: PlotAxis(CurveAxis(rawValue: along).flatMap { isFromTrace ? $0.title : nil } ?? along, .linear),
      y: PlotAxis(isFromTrace ? "score" : "y", .linear), series: series)
  }

  /// Parts of the ids that all curves have in common, in their order.
  package static func shared(_ curves: [FittedCurve]) -> [Substring] {
    guard let first = curves.first else { return [] }
    return first.slice.split(separator: ",").filter { part in
      curves.allSatisfy { $0.slice.split(separator: ",").contains(part) }
    }
  }

  /// The workload, what of the slice is its own, and the family.
  private static func name(_ curve: FittedCurve, without shared: [Substring]) -> String {
    let own = curve.slice.split(separator: ",").filter { !shared.contains($0) }.map(String.init)
    let name = (curve.workload.map { [ShownName.clipped($0)] } ?? []) + own
    let family = curve.chosen ?? "no curve"
    return name.isEmpty ? family : "\(name.joined(separator: ", ")) (\(family))"
  }

  private static func series(_ curve: FittedCurve, name: String, slot: Int) -> [PlotSeries] {
    // Of a normal distribution: points are means of many queries.
    let reach = 1.96
    let points = curve.points.map { point in
      PlotPoint(
        x: point.x, y: point.y, low: point.standardError.map { point.y - reach * $0 },
        high: point.standardError.map { point.y + reach * $0 },
        title: "\(curve.along) = \(Figures.short(point.x)): \(NumberText.fixed(point.y, places: 4))"
          + (point.remark.map { ", \($0)" } ?? ""))
    }
    let line = curve.line.map { point in
      PlotPoint(
        x: point.x, y: point.y, low: point.standardError.map { point.y - reach * $0 },
        high: point.standardError.map { point.y + reach * $0 })
    }
    let hasBand = line.allSatisfy { $0.low != nil }
    return [
      PlotSeries(name, .slot(slot), [.points, .intervals], points),
      PlotSeries(name, .slot(slot), hasBand ? [.line, .band] : .line, line),
    ]
  }
}
