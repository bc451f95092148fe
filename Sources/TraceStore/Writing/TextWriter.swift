import CZstd
import GRDB

/// Stores each text once. Texts that come together (those of one query) are compressed together: they share
/// words, so a query's texts take about half the room of texts compressed one by one.
final class TextWriter {
  /// Zstandard's own default; higher levels cost more time than they save bytes.
  private static let compressionLevel: Int32 = 3
  /// A block is closed once it is this long, so that reading one text stays cheap.
  private static let blockLength = 256 << 10

  private let find: BulkStatement
  private let insertText: BulkStatement
  private let insertBlock: BulkStatement
  private let compressor: OpaquePointer
  private var compressed: [UInt8] = []
  private var nextTextID: Int64
  private var nextBlockID: Int64
  private var block: [UInt8] = []
  private var pending: [Pending] = []
  private var pendingIDs: [TextHash: Int64] = [:]

  private struct Pending {
    let id: Int64
    let hash: TextHash
    let range: Range<Int>
  }

  init(_ database: Database) throws {
    find = try BulkStatement(database, "SELECT id FROM texts WHERE sha256 = ?")
    insertText = try BulkStatement(
      database, "INSERT INTO texts (id, sha256, block_id, block_offset, bytes) VALUES (?, ?, ?, ?, ?)")
    insertBlock = try BulkStatement(
      database, "INSERT INTO text_blocks (id, codec, bytes, content) VALUES (?, ?, ?, ?)")
    guard let compressor = ZSTD_createCCtx() else { throw DatabaseError(resultCode: .SQLITE_NOMEM) }
    self.compressor = compressor
    nextTextID = try Self.nextID(database, "texts")
    nextBlockID = try Self.nextID(database, "text_blocks")
  }

  deinit { ZSTD_freeCCtx(compressor) }

  /// The id of a text; a new text is stored by the next `flush()`.
  func intern(_ text: String?) throws -> Int64? {
    guard var text else { return nil }
    return try text.withUTF8 { try intern(UnsafeRawBufferPointer($0)) }
  }

  private func intern(_ bytes: UnsafeRawBufferPointer) throws -> Int64 {
    let hash = TextHash(bytes)
    if let id = pendingIDs[hash] { return id }
    hash.withBytes { find.bind(1, $0) }
    if let id = try find.firstInteger() { return id }
    if block.count >= Self.blockLength { try flush() }
    let id = nextTextID
    nextTextID += 1
    pending.append(Pending(id: id, hash: hash, range: block.count..<(block.count + bytes.count)))
    pendingIDs[hash] = id
    block.append(contentsOf: bytes)
    return id
  }

  /// Stores the new texts.
  func flush() throws {
    guard !pending.isEmpty else { return }
    try storeBlock()
    for text in pending {
      insertText.bind(1, text.id)
      text.hash.withBytes { insertText.bind(2, $0) }
      insertText.bind(3, nextBlockID)
      insertText.bind(4, Int64(text.range.lowerBound))
      insertText.bind(5, Int64(text.range.count))
      try insertText.run()
    }
    nextBlockID += 1
    block.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    pendingIDs.removeAll(keepingCapacity: true)
  }

  private func storeBlock() throws {
    let bound = ZSTD_compressBound(block.count)
    if compressed.count < bound { compressed = [UInt8](repeating: 0, count: bound) }
    let room = compressed.count
    let length = ZSTD_compressCCtx(
      compressor, &compressed, room, block, block.count, Self.compressionLevel)
    let pays = ZSTD_isError(length) == 0 && length < block.count
    insertBlock.bind(1, nextBlockID)
    insertBlock.bind(2, Int64(pays ? 1 : 0))
    insertBlock.bind(3, Int64(block.count))
    if pays {
      compressed.withUnsafeBytes { insertBlock.bind(4, UnsafeRawBufferPointer(rebasing: $0[..<length])) }
    } else {
      block.withUnsafeBytes { insertBlock.bind(4, $0) }
    }
    try insertBlock.run()
  }

  private static func nextID(_ database: Database, _ table: String) throws -> Int64 {
    try 1 + (Int64.fetchOne(database, sql: "SELECT max(id) FROM \(table)") ?? 0)
  }
}
