/// Little-endian numbers in a piece of a zip archive.
struct ZipBytes {
  let bytes: [UInt8]

  var count: Int { bytes.count }

  func number16(at offset: Int) throws(ZipFault) -> Int { Int(try number(at: offset, 2)) }

  func number32(at offset: Int) throws(ZipFault) -> Int { Int(try number(at: offset, 4)) }

  /// Sizes and offsets of large archives.
  func number64(at offset: Int) throws(ZipFault) -> Int {
    guard let value = Int(exactly: try number(at: offset, 8)) else { throw .damaged("an impossible size") }
    return value
  }

  func text(_ range: Range<Int>) throws(ZipFault) -> String {
    guard range.upperBound <= count else { throw .cut }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  private func number(at offset: Int, _ width: Int) throws(ZipFault) -> UInt64 {
    guard offset >= 0, offset + width <= count else { throw .cut }
    var value: UInt64 = 0
    for index in (0..<width).reversed() { value = value << 8 | UInt64(bytes[offset + index]) }
    return value
  }
}
