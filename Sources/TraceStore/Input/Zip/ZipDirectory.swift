/// One file in a zip archive, as its directory describes it.
struct ZipMember: Equatable {
  /// As written; never used as a path.
  let name: String
  let method: Int
  let isEncrypted: Bool
  let checksum: UInt32
  let compressedSize: Int
  let size: Int
  /// Where its local header starts.
  let offset: Int
}

/// Reads the directory at the end of a zip archive (APPNOTE 6.3.10, §4.3), with its 64-bit extension.
enum ZipDirectory {
  /// More members than any log has.
  static let memberLimit = 4_000_000
  /// The largest directory read, in bytes.
  static let sizeLimit = 1 << 30

  private static let endMark = 0x0605_4B50
  private static let endMark64 = 0x0606_4B50
  private static let locatorMark64 = 0x0706_4B50
  private static let memberMark = 0x0201_4B50
  /// Stands for a value in the 64-bit extension.
  private static let wide = 0xFFFF_FFFF

  static func read(_ file: RandomAccessFile) throws(ZipFault) -> [ZipMember] {
    let (offset, size, count) = try place(file)
    guard size <= sizeLimit, count <= memberLimit, offset + size <= file.size else {
      throw .damaged("its directory reaches beyond the file")
    }
    let bytes = ZipBytes(bytes: try file.bytes(at: offset, count: size))
    var members: [ZipMember] = []
    var position = 0
    while members.count < count {
      let (member, length) = try self.member(bytes, at: position)
      members.append(member)
      position += length
    }
    try checkOverlaps(members, directory: offset)
    return members
  }

  /// Where the directory is, how long, and how many members it lists.
  private static func place(_ file: RandomAccessFile) throws(ZipFault) -> (Int, Int, Int) {
    // The end record is followed by a comment of at most 65535 bytes.
    let tail = min(file.size, 22 + 65535)
    let start = file.size - tail
    let bytes = ZipBytes(bytes: try file.bytes(at: start, count: tail))
    var position = tail - 22
    while position >= 0 {
      if try bytes.number32(at: position) == endMark,
        try position + 22 + bytes.number16(at: position + 20) <= tail
      {
        break
      }
      position -= 1
    }
    guard position >= 0 else { throw .noArchive }
    let count = try bytes.number16(at: position + 10)
    let size = try bytes.number32(at: position + 12)
    let offset = try bytes.number32(at: position + 16)
    guard count == 0xFFFF || size == wide || offset == wide else { return (offset, size, count) }
    return try place64(file, endRecord: start + position) ?? (offset, size, count)
  }

  private static func place64(
    _ file: RandomAccessFile, endRecord: Int
  ) throws(ZipFault) -> (Int, Int, Int)? {
    guard endRecord >= 20 else { return nil }
    let locator = ZipBytes(bytes: try file.bytes(at: endRecord - 20, count: 20))
    guard try locator.number32(at: 0) == locatorMark64 else { return nil }
    let end = ZipBytes(bytes: try file.bytes(at: locator.number64(at: 8), count: 56))
    guard try end.number32(at: 0) == endMark64 else { throw .damaged("its 64-bit directory is not there") }
    let size = try end.number64(at: 40)
    let offset = try end.number64(at: 48)
    guard offset <= file.size, size <= file.size else { throw .cut }
    return (offset, size, try end.number64(at: 32))
  }

  private static func member(_ bytes: ZipBytes, at start: Int) throws(ZipFault) -> (ZipMember, Int) {
    guard try bytes.number32(at: start) == memberMark else { throw .damaged("its directory has no entry") }
    let nameLength = try bytes.number16(at: start + 28)
    let extraLength = try bytes.number16(at: start + 30)
    let extra = (start + 46 + nameLength)..<(start + 46 + nameLength + extraLength)
    var wideValues = try wideValues(bytes, extra)
    func value(at offset: Int) throws(ZipFault) -> Int {
      let value = try bytes.number32(at: start + offset)
      guard value == wide, !wideValues.isEmpty else { return value }
      return wideValues.removeFirst()
    }
    let size = try value(at: 24)
    let compressedSize = try value(at: 20)
    let member = ZipMember(
      name: try bytes.text((start + 46)..<(start + 46 + nameLength)),
      method: try bytes.number16(at: start + 10),
      isEncrypted: try bytes.number16(at: start + 8) & 1 != 0,
      checksum: UInt32(try bytes.number32(at: start + 16)), compressedSize: compressedSize, size: size,
      offset: try value(at: 42))
    return (member, 46 + nameLength + extraLength + (try bytes.number16(at: start + 32)))
  }

  /// The 64-bit values of an entry: of size, compressed size and offset those that did not fit, in order.
  private static func wideValues(_ bytes: ZipBytes, _ extra: Range<Int>) throws(ZipFault) -> [Int] {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound {
      let length = try bytes.number16(at: position + 2)
      if try bytes.number16(at: position) == 1 {
        var values: [Int] = []
        for offset in stride(from: 0, to: length - 7, by: 8) {
          values.append(try bytes.number64(at: position + 4 + offset))
        }
        return values
      }
      position += 4 + length
    }
    return []
  }

  /// Members that share bytes make an archive of any size out of a small one.
  private static func checkOverlaps(_ members: [ZipMember], directory: Int) throws(ZipFault) {
    var end = 0
    for member in members.sorted(by: { $0.offset < $1.offset }) {
      guard member.offset >= end, member.compressedSize <= directory - member.offset else {
        throw .damaged("its members overlap")
      }
      end = member.offset + 30 + member.compressedSize
    }
  }
}
