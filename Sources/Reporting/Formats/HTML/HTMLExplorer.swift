/// The controls that move λ, and what they choose. They appear when the page's program runs.
struct HTMLExplorer {
  let data: ExplorerData

  var node: MarkupNode {
    .element(
      "div", ["id": "explorer", "class": "card", "hidden": ""],
      [
        .element(
          "p", [:],
          [
            .text(
              "λ says how much score a unit of cost is worth. Move it, or give what a query may cost, or what score is needed: the choice is the one that "
            ),
            .element("code", text: "recommend"), .text(" makes with the same wish, from the same means."),
          ]),
        .element("div", ["class": "controls"], controls),
        .element("p", ["id": "explorer-state", "role": "status"]),
        .element(
          "div",
          ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "The choice by workload"],
          [table]),
        .data(id: "explorer-data", data.json),
      ])
  }

  private var unit: String { data.unit == .usd ? "USD per query" : "\(data.unit.rawValue) per query" }

  private var controls: [MarkupNode] {
    [
      .element(
        "label", ["class": "wide"],
        [
          .text("λ on a logarithmic scale"),
          .element(
            "input",
            ["id": "lambda-slider", "type": "range", "min": "0", "max": "1000", "step": "1", "value": "0"]),
        ]),
      field("lambda", "λ, score per \(Amounts(unit: data.unit).name)"),
      field("budget", "or: budget, \(unit)"),
      field("min-score", "or: score at least (0.9 or 98%)"),
    ]
  }

  private func field(_ id: String, _ label: String) -> MarkupNode {
    .element(
      "label", [:],
      [
        .text(label),
        .element(
          "input",
          ["id": id, "type": "text", "inputmode": "decimal", "autocomplete": "off", "spellcheck": "false"]),
      ])
  }

  private var table: MarkupNode {
    .element(
      "table", ["class": "t1 t2 t3"],
      [
        .element(
          "thead", [:],
          [
            .element(
              "tr", [:], ["workload", "policy", "gives"].map { .element("th", text: $0) })
          ]),
        .element(
          "tbody", [:],
          data.workloads.map { workload in
            .element(
              "tr", ["id": "choice-\(workload.position)"],
              [
                .element("td", [:], [.element("bdi", text: ShownName.clipped(workload.name))]),
                .element("td", [:], [.element("bdi", ["class": "policy"])]),
                .element("td", [:], [.element("span", ["class": "figures"])]),
              ])
          }),
      ])
  }
}
