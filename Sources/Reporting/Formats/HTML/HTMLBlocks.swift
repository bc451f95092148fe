/// Blocks of a report as nodes of a page.
struct HTMLBlocks {
  /// Of headings within.
  let level: Int

  /// Charts that follow one another stand side by side; a heading and what follows it is a card.
  func nodes(_ blocks: [ReportBlock]) -> [MarkupNode] {
    var nodes: [MarkupNode] = []
    var charts: [MarkupNode] = []
    var card: [MarkupNode]?
    func flushCharts() {
      guard !charts.isEmpty else { return }
      let row = MarkupNode.element("div", ["class": "charts"], charts)
      if card == nil { nodes.append(row) } else { card?.append(row) }
      charts = []
    }
    func flushCard() {
      if let parts = card { nodes.append(.element("article", ["class": "card"], parts)) }
      card = nil
    }
    for block in blocks {
      if case .chart(let chart) = block {
        charts.append(self.chart(chart))
        continue
      }
      flushCharts()
      if case .heading(let text) = block {
        flushCard()
        card = [heading(text)]
      } else if card == nil {
        nodes.append(node(block))
      } else {
        card?.append(node(block))
      }
    }
    flushCharts()
    flushCard()
    return nodes
  }

  private func heading(_ text: String) -> MarkupNode {
    let content = [MarkupNode.element("bdi", text: text)]
    return level == 3 ? .element("h3", [:], content) : .element("h4", [:], content)
  }

  private func node(_ block: ReportBlock) -> MarkupNode {
    switch block {
    case .heading(let text): heading(text)
    case .paragraph(let spans): .element("p", [:], spans.map(span))
    case .list(let items):
      .element("ul", [:], items.map { .element("li", [:], $0.map(span)) })
    case .verdict(let level, let word, let spans):
      .element(
        "p", ["class": "verdict"],
        [.element("strong", ["class": "badge \(level)"], text: word), .text(" ")] + spans.map(span))
    case .facts(let facts): .element("dl", ["class": "facts"], facts.map(fact))
    case .table(let table): scrolled(self.table(table, isCaptionShown: true), table.caption)
    case .chart(let chart): self.chart(chart)
    case .explorer(let data): HTMLExplorer(data: data).node
    }
  }

  private func span(_ span: ReportSpan) -> MarkupNode {
    switch span {
    case .text(let text): .text(text)
    case .strong(let text): .element("strong", text: text)
    case .code(let text): .element("code", text: Self.shown(text))
    case .name(let text): .element("bdi", text: text)
    }
  }

  /// An id may hold a name of any length.
  private static func shown(_ code: String) -> String {
    guard code.unicodeScalars.count > 400 else { return code }
    return String(String.UnicodeScalarView(code.unicodeScalars.prefix(400))) + "…"
  }

  private func fact(_ fact: ReportFact) -> MarkupNode {
    .element(
      "div", [:],
      [
        .element("dt", text: fact.label), .element("dd", ["class": "value"], text: fact.value),
        .element("dd", ["class": "quiet"], text: fact.note),
      ])
  }

  private func table(_ table: ReportTable, isCaptionShown: Bool) -> MarkupNode {
    let heads = table.columns.map { MarkupNode.element("th", text: $0.heading) }
    let rows = table.rows.map { row in
      MarkupNode.element(
        "tr", attributes: row.isChosen ? [("class", "is-chosen")] : [],
        children: row.cells.map { .element("td", text: $0) })
    }
    // Columns of text are named by the table, which is shorter than by every cell.
    let texts = table.columns.enumerated().filter { !$0.element.isNumber }.map { "t\($0.offset + 1)" }
    let caption = isCaptionShown ? [MarkupNode.element("caption", text: table.caption)] : []
    return .element(
      "table", ["class": texts.joined(separator: " ")],
      caption + [.element("thead", [:], [.element("tr", [:], heads)]), .element("tbody", [:], rows)])
  }

  /// Wide tables move sideways on their own, also by keyboard.
  private func scrolled(_ node: MarkupNode, _ label: String) -> MarkupNode {
    .element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": label], [node])
  }

  private func chart(_ chart: ReportChart) -> MarkupNode {
    let details = MarkupNode.element(
      "details", [:],
      [
        .element("summary", text: "Numbers: \(chart.table.caption)"),
        scrolled(table(chart.table, isCaptionShown: false), chart.table.caption),
        .element(
          "p", [:],
          [
            .element(
              "a",
              [
                "download": "\(Self.fileName(chart.title)).vl.json", "data-title": chart.title, "hidden": "",
              ], text: "Vega-Lite specification of “\(chart.title)”")
          ]),
        .data(id: nil, chart.specification),
      ])
    // A large drawing moves sideways on a phone rather than shrink below what can be read.
    let drawing = chart.isLarge ? scrolled(chart.drawing, chart.title) : chart.drawing
    return .element(
      "figure", ["class": chart.isLarge ? "large" : "small"],
      [.element("figcaption", text: chart.title), drawing, details])
  }

  private static func fileName(_ title: String) -> String {
    title.lowercased().split(whereSeparator: { !$0.isASCII || !($0.isLetter || $0.isNumber) })
      .joined(separator: "-")
  }
}
