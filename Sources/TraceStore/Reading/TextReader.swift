import CZstd
import GRDB

/// Reads stored texts, keeping the block used last: the texts of a query lie in one block.
final class TextReader {
  private let find: BulkStatement
  private let findBlock: BulkStatement
  private let path: String
  private let decompressor: OpaquePointer
  private var blockID: Int64 = 0
  private var block: [UInt8] = []
  /// What the text found last must have.
  private var hash: TextHash?

  init(_ database: Database, path: String) throws {
    self.path = path
    find = try BulkStatement(database, "SELECT block_id, block_offset, bytes, sha256 FROM texts WHERE id = ?")
    findBlock = try BulkStatement(database, "SELECT codec, bytes, content FROM text_blocks WHERE id = ?")
    guard let decompressor = ZSTD_createDCtx() else { throw DatabaseError(resultCode: .SQLITE_NOMEM) }
    self.decompressor = decompressor
  }

  deinit { ZSTD_freeDCtx(decompressor) }

  /// A text, which must match its hash.
  func text(_ id: Int64?) throws -> String? {
    guard let id else { return nil }
    return try withBytes(of: id) { bytes in
      guard TextHash(bytes) == hash else { throw damage("text \(id)") }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The bytes of a text, valid during `body`.
  func withBytes<Value>(of id: Int64, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
    find.bind(1, id)
    guard try find.next() else { throw damage("text \(id)") }
    let place = (block: find.integer(0) ?? 0, start: find.integer(1) ?? 0, count: find.integer(2) ?? 0)
    hash = find.withBlob(3, TextHash.init(stored:))
    find.reset()
    if place.block != blockID { try load(place.block) }
    let end = place.start.addingReportingOverflow(place.count)
    guard place.start >= 0, place.count >= 0, !end.overflow, end.partialValue <= block.count else {
      throw damage("text \(id)")
    }
    return try block.withUnsafeBytes { bytes in
      try body(UnsafeRawBufferPointer(rebasing: bytes[Int(place.start)..<Int(end.partialValue)]))
    }
  }

  private func load(_ id: Int64) throws {
    blockID = 0
    findBlock.bind(1, id)
    guard try findBlock.next() else { throw damage("text block \(id)") }
    defer { findBlock.reset() }
    let isCompressed = findBlock.integer(0) == 1
    let length = findBlock.integer(1) ?? -1
    // No line of input is longer than the reader's limit, and so is no block of more than one text.
    guard (0...Int64(LineReader.limit) * 2).contains(length) else { throw damage("text block \(id)") }
    block = [UInt8](repeating: 0, count: Int(length))
    let decoded = findBlock.withBlob(2) { content in
      guard isCompressed else {
        guard content.count == block.count else { return -1 }
        block.withUnsafeMutableBytes { $0.copyMemory(from: content) }
        return content.count
      }
      let room = block.count
      let count = ZSTD_decompressDCtx(decompressor, &block, room, content.baseAddress, content.count)
      return ZSTD_isError(count) == 0 ? count : -1
    }
    guard decoded == block.count else { throw damage("text block \(id)") }
    blockID = id
  }

  private func damage(_ what: String) -> TraceFileError { .damaged(path, what) }
}
