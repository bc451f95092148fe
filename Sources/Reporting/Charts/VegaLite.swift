/// Charts as Vega-Lite specifications, for those who want to restyle them.
///
/// They name the columns of the table behind the chart; the page's program puts the table's cells in.
enum VegaLite {
  enum Axis: String {
    case number = "quantitative"
    case names = "ordinal"
  }

  /// Points, with lines between those of one color where `isLine`, and intervals in y.
  static func points(
    x: (field: String, axis: Axis), y: String, low: String, high: String, color: String, isLine: Bool,
    isLogarithmic: Bool = false
  ) -> JSONValue {
    var layers = [
      layer("rule", y: low, axisTitle: y, more: ["y2": .object(["field": .string(high)])]),
      layer(
        "point", y: y, axisTitle: y, more: ["shape": named(color)],
        options: ["filled": .bool(true), "tooltip": content]),
    ]
    if isLine { layers.append(layer("line", y: y, axisTitle: y)) }
    var across: [String: JSONValue] = [
      "field": .string(x.field), "type": .string(x.axis.rawValue), "sort": .null,
    ]
    if isLogarithmic { across["scale"] = .object(["type": .string("log")]) }
    return document([
      "encoding": .object(["x": .object(across), "color": named(color)]),
      "layer": .array(layers),
    ])
  }

  /// One bar per row, put together from columns.
  static func stackedBars(row: String, parts: [String], title: String) -> JSONValue {
    document([
      "transform": .array([
        .object([
          "fold": .array(parts.map(JSONValue.string)), "as": .array([.string("part"), .string("value")]),
        ])
      ]),
      "mark": bar,
      "encoding": .object([
        "y": named(row),
        "x": .object([
          "field": .string("value"), "type": .string("quantitative"), "title": .string(title),
        ]),
        "color": named("part"),
      ]),
    ])
  }

  /// One bar per row.
  static func bars(row: String, value: String) -> JSONValue {
    document(["mark": bar, "encoding": .object(["y": named(row), "x": number(value)])])
  }

  /// Bars from one column to another.
  static func spans(row: String, from: String, to: String, color: String) -> JSONValue {
    document([
      "mark": bar,
      "encoding": .object([
        "y": named(row), "x": number(from), "x2": .object(["field": .string(to)]), "color": named(color),
      ]),
    ])
  }

  private static let content = JSONValue.object(["content": .string("data")])
  private static let bar = JSONValue.object(["type": .string("bar"), "tooltip": content])

  private static func document(_ members: [String: JSONValue]) -> JSONValue {
    .object(
      members.merging([
        "$schema": .string("https://vega.github.io/schema/vega-lite/v5.json"), "width": .integer(480),
        "height": .integer(300),
      ]) { own, _ in own })
  }

  private static func layer(
    _ mark: String, y: String, axisTitle: String, more: [String: JSONValue] = [:],
    options: [String: JSONValue] = [:]
  ) -> JSONValue {
    let field = JSONValue.object([
      "field": .string(y), "type": .string("quantitative"), "title": .string(axisTitle),
      "scale": .object(["zero": .bool(false)]),
    ])
    return .object([
      "mark": .object(options.merging(["type": .string(mark)]) { own, _ in own }),
      "encoding": .object(more.merging(["y": field]) { own, _ in own }),
    ])
  }

  private static func named(_ field: String) -> JSONValue {
    .object(["field": .string(field), "type": .string("nominal"), "sort": .null])
  }

  private static func number(_ field: String) -> JSONValue {
    .object(["field": .string(field), "type": .string("quantitative")])
  }
}
