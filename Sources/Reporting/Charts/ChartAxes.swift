/// Axes with grid lines, ticks and titles.
struct ChartAxes {
  let x: ChartScale
  /// `nil` = rows that carry their own names.
  var y: ChartScale?
  /// Where there is no `y`: the top and bottom of the grid.
  var span: (top: Double, bottom: Double) = (0, 0)
  let titles: (x: String, y: String)
  /// The right edge of the drawing.
  private let right: Double

  init(x: ChartScale, y: ChartScale, right: Double, titles: (x: String, y: String)) {
    self.x = x
    self.y = y
    self.titles = titles
    span = (y.end, y.start)
    self.right = right
  }

  init(x: ChartScale, top: Double, bottom: Double, title: String) {
    self.x = x
    titles = (title, "")
    span = (top, bottom)
    right = Paper.customaryWidth
  }

  var nodes: [MarkupNode] {
    var nodes = [MarkupNode.element("g", ["class": "axis"], vertical + horizontal)]
    nodes.append(
      text(titles.x, (x.start + x.end) / 2, span.bottom + 36, anchor: "middle", className: "axis-title"))
    if y != nil {
      nodes.append(text(titles.y, 2, span.top - 10, anchor: "start", className: "axis-title"))
    }
    return nodes
  }

  private var vertical: [MarkupNode] {
    guard let y else { return [] }
    return y.ticks(about: 5).flatMap { tick in
      let place = y.place(tick.value)
      return [
        line(x.start, place, x.end, place),
        text(tick.text, x.start - 6, place + 4.5, anchor: "end"),
      ]
    }
  }

  private var horizontal: [MarkupNode] {
    var freeFrom = -Double.infinity
    return x.ticks(about: 6).flatMap { tick -> [MarkupNode] in
      let place = x.place(tick.value)
      let label = Paper.fitted(tick.text, to: 120)
      let half = Paper.width(label) / 2
      let grid = [line(place, span.top, place, span.bottom)]
      // A label that would touch the one before is left out; its line stays.
      guard place - half > freeFrom else { return grid }
      freeFrom = place + half + 4
      let held = max(half, min(place, right - half))
      return grid + [text(label, held, span.bottom + 17, anchor: "middle")]
    }
  }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> MarkupNode {
    .element(
      "line", ["x1": Paper.text(x1), "y1": Paper.text(y1), "x2": Paper.text(x2), "y2": Paper.text(y2)])
  }

  private func text(
    _ text: String, _ x: Double, _ y: Double, anchor: String, className: String? = nil
  ) -> MarkupNode {
    var attributes: [(name: StaticString, value: String)] = [
      ("x", Paper.text(x)), ("y", Paper.text(y)), ("text-anchor", anchor),
    ]
    if let className { attributes.append(("class", className)) }
    return .element("text", attributes: attributes, children: [.text(text)])
  }
}

/// Names of series with their marks, in lines.
struct ChartLegend {
  let nodes: [MarkupNode]
  let height: Double

  /// Series with the same name share an entry.
  init(_ series: [(name: String, style: ChartStyle, isLine: Bool)], width: Double) {
    var nodes: [MarkupNode] = []
    var left = 4.0
    var line = 0.0
    var seen: Set<String> = []
    for (name, style, isLine) in series where !name.isEmpty && seen.insert(name).inserted {
      let text = Paper.fitted(name, to: width - 40)
      let needed = Paper.width(text) + 32
      if left + needed > width, left > 4 {
        left = 4
        line += 1
      }
      let middle = 10 + line * 19
      let swatch =
        isLine
        ? MarkupNode.element(
          "polyline",
          [
            "points":
              "\(Paper.text(left)),\(Paper.text(middle)) \(Paper.text(left + 14)),\(Paper.text(middle))"
          ])
        : style.mark(left + 7, middle, title: nil)
      nodes.append(.element("g", ["class": style.className], [swatch]))
      nodes.append(.element("text", ["x": Paper.text(left + 19), "y": Paper.text(middle + 4.5)], text: text))
      left += needed
    }
    self.nodes = nodes.isEmpty ? [] : [.element("g", ["class": "legend"], nodes)]
    height = nodes.isEmpty ? 0 : (line + 1) * 19
  }
}
