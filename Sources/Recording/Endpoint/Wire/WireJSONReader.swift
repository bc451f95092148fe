extension WireJSON {
  /// The JSON value that `bytes` hold, spaces around it; `nil` where they do not hold exactly one.
  package init?(_ bytes: some Collection<UInt8>) {
    var reader = WireJSONReader(bytes: ContiguousArray(bytes))
    guard let value = reader.document() else { return nil }
    self = value
  }

  package init?(_ text: String) { self.init(text.utf8) }
}

/// Reads JSON into a tree: RFC 8259, at most 64 levels deep.
private struct WireJSONReader {
  private static let depthLimit = 64

  private let bytes: ContiguousArray<UInt8>
  private var position = 0
  private var depth = 0

  init(bytes: ContiguousArray<UInt8>) { self.bytes = bytes }

  mutating func document() -> WireJSON? {
    guard let value = value() else { return nil }
    skipSpace()
    return position == bytes.count ? value : nil
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func value() -> WireJSON? {
    skipSpace()
    guard let mark = next else { return nil }
    switch mark {
    case UInt8(ascii: "{"): return nested { $0.object() }
    case UInt8(ascii: "["): return nested { $0.array() }
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func nested(_ body: (inout Self) -> WireJSON?) -> WireJSON? {
    guard depth < Self.depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    position += 1
    return body(&self)
  }

  private mutating func object() -> WireJSON? {
    var members: [String: WireJSON] = [:]
    if takeMark("}") { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\""), let name = string(), takeMark(":"), let value = value() else {
        return nil
      }
      members[name] = value
    } while takeMark(",")
    return takeMark("}") ? .object(members) : nil
  }

  private mutating func array() -> WireJSON? {
    var elements: [WireJSON] = []
    if takeMark("]") { return .array(elements) }
    repeat {
      guard let value = value() else { return nil }
      elements.append(value)
    } while takeMark(",")
    return takeMark("]") ? .array(elements) : nil
  }

  // MARK: Strings

  private mutating func string() -> String? {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): guard escape(into: &text) else { return nil }
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(into text: inout [UInt8]) -> Bool {
    guard let mark = next else { return false }
    position += 1
    switch mark {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(mark)
    case UInt8(ascii: "u"):
      guard let scalar = unicodeEscape() else { return false }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: return false
    }
    return true
  }

  /// Reads behind `\u`; half a surrogate pair becomes U+FFFD.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let high = codeUnit() else { return nil }
    if let scalar = Unicode.Scalar(high) { return scalar }
    let behind = position
    if high < 0xDC00, take("\\u"), let low = codeUnit(), (0xDC00..<0xE000).contains(low) {
      return Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    }
    position = behind
    return "\u{FFFD}"
  }

  private mutating func codeUnit() -> UInt16? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = bytes[position..<(position + 4)]
    guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
    position += 4
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  // MARK: Numbers, words and marks

  private mutating func number() -> WireJSON? {
    let first = position
    if next == UInt8(ascii: "-") { position += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else { return nil }
    if next == UInt8(ascii: ".") {
      position += 1
      guard digits() > 0 else { return nil }
    }
    if let mark = next, mark | 0x20 == UInt8(ascii: "e") {
      position += 1
      if next == UInt8(ascii: "-") || next == UInt8(ascii: "+") { position += 1 }
      guard digits() > 0 else { return nil }
    }
    return .number(String(decoding: bytes[first..<position], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let first = position
    while let byte = next, byte &- UInt8(ascii: "0") < 10 { position += 1 }
    return position - first
  }

  private mutating func take(_ word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  /// Takes a mark, spaces before it too, if it comes next.
  private mutating func takeMark(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }
}
