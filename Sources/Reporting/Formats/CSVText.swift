/// Comma-separated values after RFC 4180.
package enum CSVText {
  /// One line per row, each ended by a newline.
  package static func text(_ rows: [[String]]) -> String {
    rows.map { $0.map(cell).joined(separator: ",") + "\n" }.joined()
  }

  /// Quoted where needed. A text that a spreadsheet would run as a formula gets a leading apostrophe;
  /// numbers keep their sign.
  package static func cell(_ text: String) -> String {
    // By Unicode scalars: a comma with a combining mark, or CR with LF, is one `Character` of its own.
    var text = text
    if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first), Double(text) == nil {
      text = "'" + text
    }
    guard text.unicodeScalars.contains(where: { "\",\n\r".unicodeScalars.contains($0) }) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
