import Foundation
import TraceStore

/// Writes zip archives byte by byte, right or wrong on purpose.
struct ZipFixture {
  enum Method: Int, Sendable, CaseIterable {
    case stored = 0
    case deflate = 8
    case zstandard = 93
  }

  struct Entry {
    var name: String
    var method: Int
    var stored: Data
    var size: Int
    var checksum: UInt32
    var flags = 0
  }

  var entries: [Entry] = []
  /// Whether the end record says to look at the 64-bit one, as large archives do.
  var is64Bit = false

  mutating func add(_ name: String, _ content: Data, _ method: Method = .stored) throws {
    let gzip = try Self.written(content, suffix: ".gz")
    // A gzip file is a header of 10 bytes, deflate data, the checksum and the size.
    let trailer = [UInt8](gzip.suffix(8))
    let checksum = (0..<4).reduce(UInt32(0)) { $0 | UInt32(trailer[$1]) << UInt32(8 * $1) }
    let stored =
      switch method {
      case .stored: content
      case .deflate: Data(gzip.dropFirst(10).dropLast(8))
      case .zstandard: try Self.written(content, suffix: ".zst")
      }
    entries.append(
      Entry(name: name, method: method.rawValue, stored: stored, size: content.count, checksum: checksum))
  }

  private static func written(_ content: Data, suffix: String) throws -> Data {
    let folder = try TemporaryFolder()
    try OutputFile.write(to: folder.path("x" + suffix)) { try $0.write(Array(content)) }
    return try folder.read("x" + suffix)
  }

  /// The archive.
  var data: Data {
    var data = Data()
    var directory = Data()
    for entry in entries {
      let offset = data.count
      let name = Data(entry.name.utf8)
      let common =
        Self.bytes(entry.flags, 2) + Self.bytes(entry.method, 2) + Self.bytes(0, 4)
        + Self.bytes(Int(entry.checksum), 4) + Self.bytes(entry.stored.count, 4) + Self.bytes(entry.size, 4)
        + Self.bytes(name.count, 2)
      data += Self.bytes(0x0403_4B50, 4) + Self.bytes(63, 2) + common + Self.bytes(0, 2) + name + entry.stored
      directory +=
        Self.bytes(0x0201_4B50, 4) + Self.bytes(63, 2) + Self.bytes(63, 2) + common + Self.bytes(0, 12)
        + Self.bytes(offset, 4) + name
    }
    let start = data.count
    data += directory
    if is64Bit {
      let record = data.count
      data +=
        Self.bytes(0x0606_4B50, 4) + Self.bytes(44, 8) + Self.bytes(0, 12) + Self.bytes(entries.count, 8)
      data += Self.bytes(entries.count, 8) + Self.bytes(directory.count, 8) + Self.bytes(start, 8)
      data += Self.bytes(0x0706_4B50, 4) + Self.bytes(0, 4) + Self.bytes(record, 8) + Self.bytes(1, 4)
    }
    let wide = 0xFFFF_FFFF
    return data + Self.bytes(0x0605_4B50, 4) + Self.bytes(0, 4)
      + Self.bytes(is64Bit ? 0xFFFF : entries.count, 2) + Self.bytes(is64Bit ? 0xFFFF : entries.count, 2)
      + Self.bytes(is64Bit ? wide : directory.count, 4) + Self.bytes(is64Bit ? wide : start, 4)
      + Self.bytes(0, 2)
  }

  private static func bytes(_ value: Int, _ width: Int) -> Data {
    Data((0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }

  /// An Inspect log of two samples.
  static func inspectLog(_ method: Method = .stored, more: (inout ZipFixture) throws -> Void = { _ in })
    throws
    -> ZipFixture
  {
    var zip = ZipFixture()
    try zip.add("_journal/start.json", Data("{\(ImportFixture.inspectHeader("lark"))}".utf8), method)
    for id in ["q1", "q2"] {
      try zip.add("samples/\(id)_epoch_1.json", Data(ImportFixture.inspectSample(id).utf8), method)
    }
    try zip.add("header.json", Data("{\(ImportFixture.inspectHeader("lark"))}".utf8), method)
    try more(&zip)
    return zip
  }
}
