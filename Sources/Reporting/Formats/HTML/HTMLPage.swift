/// A report as one self-contained page: no network, no other file, light and dark, on paper and on a phone.
struct HTMLPage {
  let report: Report

  var text: String {
    let outline = ReportOutline(report)
    let title = "LightReplay report: \(ShownName.clipped(report.traceName))"
    let head: [MarkupNode] = [
      .element("meta", ["charset": "utf-8"]),
      .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
      .element("meta", ["name": "color-scheme", "content": "light dark"]),
      .element("title", text: title), .style(Palette.variables + [PageStyle.drawing]),
      .style([PageStyle.sheet]),
    ]
    let body: [MarkupNode] = [
      .element("a", ["class": "skip", "href": "#main"], text: "Skip to the content"),
      header, navigation(outline),
      .element("main", ["id": "main"], outline.sections.map(section)),
      .script(PageScript.program),
    ]
    let page = MarkupNode.element(
      "html", ["lang": "en"], [.element("head", [:], head), .element("body", [:], body)])
    return "<!DOCTYPE html>\n" + page.markup + "\n"
  }

  /// Nothing is loaded, and nothing runs but the program of ours, whatever a trace contains.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src '\(PageScript.digest)'; base-uri 'none'; form-action 'none'"

  private var header: MarkupNode {
    let queries = report.workloads.reduce(0) { $0 + $1.sweep.comparedRows }
    let policies = report.workloads.map(\.sweep.policies.count).max() ?? 0
    let facts =
      "\(NumberText.count(queries)) queries compared in \(report.workloads.count) workload\(report.workloads.count == 1 ? "" : "s"), \(NumberText.count(policies)) policies, \(report.poolCount) candidates"
    return .element(
      "header", [:],
      [
        .element("p", ["class": "kicker"], text: "LightReplay report"),
        .element("h1", [:], [.element("bdi", text: ShownName.clipped(report.traceName))]),
        .element("p", ["class": "quiet"], text: facts),
      ])
  }

  private func navigation(_ outline: ReportOutline) -> MarkupNode {
    .element(
      "nav", ["aria-label": "Contents"],
      outline.sections.map { section in
        .element("a", ["href": "#\(section.anchor)"], [.element("bdi", text: section.title)])
      })
  }

  private func section(_ section: ReportOutline.Section) -> MarkupNode {
    let heading = MarkupNode.element("h2", [:], [.element("bdi", text: section.title)])
    let parts = section.parts.map { part in
      MarkupNode.element(
        "section", ["id": part.anchor, "class": Self.isNarrow(part) ? "half" : "whole"],
        [.element("h3", text: part.title)] + HTMLBlocks(level: 4).nodes(part.blocks))
    }
    let content = [heading] + HTMLBlocks(level: 3).nodes(section.blocks)
    return .element(
      "section", ["id": section.anchor],
      content + (parts.isEmpty ? [] : [.element("div", ["class": "chapter"], parts)]))
  }

  /// One chart and nothing wide: two such sections stand side by side.
  private static func isNarrow(_ section: ReportOutline.Section) -> Bool {
    var charts = 0
    for block in section.blocks {
      switch block {
      case .chart: charts += 1
      case .table, .explorer, .facts: return false
      default: break
      }
    }
    return charts == 1
  }
}
