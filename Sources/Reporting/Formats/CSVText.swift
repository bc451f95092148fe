/// Comma-separated values after RFC 4180.
package enum CSVText {
  /// One line per row, each ended by a newline.
  package static func text(_ rows: [[String]]) -> String {
    rows.map { $0.map(cell).joined(separator: ",") + "\n" }.joined()
  }

  /// Quoted where needed. A text that a spreadsheet would run as a formula gets a leading apostrophe;
  /// numbers keep their sign.
  static func cell(_ text: String) -> String {
    var text = text
    if let first = text.first, "=+-@\t\r".contains(first), Double(text) == nil { text = "'" + text }
    guard text.contains(where: { "\",\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
