/// JSON is YAML but for one thing: characters beyond U+FFFF written as two escapes.
enum JSONEscapes {
  /// `\ud83d\ude00` as the character it means, in JSON texts; other texts as they are.
  static func joiningSurrogates(_ text: String) -> String {
    guard text.first(where: { !$0.isWhitespace }).map({ $0 == "{" || $0 == "[" }) == true else { return text }
    let bytes = Array(text.utf8)
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        kept.append(bytes[index])
        index += 1
        continue
      }
      if let high = codeUnit(bytes, index), (0xD800..<0xDC00).contains(high),
        let low = codeUnit(bytes, index + 6),
        (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      {
        kept.append(contentsOf: String(Character(scalar)).utf8)
        index += 12
      } else {
        kept.append(contentsOf: bytes[index...index + 1])
        index += 2
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// The value of `\uXXXX` at a place.
  private static func codeUnit(_ bytes: [UInt8], _ index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
    else {
      return nil
    }
    return UInt32(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
  }
}
