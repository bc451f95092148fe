/// A piece of a page. Text and attributes are escaped where they are written, so no text can become markup.
package indirect enum MarkupNode: Sendable {
  /// - Parameters:
  ///   - name: an HTML or SVG element; always a literal of ours.
  ///   - attributes: in the order in which they are written.
  case element(StaticString, attributes: [(name: StaticString, value: String)], children: [MarkupNode])
  case text(String)
  /// The parts of a style sheet of ours, as they are.
  case style([StaticString])
  /// A program of ours, as it is.
  case script(StaticString)
  /// Data for the program, as JSON that no text in it can leave.
  case data(id: StaticString?, JSONValue)

  package static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ children: [MarkupNode] = []
  ) -> MarkupNode {
    .element(name, attributes: attributes.map { (name: $0.key, value: $0.value) }, children: children)
  }

  package static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String
  ) -> MarkupNode {
    element(name, attributes, [.text(text)])
  }

  /// The markup, without line breaks of its own.
  package var markup: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .text(let value): MarkupText.escape(value, to: &text)
    case .style(let parts): text += "<style>\n" + parts.map { "\($0)" }.joined() + "</style>"
    case .script(let program): text += "<script>\n\(program)</script>"
    case .data(let id, let value):
      text += "<script type=\"application/json\"" + (id.map { " id=\"\($0)\"" } ?? "") + ">"
      text += MarkupText.withoutMarkup(value.compact) + "</script>"
    case .element(let name, let attributes, let children):
      text += "<\(name)"
      for attribute in attributes {
        text += " \(attribute.name)"
        guard !attribute.value.isEmpty else { continue }
        text += "=\""
        MarkupText.escape(attribute.value, to: &text)
        text += "\""
      }
      if children.isEmpty, MarkupText.closesItself("\(name)") {
        text += "/>"
        return
      }
      text += ">"
      if "\(name)" == "svg" || MarkupText.startsLine("\(name)") { text += "\n" }
      for child in children { child.write(to: &text) }
      if !MarkupText.hasNoEnd("\(name)") { text += "</\(name)>" }
    }
  }
}

/// How text is written into markup.
enum MarkupText {
  /// `&`, `<`, `>` and quotes become references; characters that no page may contain become `�`.
  static func escape(_ value: String, to text: inout String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\t", "\n": text.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// JSON in which nothing can end a script element or begin a comment.
  static func withoutMarkup(_ json: String) -> String {
    var text = ""
    for scalar in json.unicodeScalars {
      switch scalar {
      case "<": text += "\\u003c"
      case ">": text += "\\u003e"
      case "&": text += "\\u0026"
      case "\u{2028}": text += "\\u2028"
      case "\u{2029}": text += "\\u2029"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// HTML's void elements, and those whose end the next one implies.
  static func hasNoEnd(_ name: String) -> Bool {
    ["meta", "input", "td", "th", "tr", "thead", "tbody"].contains(name)
  }

  /// Marks of SVG, which hold nothing unless they have a title.
  static func closesItself(_ name: String) -> Bool {
    ["circle", "line", "path", "polyline", "rect"].contains(name)
  }

  /// Elements that begin a line, so that a page can be read and compared.
  static func startsLine(_ name: String) -> Bool { ["tr", "g", "section"].contains(name) }
}
