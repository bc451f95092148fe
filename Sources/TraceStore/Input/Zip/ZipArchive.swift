import CZlib
import CZstd

/// Reads members of a zip archive into memory. Nothing is ever written, so names need no trust.
final class ZipArchive {
  /// The largest member unpacked, in bytes.
  static let memberLimit = DocumentBytes.limit
  /// A member above `suspicious` bytes may be so many times its compressed size.
  private static let ratioLimit = 1000
  private static let suspicious = 16 << 20

  /// In the order of the directory.
  let members: [ZipMember]
  private let file: RandomAccessFile
  /// Unpacked so far.
  private var unpacked = 0

  init(path: String) throws(InputError) {
    file = try RandomAccessFile(path: path)
    do throws(ZipFault) { members = try ZipDirectory.read(file) } catch {
      throw .archive(file: path, error)
    }
  }

  /// The member of that name that counts: the last one.
  func member(named name: String) -> ZipMember? { members.last { $0.name == name } }

  /// Unpacks a member, checking its size and checksum.
  func content(of member: ZipMember) throws(InputError) -> DocumentBytes {
    do throws(ZipFault) { return try unpack(member) } catch {
      throw .archive(file: file.path, error)
    }
  }

  private func unpack(_ member: ZipMember) throws(ZipFault) -> DocumentBytes {
    let name = ImportFault.quoted(member.name)
    guard !member.isEncrypted else { throw .unsupported("\(name) is encrypted") }
    try checkSize(member, name)
    let header = ZipBytes(bytes: try file.bytes(at: member.offset, count: 30))
    guard try header.number32(at: 0) == 0x0403_4B50 else { throw .damaged("\(name) has no header") }
    let start = try member.offset + 30 + header.number16(at: 26) + header.number16(at: 28)
    let stored = try file.bytes(at: start, count: member.compressedSize)
    var content = [UInt8](repeating: 0, count: member.size + LineReader.padding)
    let count: Int?
    switch member.method {
    case 0: count = Self.copy(stored, into: &content)
    case 8: count = Self.inflate(stored, into: &content)
    case 93: count = Self.decompress(stored, into: &content)
    default: throw .unsupported("\(name) is packed by method \(member.method)")
    }
    // One byte more of room shows when there is more than declared.
    guard count == member.size else { throw .damaged("\(name) does not unpack to the size declared") }
    let checksum = content.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32(member.size)) }
    guard UInt32(truncatingIfNeeded: checksum) == member.checksum else { throw .checksum(member: name) }
    return DocumentBytes(bytes: content, count: member.size)
  }

  private func checkSize(_ member: ZipMember, _ name: String) throws(ZipFault) {
    guard member.size <= Self.memberLimit else {
      throw .bomb("\(name) would be \(member.size >> 20) MiB, more than \(Self.memberLimit >> 20)")
    }
    guard member.compressedSize <= member.size + (1 << 20) else {
      throw .damaged("\(name) is larger packed than unpacked")
    }
    if member.size > Self.suspicious, member.size / Self.ratioLimit > member.compressedSize {
      throw .bomb("\(name) would grow more than \(Self.ratioLimit) times")
    }
    unpacked += member.size
    guard unpacked <= max(4 * Self.memberLimit, file.size * Self.ratioLimit) else {
      throw .bomb("its members would grow more than \(Self.ratioLimit) times")
    }
  }

  // MARK: Methods; each returns the bytes written, `nil` when the data is damaged

  private static func copy(_ stored: [UInt8], into target: inout [UInt8]) -> Int? {
    guard stored.count <= target.count else { return nil }
    target.replaceSubrange(0..<stored.count, with: stored)
    return stored.count
  }

  private static func inflate(_ stored: [UInt8], into target: inout [UInt8]) -> Int? {
    var stream = z_stream()
    // Negative: no header around the deflate data.
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    return stored.withUnsafeBufferPointer { stored in
      target.withUnsafeMutableBufferPointer { target in
        // zlib does not write through next_in; its type only lacks the const.
        stream.next_in = UnsafeMutablePointer(mutating: stored.baseAddress)
        stream.avail_in = UInt32(stored.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        let status = CZlib.inflate(&stream, Z_FINISH)
        return status == Z_STREAM_END ? target.count - Int(stream.avail_out) : nil
      }
    }
  }

  private static func decompress(_ stored: [UInt8], into target: inout [UInt8]) -> Int? {
    let count = stored.withUnsafeBytes { stored in
      target.withUnsafeMutableBytes { target in
        ZSTD_decompress(target.baseAddress, target.count, stored.baseAddress, stored.count)
      }
    }
    return ZSTD_isError(count) == 0 ? count : nil
  }
}
