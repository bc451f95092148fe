/// Horizontal bars made of segments, one row per name.
package struct BarFigure: Sendable {
  package var title: String
  /// What it shows, in a sentence, for those who cannot see it.
  package var summary: String
  package var axis: PlotAxis
  package var series: [(name: String, style: ChartStyle)]
  package var rows: [BarRow]
  /// Values at both ends; `nil` = from 0 to the largest.
  package var limits: (low: Double, high: Double)?
  /// Whether the page's program may draw a line at a value.
  package var hasMovingLine = false

  package init(
    title: String, summary: String, axis: PlotAxis, series: [(name: String, style: ChartStyle)],
    rows: [BarRow]
  ) {
    self.title = title
    self.summary = summary
    self.axis = axis
    self.series = series
    self.rows = rows
  }
}

package struct BarRow: Sendable {
  package let name: String
  package let segments: [BarSegment]
  package var isChosen = false

  package init(_ name: String, _ segments: [BarSegment], isChosen: Bool = false) {
    self.name = name
    self.segments = segments
    self.isChosen = isChosen
  }
}

package struct BarSegment: Sendable {
  /// Position in the figure's series.
  package let series: Int
  package let start: Double
  package let end: Double
  /// Written into the segment where there is room.
  package var label: String?
  package let title: String

  package init(series: Int, start: Double, end: Double, label: String? = nil, title: String) {
    self.series = series
    self.start = start
    self.end = end
    self.label = label
    self.title = title
  }
}

/// Bars laid out and drawn.
struct BarDrawing {
  private static let rowHeight = 38.0

  let figure: BarFigure
  let x: ChartScale
  private let legend: ChartLegend
  private let top: Double

  init(_ figure: BarFigure) {
    self.figure = figure
    let ends = figure.rows.flatMap(\.segments).map(\.end)
    legend = ChartLegend(figure.series.map { ($0.name, $0.style, false) }, width: Paper.customaryWidth)
    top = legend.height + 8
    let limits = figure.limits ?? (0, max(ends.max() ?? 1, .leastNormalMagnitude) * 1.02)
    x = ChartScale(
      figure.axis.kind, low: limits.low, high: limits.high, from: 6, to: Paper.customaryWidth - 12)
  }

  private var bottom: Double { top + Double(figure.rows.count) * Self.rowHeight }

  var node: MarkupNode {
    var parts = legend.nodes + ChartAxes(x: x, top: top, bottom: bottom, title: figure.axis.title).nodes
    parts += figure.rows.enumerated().map { row($0.element, top: top + Double($0.offset) * Self.rowHeight) }
    if figure.hasMovingLine {
      parts.append(
        .element(
          "line",
          [
            "class": "moving", "id": "lambda-line", "x1": "0", "x2": "0", "y1": Paper.text(top),
            "y2": Paper.text(bottom), "data-low": "\(x.low)", "data-high": "\(x.high)",
            "data-start": Paper.text(x.start), "data-end": Paper.text(x.end), "hidden": "",
          ]))
    }
    return .element(
      "svg",
      [
        "viewBox": "0 0 \(Paper.text(Paper.customaryWidth)) \(Paper.text(bottom + 44))", "role": "img",
        "aria-label": figure.summary,
      ], parts)
  }

  private func row(_ row: BarRow, top: Double) -> MarkupNode {
    var parts = [
      MarkupNode.element(
        "text", ["x": Paper.text(x.start), "y": Paper.text(top + 12)],
        text: Paper.fitted((row.isChosen ? "▸ " : "") + row.name, to: Paper.customaryWidth - 30))
    ]
    for segment in row.segments where segment.end > segment.start {
      let (left, right) = (x.place(segment.start), x.place(segment.end))
      guard right - left >= 0.05 else { continue }
      parts.append(
        .element(
          "rect",
          [
            "class": figure.series[segment.series].style.className, "x": Paper.text(left),
            "y": Paper.text(top + 17), "width": Paper.text(right - left), "height": "15",
          ], [.element("title", text: segment.title)]))
      if let label = segment.label, Paper.width(label) + 6 < right - left {
        parts.append(
          .element(
            "text",
            [
              "class": "inside", "x": Paper.text((left + right) / 2), "y": Paper.text(top + 29),
              "text-anchor": "middle",
            ], text: label))
      }
    }
    return .element("g", ["class": row.isChosen ? "row chosen-row" : "row"], parts)
  }
}
