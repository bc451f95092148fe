import RoutingCore

/// A JSON value in memory, with the line it stands on. Numbers stay decimal text, so rounding is decimal.
struct JSONNode: Sendable {
  enum Value: Sendable {
    case object([Member])
    case array([JSONNode])
    case string(String)
    /// As written; `NaN`, `Infinity` and `-Infinity` too, which Python's JSON writes and no field accepts.
    case number(String)
    case bool(Bool)
    case null
  }

  struct Member: Sendable {
    let key: String
    let node: JSONNode
  }

  let value: Value
  let line: Int

  init(value: Value, line: Int) {
    self.value = value
    self.line = line
  }

  /// Parses JSON that stands in a text; `nil` when it is none.
  init?(parsing text: String) {
    let document = DocumentBytes(bytes: Array(text.utf8), count: text.utf8.count)
    let node = document.withBytes { bytes -> JSONNode? in
      var cursor = JSONCursor(document: bytes)
      guard let node = try? cursor.node(), (try? cursor.finish()) != nil else { return nil }
      return node
    }
    guard let node else { return nil }
    self = node
  }

  /// The value of a key; `nil` for a missing key, `null`, and what is no object.
  subscript(key: String) -> JSONNode? {
    guard case .object(let members) = value,
      let member = members.first(where: { $0.key.utf8.elementsEqual(key.utf8) })
    else { return nil }
    return member.node.isNull ? nil : member.node
  }

  var isNull: Bool { if case .null = value { true } else { false } }

  var string: String? { if case .string(let text) = value { text } else { nil } }

  var elements: [JSONNode]? { if case .array(let nodes) = value { nodes } else { nil } }

  var members: [Member]? { if case .object(let members) = value { members } else { nil } }

  /// For messages.
  var words: String {
    switch value {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number(let text): text.count > 40 ? text.prefix(40) + "…" : text
    case .bool(let value): "\(value)"
    case .null: "null"
    }
  }

  /// The value on one line, without spaces.
  var compact: RawJSON {
    var writer = JSONWriter()
    write(to: &writer)
    return RawJSON(text: String(decoding: writer.bytes, as: UTF8.self))
  }

  private func write(to writer: inout JSONWriter) {
    switch value {
    case .object(let members):
      writer.object { writer in
        for member in members {
          writer.key(member.key)
          member.node.write(to: &writer)
        }
      }
    case .array(let nodes): writer.array(nodes) { $1.write(to: &$0) }
    case .string(let text): writer.string(text)
    case .number(let text):
      // `NaN` and `Infinity`, which have an n, are no JSON and kept as strings.
      let isNumber = !text.utf8.contains { $0 | 0x20 == UInt8(ascii: "n") }
      if isNumber { writer.raw(RawJSON(text: text)) } else { writer.string(text) }
    case .bool(let value): writer.raw(RawJSON(text: value ? "true" : "false"))
    case .null: writer.null()
    }
  }
}
