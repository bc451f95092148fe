/// Texts as JSON strings.
package enum JSONString {
  /// `text` in quotes; escapes what RFC 8259 requires and nothing else.
  package static func quoted(_ text: String) -> String {
    var quoted = ""
    append(text, to: &quoted)
    return quoted
  }

  /// Appends `text` in quotes to a document being written.
  package static func append(_ text: String, to document: inout String) {
    document += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": document += "\\\""
      case "\\": document += "\\\\"
      case "\n": document += "\\n"
      case "\r": document += "\\r"
      case "\t": document += "\\t"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        document += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: document.unicodeScalars.append(scalar)
      }
    }
    document += "\""
  }
}
