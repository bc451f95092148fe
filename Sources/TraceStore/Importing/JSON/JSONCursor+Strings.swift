extension JSONCursor {
  /// A string as written, between its quotes.
  struct StringSpan {
    let range: Range<Int>
    let hasEscapes: Bool
    let isASCII: Bool
  }

  /// Takes a string.
  mutating func string() throws(JSONFault) -> String {
    skipSpace()
    return try text(of: scanString())
  }

  /// Takes the string under the cursor up to its closing quote, checking bytes but not escapes.
  mutating func scanString() throws(JSONFault) -> StringSpan {
    guard start[position] == UInt8(ascii: "\"") else { throw unexpected() }
    position += 1
    let first = position
    var hasEscapes = false
    var highBits: UInt64 = 0
    while true {
      position = Self.endOfPlainRun(start, from: position, highBits: &highBits)
      let byte = start[position]
      if byte == UInt8(ascii: "\"") { break }
      guard byte == UInt8(ascii: "\\") else {
        throw position < count ? .controlCharacter(byte) : .endsEarly
      }
      hasEscapes = true
      guard start[position + 1] >= 0x20 else { throw position + 1 < count ? .unknownEscape : .endsEarly }
      position += 2
    }
    let range = first..<position
    position += 1
    let isASCII = highBits & 0x8080_8080_8080_8080 == 0
    guard isASCII || UTF8Validation.isValid(start + first, count: range.count) else { throw .invalidUTF8 }
    return StringSpan(range: range, hasEscapes: hasEscapes, isASCII: isASCII)
  }

  /// The value of a string.
  func text(of span: StringSpan) throws(JSONFault) -> String {
    let written = UnsafeBufferPointer(start: start + span.range.lowerBound, count: span.range.count)
    guard span.hasEscapes else { return String(decoding: written, as: UTF8.self) }
    var fault: JSONFault?
    // Unescaping never makes a string longer.
    let text = String(unsafeUninitializedCapacity: written.count) { target in
      do throws(JSONFault) {
        return try Self.unescape(written, into: target)
      } catch {
        fault = error
        return 0
      }
    }
    if let fault { throw fault }
    return text
  }

  /// The first quote, backslash or control character from `offset` on, eight bytes at a time.
  ///
  /// The subtractions mark the lowest such byte exactly; a mark above it may be false.
  private static func endOfPlainRun(
    _ start: UnsafePointer<UInt8>, from offset: Int, highBits: inout UInt64
  ) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let raw = UnsafeRawPointer(start)
    var position = offset
    while true {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      let marks =
        ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word)
        & (ones &* 0x80)
      if marks != 0 {
        let length = marks.trailingZeroBitCount / 8
        highBits |= word & ((1 << UInt64(length * 8)) &- 1)
        return position + length
      }
      highBits |= word
      position += 8
    }
  }

  /// Writes the value of an escaped string; returns its length.
  private static func unescape(
    _ written: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
  ) throws(JSONFault) -> Int {
    guard let source = written.baseAddress, let output = target.baseAddress else { return 0 }
    var read = 0
    var length = 0
    while read < written.count {
      let byte = source[read]
      guard byte == UInt8(ascii: "\\") else {
        output[length] = byte
        length += 1
        read += 1
        continue
      }
      // The scan has made sure that a backslash is never the last byte.
      if source[read + 1] == UInt8(ascii: "u") {
        let scalar = try unicodeEscape(written, &read)
        for unit in UTF8.encode(scalar).unsafelyUnwrapped {
          output[length] = unit
          length += 1
        }
      } else {
        output[length] = try simpleEscape(source[read + 1])
        length += 1
        read += 2
      }
    }
    return length
  }

  private static func simpleEscape(_ mark: UInt8) throws(JSONFault) -> UInt8 {
    switch mark {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): mark
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    default: throw .unknownEscape
    }
  }

  /// Reads `\uXXXX`, or two of them that form a surrogate pair.
  private static func unicodeEscape(
    _ written: UnsafeBufferPointer<UInt8>, _ read: inout Int
  ) throws(JSONFault) -> Unicode.Scalar {
    let high = try codeUnit(written, at: read)
    read += 6
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, read + 1 < written.count, written[read] == UInt8(ascii: "\\"),
      written[read + 1] == UInt8(ascii: "u")
    else { throw .loneSurrogate }
    let low = try codeUnit(written, at: read)
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    else { throw .loneSurrogate }
    read += 6
    return scalar
  }

  private static func codeUnit(
    _ written: UnsafeBufferPointer<UInt8>, at read: Int
  ) throws(JSONFault) -> UInt16 {
    guard read + 6 <= written.count else { throw .unknownEscape }
    var value: UInt16 = 0
    for byte in written[(read + 2)..<(read + 6)] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt16(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        value = value << 4 | UInt16((byte | 0x20) - UInt8(ascii: "a") + 10)
      default: throw .unknownEscape
      }
    }
    return value
  }
}
