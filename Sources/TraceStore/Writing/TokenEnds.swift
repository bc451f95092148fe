/// Byte offsets at which tokens end, stored as their differences in LEB128: mostly one byte per token.
enum TokenEnds {
  /// `ends` must increase from above 0.
  static func encode(_ ends: [Int32]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(ends.count + 8)
    var previous: Int32 = 0
    for end in ends {
      var difference = UInt32(bitPattern: end &- previous)
      while difference >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: difference) | 0x80)
        difference >>= 7
      }
      bytes.append(UInt8(truncatingIfNeeded: difference))
      previous = end
    }
    return bytes
  }

  /// `nil` when the bytes are damaged.
  static func decode(_ bytes: UnsafeRawBufferPointer) -> [Int32]? {
    var ends: [Int32] = []
    ends.reserveCapacity(bytes.count)
    var end: UInt64 = 0
    var difference: UInt64 = 0
    var shift: UInt64 = 0
    for byte in bytes {
      difference |= UInt64(byte & 0x7F) << shift
      shift += 7
      guard shift <= 35 else { return nil }
      guard byte & 0x80 == 0 else { continue }
      end += difference
      guard difference > 0, end <= UInt64(Int32.max) else { return nil }
      ends.append(Int32(end))
      difference = 0
      shift = 0
    }
    return shift == 0 ? ends : nil
  }
}
