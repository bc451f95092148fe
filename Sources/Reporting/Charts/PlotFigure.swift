/// Points in a plane: lines, marks, bands and intervals over two axes.
package struct PlotFigure: Sendable {
  package var title: String
  /// What it shows, in a sentence, for those who cannot see it.
  package var summary: String
  package var x: PlotAxis
  package var y: PlotAxis
  /// Drawn in this order.
  package var series: [PlotSeries]
  /// In the units of the drawing.
  package var height = 330.0
  package var width = Paper.customaryWidth
  /// Number of a mark that the page's program may move; `nil` = none.
  package var movingMark: Int?

  package init(title: String, summary: String, x: PlotAxis, y: PlotAxis, series: [PlotSeries]) {
    self.title = title
    self.summary = summary
    self.x = x
    self.y = y
    self.series = series
  }
}

package struct PlotAxis: Sendable {
  package let title: String
  package let kind: ScaleKind

  package init(_ title: String, _ kind: ScaleKind) {
    self.title = title
    self.kind = kind
  }
}

package struct PlotSeries: Sendable {
  package let name: String
  package let style: ChartStyle
  package let marks: PlotMarks
  package let points: [PlotPoint]

  package init(_ name: String, _ style: ChartStyle, _ marks: PlotMarks, _ points: [PlotPoint]) {
    self.name = name
    self.style = style
    self.marks = marks
    self.points = points
  }
}

/// How the points of a series are drawn.
package struct PlotMarks: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let line = PlotMarks(rawValue: 1)
  package static let points = PlotMarks(rawValue: 2)
  /// From `low` to `high` as an area.
  package static let band = PlotMarks(rawValue: 4)
  /// From `low` to `high` as a bar.
  package static let intervals = PlotMarks(rawValue: 8)
}

package struct PlotPoint: Sendable {
  package let x: Double
  package let y: Double
  /// Both or none.
  package var low: Double?
  package var high: Double?
  /// Written beside the point where there is room.
  package var label: String?
  /// What the point is, when a pointer rests on it.
  package var title: String?

  package init(
    x: Double, y: Double, low: Double? = nil, high: Double? = nil, label: String? = nil, title: String? = nil
  ) {
    self.x = x
    self.y = y
    self.low = low
    self.high = high
    self.label = label
    self.title = title
  }
}
