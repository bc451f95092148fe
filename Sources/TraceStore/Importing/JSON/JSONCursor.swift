/// Reads a line or document of JSON front to back, handing out values as they are asked for.
///
/// It must be followed by `LineReader.padding` readable bytes, the first of them a line feed (behind a line)
/// or zero. No JSON token contains such a byte, so every scan stops at the end without counting.
struct JSONCursor {
  /// Levels of nesting allowed.
  static let depthLimit = 64

  let start: UnsafePointer<UInt8>
  /// Length of the line.
  let count: Int
  /// The next byte to look at, at most `count`.
  var position = 0
  /// Line of the file the cursor is on, from 1.
  private(set) var line: Int
  /// Where that line starts.
  private var lineStart = 0
  /// Whether a line feed is a space, as in documents.
  private let spansLines: Bool
  private var depth = 0

  /// Place in its line, from 1.
  var column: Int { position - lineStart + 1 }

  /// A cursor over a line of a `LineReader`; it must not outlive the line.
  init(line: UnsafeBufferPointer<UInt8>, number: Int = 1) {
    self.init(line, line: number, spansLines: false)
  }

  /// A cursor over a document, behind which are zeros; it must not outlive the bytes.
  init(document: UnsafeBufferPointer<UInt8>) { self.init(document, line: 1, spansLines: true) }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, line: Int, spansLines: Bool) {
    guard let base = bytes.baseAddress else { preconditionFailure("the bytes lie in a reader's buffer") }
    start = base
    count = bytes.count
    self.line = line
    self.spansLines = spansLines
  }

  /// What kind of value comes next.
  enum Kind {
    case object, array, string, number, bool, null
  }

  /// Looks at the next value without taking it.
  mutating func peek() throws(JSONFault) -> Kind {
    skipSpace()
    switch start[position] {
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    default: throw unexpected()
    }
  }

  /// Takes `null` if it comes next.
  mutating func takeNull() throws(JSONFault) -> Bool {
    skipSpace()
    guard start[position] == UInt8(ascii: "n") else { return false }
    try takeWord("null")
    return true
  }

  // MARK: Objects and arrays

  /// How far an object or array has been read.
  struct Scope {
    fileprivate var isFirst = true
    /// Bit i: key i of the table has been read.
    fileprivate var seen: UInt64 = 0
    /// The key expected next: files repeat one order of keys.
    fileprivate var expected = 0
  }

  /// A key of an object: known to the table, or not.
  enum Key {
    case known(Int)
    case unknown(String)
  }

  mutating func openObject() throws(JSONFault) -> Scope { try open(UInt8(ascii: "{")) }
  mutating func openArray() throws(JSONFault) -> Scope { try open(UInt8(ascii: "[")) }

  /// The next key of an object, up to its value; `nil` once the object is closed.
  mutating func nextKey(
    _ scope: inout Scope, of keys: JSONKeyTable
  ) throws(JSONFault) -> Key? {
    guard try hasNext(&scope, closing: UInt8(ascii: "}")) else { return nil }
    guard start[position] == UInt8(ascii: "\"") else { throw unexpected() }
    let span = try scanString()
    let found =
      span.hasEscapes
      ? keys.index(of: try text(of: span), expected: scope.expected)
      : keys.index(of: start + span.range.lowerBound, count: span.range.count, expected: scope.expected)
    guard let found else {
      let name = try text(of: span)
      try takeColon()
      return .unknown(name)
    }
    guard scope.seen & (1 << UInt64(found)) == 0 else { throw .duplicateKey(keys.name(found)) }
    scope.seen |= 1 << UInt64(found)
    scope.expected = found + 1
    try takeColon()
    return .known(found)
  }

  /// Whether an array has another element, which the cursor then stands before.
  mutating func nextElement(_ scope: inout Scope) throws(JSONFault) -> Bool {
    try hasNext(&scope, closing: UInt8(ascii: "]"))
  }

  /// Checks that nothing but spaces is left.
  mutating func finish() throws(JSONFault) {
    skipSpace()
    guard position == count else { throw .contentBehind }
  }

  mutating func skipSpace() {
    while true {
      switch start[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: "\n"):
        guard spansLines else { return }
        position += 1
        line += 1
        lineStart = position
      default: return
      }
    }
  }

  private mutating func open(_ mark: UInt8) throws(JSONFault) -> Scope {
    skipSpace()
    guard start[position] == mark else { throw unexpected() }
    guard depth < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit) }
    depth += 1
    position += 1
    return Scope()
  }

  private mutating func hasNext(_ scope: inout Scope, closing: UInt8) throws(JSONFault) -> Bool {
    skipSpace()
    if start[position] == closing {
      position += 1
      depth -= 1
      return false
    }
    if scope.isFirst {
      scope.isFirst = false
    } else {
      guard start[position] == UInt8(ascii: ",") else { throw unexpected() }
      position += 1
      skipSpace()
    }
    return true
  }

  mutating func takeColon() throws(JSONFault) {
    skipSpace()
    guard start[position] == UInt8(ascii: ":") else { throw unexpected() }
    position += 1
  }

  /// Takes `true`, `false` or `null`.
  mutating func takeWord(_ word: StaticString) throws(JSONFault) {
    for offset in 0..<word.utf8CodeUnitCount where start[position + offset] != word.utf8Start[offset] {
      throw unexpected()
    }
    position += word.utf8CodeUnitCount
  }

  // MARK: Faults

  /// What stands at the cursor: the end of the line, a word such as `NaN`, or a character.
  func unexpected() -> JSONFault {
    guard position < count else { return .endsEarly }
    let rest = UnsafeBufferPointer(start: start + position, count: min(20, count - position))
    let word = rest.prefix { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
    if word.count > 1 { return .unexpected("'" + String(decoding: word, as: UTF8.self) + "'") }
    let byte = rest[0]
    return .unexpected(
      (0x20..<0x7F).contains(byte) ? "'\(Character(UnicodeScalar(byte)))'" : "the byte \(byte)")
  }
}
