import RoutingCore

extension JSONCursor {
  /// Takes any value, checked, as it is written.
  mutating func rawValue() throws(JSONFault) -> RawJSON {
    skipSpace()
    let first = position
    try skipValue()
    let bytes = UnsafeBufferPointer(start: start + first, count: position - first)
    return RawJSON(text: String(decoding: bytes, as: UTF8.self))
  }

  /// Takes any value and forgets it; it is checked all the same.
  mutating func skipValue() throws(JSONFault) {
    switch try peek() {
    case .string: _ = try text(of: scanString())
    case .number: _ = try number()
    case .null: try takeWord("null")
    case .bool:
      if start[position] == UInt8(ascii: "t") { try takeWord("true") } else { try takeWord("false") }
    case .array:
      var scope = try openArray()
      while try nextElement(&scope) { try skipValue() }
    case .object:
      try skipObject()
    }
  }

  private mutating func skipObject() throws(JSONFault) {
    var scope = try openObject()
    var keys: Set<ExactString> = []
    while case .unknown(let key) = try nextKey(&scope, of: .empty) {
      guard keys.insert(ExactString(key)).inserted else { throw .duplicateKey(key) }
      try skipValue()
    }
  }
}

extension JSONKeyTable {
  /// No keys: every key is unknown.
  static let empty = JSONKeyTable([])
}
