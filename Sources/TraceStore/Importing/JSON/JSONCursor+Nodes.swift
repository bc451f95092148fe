import RoutingCore

extension JSONCursor {
  /// Takes any value as a tree. Values of keys in `skipped` are checked and become `null`, wherever they are.
  mutating func node(skipping skipped: Set<String> = []) throws(JSONFault) -> JSONNode {
    try node(skipping: skipped, isKept: true)
  }

  private mutating func node(skipping skipped: Set<String>, isKept: Bool) throws(JSONFault) -> JSONNode {
    skipSpace()
    let line = line
    if let word = takeNotANumber() { return JSONNode(value: .number(word), line: line) }
    switch try peek() {
    case .object: return JSONNode(value: .object(try members(skipped, isKept)), line: line)
    case .array: return JSONNode(value: .array(try elements(skipped, isKept)), line: line)
    case .string:
      let text = try string()
      return JSONNode(value: .string(isKept ? text : ""), line: line)
    case .number:
      let span = try number()
      return JSONNode(value: .number(isKept ? written(span.range) : ""), line: line)
    case .bool:
      let isTrue = start[position] == UInt8(ascii: "t")
      try takeWord(isTrue ? "true" : "false")
      return JSONNode(value: .bool(isTrue), line: line)
    case .null:
      try takeWord("null")
      return JSONNode(value: .null, line: line)
    }
  }

  private mutating func members(
    _ skipped: Set<String>, _ isKept: Bool
  ) throws(JSONFault) -> [JSONNode.Member] {
    var scope = try openObject()
    var members: [JSONNode.Member] = []
    var keys: Set<ExactString> = []
    while case .unknown(let key) = try nextKey(&scope, of: .empty) {
      guard keys.insert(ExactString(key)).inserted else { throw .duplicateKey(key) }
      let isSkipped = skipped.contains(key)
      let node = try node(skipping: skipped, isKept: isKept && !isSkipped)
      guard isKept else { continue }
      members.append(
        JSONNode.Member(key: key, node: isSkipped ? JSONNode(value: .null, line: node.line) : node))
    }
    return members
  }

  private mutating func elements(
    _ skipped: Set<String>, _ isKept: Bool
  ) throws(JSONFault) -> [JSONNode] {
    var scope = try openArray()
    var nodes: [JSONNode] = []
    while try nextElement(&scope) {
      let node = try node(skipping: skipped, isKept: isKept)
      if isKept { nodes.append(node) }
    }
    return nodes
  }

  /// Takes `NaN`, `Infinity` or `-Infinity`.
  private mutating func takeNotANumber() -> String? {
    let first = start[position]
    guard
      first == UInt8(ascii: "N") || first == UInt8(ascii: "I")
        || (first == UInt8(ascii: "-") && start[position + 1] == UInt8(ascii: "I"))
    else { return nil }
    for word in ["NaN", "Infinity", "-Infinity"] {
      let bytes = word.utf8
      guard position + bytes.count <= count,
        bytes.enumerated().allSatisfy({ start[position + $0.offset] == $0.element })
      else { continue }
      position += bytes.count
      return word
    }
    return nil
  }

  private func written(_ range: Range<Int>) -> String {
    String(
      decoding: UnsafeBufferPointer(start: start + range.lowerBound, count: range.count), as: UTF8.self)
  }
}
