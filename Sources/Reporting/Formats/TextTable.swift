/// A table of text in aligned columns.
package struct TextTable {
  package enum Alignment: Sendable {
    case left, right
  }

  private let headings: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  package init(_ columns: [(heading: String, alignment: Alignment)]) {
    headings = columns.map(\.heading)
    alignments = columns.map(\.alignment)
  }

  package var columnCount: Int { headings.count }

  /// Adds a row with one cell per column; control characters are shown as `·`.
  package mutating func append(_ cells: [String]) {
    precondition(cells.count == headings.count, "one cell per column")
    rows.append(cells.map(Self.printable))
  }

  /// Lines with a newline each; columns two spaces apart, nothing trailing.
  package var text: String {
    let widths = headings.indices.map { column in
      ([headings] + rows).map { Self.width($0[column]) }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (column, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - Self.width(cell))
        text += (column > 0 ? "  " : "") + (alignments[column] == .right ? padding + cell : cell + padding)
      }
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return ([headings, rule] + rows).map(line).joined()
  }

  /// `text` cut to `width` characters, the last one `…` where something is missing.
  package static func clipped(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }

  private static func width(_ cell: String) -> Int { cell.count }

  /// Text from traces is data: nothing in it may move the cursor.
  static func printable(_ cell: String) -> String {
    String(
      String.UnicodeScalarView(
        cell.unicodeScalars.map { $0.properties.generalCategory == .control ? "·" : $0 }))
  }
}
