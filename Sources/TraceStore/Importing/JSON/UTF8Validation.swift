/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Validation {
  static func isValid(_ bytes: UnsafePointer<UInt8>, count: Int) -> Bool {
    let raw = UnsafeRawPointer(bytes)
    var position = 0
    while position < count {
      if position + 8 <= count,
        raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        position += 8
        continue
      }
      guard let length = sequenceLength(bytes + position, available: count - position) else { return false }
      position += length
    }
    return true
  }

  /// The length of the character at `bytes`; `nil` when it is malformed.
  private static func sequenceLength(_ bytes: UnsafePointer<UInt8>, available: Int) -> Int? {
    let first = bytes[0]
    if first < 0x80 { return 1 }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard (0xC2...0xF4).contains(first), length <= available else { return nil }
    // The second byte is where overlong forms, surrogates and too large values show.
    let lowest: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
    guard lowest <= bytes[1], bytes[1] <= highest else { return nil }
    for offset in 2..<max(2, length) where bytes[offset] & 0xC0 != 0x80 { return nil }
    return length
  }
}
