/// Searches in UTF-8 text. Recorded texts are long, and every mark looked for is ASCII.
enum ByteSearch {
  /// Where `word` (ASCII) begins, from the last place to the first.
  static func positionsBackward(
    of word: String, in bytes: [UInt8], ignoringCase: Bool = false
  ) -> some Sequence<Int> {
    let word = Array(word.utf8)
    return stride(from: bytes.count - word.count, through: 0, by: -1).lazy.filter { start in
      matches(word, bytes, start, ignoringCase)
    }
  }

  private static func matches(_ word: [UInt8], _ bytes: [UInt8], _ start: Int, _ ignoringCase: Bool) -> Bool {
    for offset in word.indices {
      let byte = bytes[start + offset]
      guard byte == word[offset] || ignoringCase && isLetter(byte) && byte | 0x20 == word[offset] else {
        return false
      }
    }
    return true
  }

  static func starts(_ bytes: ArraySlice<UInt8>, with word: String) -> Bool { bytes.starts(with: word.utf8) }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// Without spaces and line breaks at the ends.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes.drop { $0 <= 0x20 }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return bytes
  }

  /// The content of the braces that open at `start`, `\{` and `\}` not counted; `nil` when they do not close.
  static func braced(_ bytes: [UInt8], at start: Int) -> ArraySlice<UInt8>? {
    var depth = 0
    for index in start..<bytes.count where index == start || bytes[index - 1] != UInt8(ascii: "\\") {
      if bytes[index] == UInt8(ascii: "{") { depth += 1 }
      if bytes[index] == UInt8(ascii: "}") {
        depth -= 1
        if depth == 0 { return bytes[(start + 1)..<index] }
      }
    }
    return nil
  }
}
