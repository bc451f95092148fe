/// A report as Markdown (GitHub's): the same sections, charts as their numbers.
struct MarkdownPage {
  let report: Report

  /// Rows of a table behind a chart.
  private static let customaryRows = 60

  var text: String {
    let title = MarkdownText.escaped("LightReplay report: \(ShownName.clipped(report.traceName))")
    return "# \(title)\n"
      + ReportOutline(report).sections.map { section(2, $0) }.joined()
  }

  private func section(_ level: Int, _ section: ReportOutline.Section) -> String {
    let content = section.blocks.map { block($0, level: level + 1) }.joined()
    let parts = section.parts.map { self.section(level + 1, $0) }.joined()
    guard !(content + parts).isEmpty else { return "" }
    return heading(level, section.title) + content + parts
  }

  private func heading(_ level: Int, _ text: String) -> String {
    "\n\(String(repeating: "#", count: level)) \(MarkdownText.escaped(text))\n"
  }

  private func block(_ block: ReportBlock, level: Int) -> String {
    switch block {
    case .heading(let text): heading(level, text)
    case .paragraph(let spans): "\n" + spans.map(span).joined() + "\n"
    case .list(let items): "\n" + items.map { "- " + $0.map(span).joined() + "\n" }.joined()
    case .verdict(_, let word, let spans): "\n**\(word).** " + spans.map(span).joined() + "\n"
    case .facts(let facts):
      "\n"
        + facts.map {
          "- \(MarkdownText.escaped($0.label)): **\(MarkdownText.escaped($0.value))** (\(MarkdownText.escaped($0.note)))\n"
        }.joined()
    case .table(let table): self.table(table)
    case .chart(let chart): self.table(chart.table)
    case .explorer: ""
    }
  }

  private func span(_ span: ReportSpan) -> String {
    switch span {
    case .text(let text), .name(let text): MarkdownText.escaped(text)
    case .strong(let text): "**\(MarkdownText.escaped(text.trimmed))**" + (text.last == " " ? " " : "")
    case .code(let text): MarkdownText.code(ShownName.clipped(text))
    }
  }

  private func table(_ table: ReportTable) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    let rows = table.rows.enumerated().filter { $0.offset < Self.customaryRows || $0.element.isChosen }
    var text = "\n\(MarkdownText.escaped(table.caption)):\n\n"
    text += line(table.columns.map { MarkdownText.escaped($0.heading) })
    text += line(table.columns.map { $0.isNumber ? "---:" : "---" })
    for (_, row) in rows {
      text += line(
        row.cells.map { cell in
          let escaped = MarkdownText.escaped(cell)
          return row.isChosen && !cell.isEmpty ? "**\(escaped)**" : escaped
        })
    }
    let left = table.rows.count - rows.count
    return text + (left > 0 ? "\nand \(NumberText.count(left)) more rows\n" : "")
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// How text is written into Markdown.
package enum MarkdownText {
  /// Every character with a meaning is escaped, so that text stays text; control characters become `·`.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "$", "!", "^":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      default:
        if scalar.properties.generalCategory == .control {
          result += "·"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// In code style where nothing in it can end the style, else escaped.
  package static func code(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0 != "`" && $0 != "|" && $0.properties.generalCategory != .control
    }
    return isPlain && !text.isEmpty ? "`\(text)`" : escaped(text)
  }
}
