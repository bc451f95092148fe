/// A plot laid out and drawn.
struct PlotDrawing {
  let figure: PlotFigure
  let x: ChartScale
  let y: ChartScale
  private let legend: ChartLegend
  private let top: Double

  init(_ figure: PlotFigure) {
    self.figure = figure
    let points = figure.series.flatMap(\.points)
    let heights = points.flatMap { [$0.y, $0.low, $0.high].compactMap { $0 } }
    legend = ChartLegend(
      figure.series.map { ($0.name, $0.style, !$0.marks.contains(.points)) }, width: figure.width)
    top = legend.height + 26
    let bottom = figure.height - 44
    let y = ChartScale(figure.y.kind, holding: heights, from: bottom, to: top)
    let widest = y.ticks(about: 5).map { Paper.width($0.text) }.max() ?? 0
    x = ChartScale(figure.x.kind, holding: points.map(\.x), from: widest + 14, to: figure.width - 12)
    self.y = y
  }

  /// Where a value lies on the drawing.
  func place(_ horizontal: Double, _ vertical: Double) -> (x: Double, y: Double) {
    (x.place(horizontal), y.place(vertical))
  }

  var node: MarkupNode {
    var parts =
      legend.nodes
      + ChartAxes(x: x, y: y, right: figure.width, titles: (figure.x.title, figure.y.title)).nodes
    parts += figure.series.filter { $0.marks.contains(.band) }.map(band)
    parts += figure.series.map(series)
    parts += labels
    if let number = figure.movingMark {
      parts.append(.element("circle", ["class": "moving", "id": "mark-\(number)", "r": "10", "hidden": ""]))
    }
    return .element(
      "svg",
      [
        "viewBox": "0 0 \(Paper.text(figure.width)) \(Paper.text(figure.height))", "role": "img",
        "class": figure.width > Paper.customaryWidth ? "large" : "small",
        "aria-label": figure.summary,
      ], parts)
  }

  private func series(_ series: PlotSeries) -> MarkupNode {
    var parts: [MarkupNode] = []
    if series.marks.contains(.line), series.points.count > 1 {
      let places = series.points.map { "\(Paper.text(x.place($0.x))),\(Paper.text(y.place($0.y)))" }
      parts.append(.element("polyline", ["points": places.joined(separator: " ")]))
    }
    let bars = series.marks.contains(.intervals) ? series.points.compactMap(interval) : []
    if !bars.isEmpty { parts.append(.element("path", ["class": "bars", "d": bars.joined()])) }
    if series.marks.contains(.points) {
      parts += series.points.map { series.style.mark(x.place($0.x), y.place($0.y), title: $0.title) }
    }
    return .element("g", ["class": series.style.className], parts)
  }

  private func interval(_ point: PlotPoint) -> String? {
    guard let low = point.low, let high = point.high else { return nil }
    return
      "M\(Paper.text(x.place(point.x))) \(Paper.text(y.place(low)))V\(Paper.text(y.place(high)))"
  }

  private func band(_ series: PlotSeries) -> MarkupNode {
    let edges = series.points.compactMap { point in
      point.low.flatMap { low in point.high.map { (x.place(point.x), y.place(low), y.place($0)) } }
    }
    let outline = edges.map { ($0.0, $0.2) } + edges.reversed().map { ($0.0, $0.1) }
    let text = outline.map { "\(Paper.text($0.0)) \(Paper.text($0.1))" }.joined(separator: "L")
    return .element(
      "g", ["class": "\(series.style.className) band"], [.element("path", ["d": "M\(text)z"])])
  }

  /// Places along lines and intervals, which labels had better not cross.
  private var strokes: [(x: Double, y: Double)] {
    figure.series.flatMap { series -> [(x: Double, y: Double)] in
      var corners: [[(x: Double, y: Double)]] = []
      if series.marks.contains(.line) { corners.append(series.points.map { place($0.x, $0.y) }) }
      if series.marks.contains(.intervals) {
        corners += series.points.compactMap { point in
          point.low.flatMap { low in point.high.map { [place(point.x, low), place(point.x, $0)] } }
        }
      }
      return corners.flatMap(Self.along)
    }
  }

  /// A place about every six units.
  private static func along(_ corners: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    zip(corners, corners.dropFirst()).flatMap { from, to in
      let count = max(1, Int(max(abs(to.x - from.x), abs(to.y - from.y)) / 6))
      return (0...count).map { step in
        let share = Double(step) / Double(count)
        return (x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share)
      }
    }
  }

  private var labels: [MarkupNode] {
    let shown = figure.series.filter { $0.style != .muted && $0.marks.contains(.points) }
    var placement = LabelPlacement(
      paper: .init(left: x.start + 2, top: top - 4, right: figure.width - 2, bottom: figure.height - 46),
      marks: shown.flatMap(\.points).map { place($0.x, $0.y) }, lines: strokes)
    // The most important series is drawn last and labelled first.
    let nodes = shown.reversed().flatMap(\.points).compactMap { point -> MarkupNode? in
      guard let label = point.label.map({ Paper.fitted($0, to: figure.width * 0.36) }) else { return nil }
      let (across, down) = place(point.x, point.y)
      guard let found = placement.place(label, beside: across, down) else { return nil }
      return .element("text", ["x": Paper.text(found.x), "y": Paper.text(found.base)], text: label)
    }
    return nodes.isEmpty ? [] : [.element("g", ["class": "labels"], nodes)]
  }
}
