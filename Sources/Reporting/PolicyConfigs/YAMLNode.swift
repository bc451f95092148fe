import RoutingCore

/// A YAML document in memory, printed the same way every time: keys in the order given, comments where they
/// help, every text from outside quoted.
///
/// Written for YAML 1.1 and 1.2 readers alike: no number in scientific notation, no plain word that one of
/// them takes for something else.
package indirect enum YAMLNode: Sendable, Equatable {
  case map([Entry])
  /// A map on one line.
  case row([Entry])
  case list([YAMLNode])
  /// A list on one line.
  case items([YAMLNode])
  /// Text from outside: quoted, or a block where it has several printable lines.
  case text(String)
  /// One of our own words, such as `billed`.
  case word(String)
  /// Finite.
  case number(Double)
  case integer(Int128)
  /// A number with its digits, e.g. a price.
  case decimal(String)
  case bool(Bool)
  case null

  /// A key with its value, and lines of comment above it.
  package struct Entry: Sendable, Equatable {
    package var key: String
    package var value: YAMLNode
    package var comment: [String]

    package init(_ key: String, _ value: YAMLNode, comment: [String] = []) {
      self.key = key
      self.value = value
      self.comment = comment
    }
  }

  /// `null` for `nil`.
  package static func optional<Value>(_ value: Value?, _ make: (Value) -> YAMLNode) -> YAMLNode {
    value.map(make) ?? .null
  }

  /// - Parameter comment: lines at the top.
  package func document(comment: [String]) -> String {
    var writer = YAMLWriter()
    writer.comment(comment, indent: 0)
    writer.block(self, indent: 0)
    return writer.text
  }
}

extension YAMLNode.Entry {
  /// Nothing where there is no value.
  static func unlessNil<Value>(_ key: String, _ value: Value?, _ make: (Value) -> YAMLNode)
    -> [YAMLNode.Entry]
  {
    value.map { [YAMLNode.Entry(key, make($0))] } ?? []
  }
}

/// The text of a YAML document as it grows.
private struct YAMLWriter {
  var text = ""

  mutating func comment(_ lines: [String], indent: Int) {
    for line in lines {
      // What comes from outside may not end the comment.
      let shown = String(
        String.UnicodeScalarView(line.unicodeScalars.map { YAMLScalar.isPrintable($0) ? $0 : "·" }))
      text += String(repeating: " ", count: indent) + (shown.isEmpty ? "#" : "# \(shown)") + "\n"
    }
  }

  /// A map or list on lines of its own; anything else on the current line.
  mutating func block(_ node: YAMLNode, indent: Int) {
    switch node {
    case .map(let entries) where !entries.isEmpty:
      for entry in entries { member(entry, indent: indent) }
    case .list(let elements) where !elements.isEmpty:
      for element in elements { item(element, indent: indent) }
    default: text += Self.inline(node, indent: indent) + "\n"
    }
  }

  private mutating func member(_ entry: YAMLNode.Entry, indent: Int) {
    comment(entry.comment, indent: indent)
    text += String(repeating: " ", count: indent) + YAMLScalar.key(entry.key) + ":"
    if Self.isBlock(entry.value) {
      text += "\n"
      block(entry.value, indent: indent + 2)
    } else {
      text += " " + Self.inline(entry.value, indent: indent + 2) + "\n"
    }
  }

  /// The first key of a map stands behind the dash.
  private mutating func item(_ element: YAMLNode, indent: Int) {
    let start = text.utf8.count
    guard Self.isBlock(element) else {
      text += String(repeating: " ", count: indent) + "- " + Self.inline(element, indent: indent + 2) + "\n"
      return
    }
    if case .map(let entries) = element, let first = entries.first, !first.comment.isEmpty {
      comment(first.comment, indent: indent)
      let bare = [YAMLNode.Entry(first.key, first.value)] + entries.dropFirst()
      return item(.map(bare), indent: indent)
    }
    block(element, indent: indent + 2)
    let dash = text.utf8.index(text.startIndex, offsetBy: start + indent)
    text.replaceSubrange(dash..<text.utf8.index(dash, offsetBy: 2), with: "- ")
  }

  private static func isBlock(_ node: YAMLNode) -> Bool {
    switch node {
    case .map(let entries): !entries.isEmpty
    case .list(let elements): !elements.isEmpty
    default: false
    }
  }

  private static func inline(_ node: YAMLNode, indent: Int) -> String {
    switch node {
    case .map(let entries), .row(let entries):
      let members = entries.map { "\(YAMLScalar.key($0.key)): \(line($0.value))" }
      return "{" + members.joined(separator: ", ") + "}"
    case .list(let elements), .items(let elements):
      return "[" + elements.map(line).joined(separator: ", ") + "]"
    case .text(let value): return YAMLText.block(value, indent: indent) ?? YAMLScalar.quoted(value)
    default: return line(node)
    }
  }

  /// On one line whatever it is.
  private static func line(_ node: YAMLNode) -> String {
    switch node {
    case .map, .row, .list, .items: inline(node, indent: 0)
    case .text(let value): YAMLScalar.quoted(value)
    case .word(let value): YAMLScalar.isPlain(value) ? value : YAMLScalar.quoted(value)
    case .number(let value): YAMLText.number(value)
    case .integer(let value): String(value)
    case .decimal(let digits): digits
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    }
  }
}
