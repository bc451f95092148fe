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
    var nodes = [MarkupNode.element("g", ["class": "axis"], [grid] + vertical + horizontal)]
    nodes.append(
      text(titles.x, (x.start + x.end) / 2, span.bottom + 36, anchor: "middle", className: "axis-title"))
    if y != nil {
      nodes.append(text(titles.y, 2, span.top - 10, anchor: "start", className: "axis-title"))
    }
    return nodes
  }

  /// All lines of the grid as one.
  private var grid: MarkupNode {
    let across = (y?.ticks(about: 5) ?? []).map { tick in
      "M\(Paper.text(x.start)) \(Paper.text(y?.place(tick.value) ?? 0))H\(Paper.text(x.end))"
    }
    let down = x.ticks(about: 6).map { tick in
      "M\(Paper.text(x.place(tick.value))) \(Paper.text(span.top))V\(Paper.text(span.bottom))"
    }
    return .element("path", ["d": (across + down).joined()])
  }

  private var vertical: [MarkupNode] {
    guard let y else { return [] }
    return y.ticks(about: 5).map { tick in
      text(tick.text, x.start - 6, y.place(tick.value) + 4.5, anchor: "end")
    }
  }

  private var horizontal: [MarkupNode] {
    var freeFrom = -Double.infinity
    return x.ticks(about: 6).compactMap { tick -> MarkupNode? in
      let place = x.place(tick.value)
      let label = Paper.fitted(tick.text, to: 120)
      let half = Paper.width(label) / 2
      // A label that would touch the one before is left out; its line stays.
      guard place - half > freeFrom else { return nil }
      freeFrom = place + half + 4
      return text(label, max(half, min(place, right - half)), span.bottom + 17, anchor: "middle")
    }
  }

  private func text(
    _ text: String, _ x: Double, _ y: Double, anchor: String, className: String? = nil
  ) -> MarkupNode {
    var attributes: [(name: StaticString, value: String)] = [
      ("x", Paper.text(x)), ("y", Paper.text(y)),
    ]
    if anchor != "start" { attributes.append(("text-anchor", anchor)) }
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
