import RoutingCore

/// A JSON document in memory, printed the same way every time: keys sorted by code point, no clock.
package indirect enum JSONValue: Sendable, Equatable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  case integer(Int128)
  /// Finite.
  case number(Double)
  case bool(Bool)
  case null

  /// `null` for `nil`.
  package static func optional<Value>(_ value: Value?, _ make: (Value) -> JSONValue) -> JSONValue {
    value.map(make) ?? .null
  }

  /// Indented by two spaces, with a newline at the end.
  package var document: String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  /// On one line, without spaces.
  package var compact: String {
    switch self {
    case .object(let members):
      let names = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let parts = names.map { name in
        JSONValue.string(name).compact + ":" + (members[name]?.compact ?? "null")
      }
      return "{" + parts.joined(separator: ",") + "}"
    case .array(let elements): return "[" + elements.map(\.compact).joined(separator: ",") + "]"
    case .string, .integer, .number, .bool, .null:
      var text = ""
      write(to: &text, indent: 0)
      return text
    }
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .object(let members) where members.isEmpty: text += "{}"
    case .array(let elements) where elements.isEmpty: text += "[]"
    case .object(let members):
      let names = members.keys.map { $0 }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      Self.write(names, between: ("{", "}"), to: &text, indent: indent) { name, text in
        JSONString.append(name, to: &text)
        text += ": "
        members[name]?.write(to: &text, indent: indent + 2)
      }
    case .array(let elements):
      Self.write(elements, between: ("[", "]"), to: &text, indent: indent) { element, text in
        element.write(to: &text, indent: indent + 2)
      }
    case .string(let value): JSONString.append(value, to: &text)
    case .integer(let value): text += String(value)
    case .number(let value):
      precondition(value.isFinite, "JSON has no text for a number that is not finite")
      text += "\(value)"
    case .bool(let value): text += value ? "true" : "false"
    case .null: text += "null"
    }
  }

  private static func write<Item>(
    _ items: [Item], between brackets: (String, String), to text: inout String, indent: Int,
    _ body: (Item, inout String) -> Void
  ) {
    let margin = "\n" + String(repeating: " ", count: indent + 2)
    text += brackets.0
    for (position, item) in items.enumerated() {
      text += (position == 0 ? "" : ",") + margin
      body(item, &text)
    }
    text += "\n" + String(repeating: " ", count: indent) + brackets.1
  }
}
