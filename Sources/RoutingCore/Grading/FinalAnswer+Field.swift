extension FinalAnswer {
  /// The value of the last JSON field whose key ends in `answer`, complete: a string to its closing quote, or
  /// anything else to the `,`, `}` or line end behind it.
  static func field(_ bytes: [UInt8]) -> Found? {
    for start in ByteSearch.positionsBackward(of: "answer\"", in: bytes, ignoringCase: true) {
      let key = bytes[..<start].reversed().prefix {
        ByteSearch.isLetter($0) || $0 == 0x20 || $0 == UInt8(ascii: "_")
      }
      guard start - key.count > 0, bytes[start - key.count - 1] == UInt8(ascii: "\"") else { continue }
      var rest = bytes[(start + 7)...].drop { $0 <= 0x20 }
      guard rest.first == UInt8(ascii: ":") else { continue }
      rest = rest.dropFirst().drop { $0 <= 0x20 }
      if let content = value(rest) { return Found(mark: .field, position: start, content: content) }
    }
    return nil
  }

  private static func value(_ rest: ArraySlice<UInt8>) -> [UInt8]? {
    if rest.first == UInt8(ascii: "\"") { return quoted(rest.dropFirst()) }
    let value = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "\n") }
    guard value.endIndex < rest.endIndex else { return nil }
    let content = ByteSearch.trimmed(value)
    return content.isEmpty ? nil : Array(content)
  }

  /// A string up to its closing quote; `nil` if it is cut.
  ///
  /// Models often write LaTeX into JSON without doubling the backslashes, so an escape that begins a command
  /// (`\frac`, `\theta`, `\neq`) stays as it is.
  private static func quoted(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var content: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") { return content }
      guard byte == UInt8(ascii: "\\"), index + 1 < bytes.endIndex else {
        content.append(byte)
        index += 1
        continue
      }
      let next = bytes[index + 1]
      let isCommand = index + 2 < bytes.endIndex && ByteSearch.isLetter(bytes[index + 2])
      if let scalar = escaped(bytes[index...]) {
        content += String(Character(scalar)).utf8
        index += 6
        continue
      }
      switch next {
      case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "/"): content.append(next)
      case UInt8(ascii: "n") where !isCommand, UInt8(ascii: "t") where !isCommand: content.append(0x20)
      default: content += [byte, next]
      }
      index += 2
    }
    return nil
  }

  /// The character of `\uXXXX` at the start; `nil` for anything else.
  private static func escaped(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard bytes.count >= 6, bytes.starts(with: "\\u".utf8) else { return nil }
    return UInt32(String(decoding: bytes.dropFirst(2).prefix(4), as: UTF8.self), radix: 16)
      .flatMap(Unicode.Scalar.init)
  }
}
