/// Charts as Vega-Lite specifications with their numbers inside, for those who want to restyle them.
enum VegaLite {
  static func specification(_ figure: PlotFigure) -> JSONValue {
    var rows = [["series", "x", "y", "low", "high", "name"]]
    for series in figure.series {
      rows += series.points.map { point in
        [
          series.name, text(point.x, on: figure.x), "\(point.y)", point.low.map { "\($0)" } ?? "",
          point.high.map { "\($0)" } ?? "", point.title ?? point.label ?? "",
        ]
      }
    }
    let layers = figure.series.flatMap(layers).map { layer -> JSONValue in
      let encoding = layer.encoding.merging(["y": axis(layer.y, figure.y)]) { own, _ in own }
      return .object([
        "mark": layer.mark, "transform": .array([.object(["filter": layer.filter])]),
        "encoding": .object(encoding),
      ])
    }
    let shared: [String: JSONValue] = [
      "x": axis("x", figure.x), "color": color(figure.series.map { ($0.name, $0.style) }),
    ]
    return document(figure.title, rows, ["encoding": .object(shared), "layer": .array(layers)])
  }

  static func specification(_ figure: BarFigure) -> JSONValue {
    var rows = [["row", "series", "start", "end", "name"]]
    for row in figure.rows {
      rows += row.segments.map {
        [row.name, figure.series[$0.series].name, "\($0.start)", "\($0.end)", $0.title]
      }
    }
    return document(
      figure.title, rows,
      [
        "mark": .object(["type": .string("bar"), "tooltip": .bool(true)]),
        "encoding": .object([
          "y": .object(["field": .string("row"), "type": .string("nominal"), "sort": .null, "title": .null]),
          "x": axis("start", figure.axis), "x2": .object(["field": .string("end")]),
          "color": color(figure.series),
        ]),
      ])
  }

  private struct Layer {
    let mark: JSONValue
    let filter: JSONValue
    let y: String
    var encoding: [String: JSONValue] = [:]
  }

  private static func layers(_ series: PlotSeries) -> [Layer] {
    let filter = JSONValue.object(["field": .string("series"), "equal": .string(series.name)])
    let upper: [String: JSONValue] = ["y2": .object(["field": .string("high")])]
    func mark(_ type: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
      .object(["type": .string(type)].merging(more) { own, _ in own })
    }
    var layers: [Layer] = []
    if series.marks.contains(.band) {
      layers.append(
        Layer(mark: mark("area", ["opacity": .number(0.2)]), filter: filter, y: "low", encoding: upper))
    }
    if series.marks.contains(.line) { layers.append(Layer(mark: mark("line"), filter: filter, y: "y")) }
    if series.marks.contains(.intervals) {
      layers.append(Layer(mark: mark("rule"), filter: filter, y: "low", encoding: upper))
    }
    if series.marks.contains(.points) {
      let shape = JSONValue.string(series.style.vegaShape)
      let point = mark("point", ["filled": .bool(true), "shape": shape, "tooltip": .bool(true)])
      layers.append(Layer(mark: point, filter: filter, y: "y"))
    }
    return layers
  }

  private static func document(_ title: String, _ rows: [[String]], _ rest: [String: JSONValue]) -> JSONValue
  {
    .object(
      rest.merging([
        "$schema": .string("https://vega.github.io/schema/vega-lite/v5.json"),
        "title": .string(title), "width": .integer(480), "height": .integer(300),
        "data": .object([
          "values": .string(CSVText.text(rows)), "format": .object(["type": .string("csv")]),
        ]),
      ]) { own, _ in own })
  }

  private static func color(_ series: [(name: String, style: ChartStyle)]) -> JSONValue {
    .object([
      "field": .string("series"), "type": .string("nominal"), "title": .null,
      "scale": .object([
        "domain": .array(series.map { .string($0.name) }),
        "range": .array(series.map { .string($0.style.vegaColor) }),
      ]),
      "legend": .object(["symbolOpacity": .integer(1)]),
    ])
  }

  private static func axis(_ field: String, _ axis: PlotAxis) -> JSONValue {
    var members: [String: JSONValue] = ["field": .string(field), "title": .string(axis.title)]
    switch axis.kind {
    case .categories(let names):
      members["type"] = .string("ordinal")
      members["sort"] = .array(names.map(JSONValue.string))
    case .linear, .logarithmic:
      members["type"] = .string("quantitative")
      members["scale"] = .object([
        "type": .string(axis.kind == .linear ? "linear" : "log"), "zero": .bool(false),
      ])
    }
    return .object(members)
  }

  /// A value of an axis; of categories, the name.
  private static func text(_ value: Double, on axis: PlotAxis) -> String {
    guard case .categories(let names) = axis.kind, names.indices.contains(Int(value)) else {
      return "\(value)"
    }
    return names[Int(value)]
  }
}
