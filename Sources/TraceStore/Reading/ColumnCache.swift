import Foundation
import GRDB
import RoutingCore

/// The columns of a trace kept inside it, so that a large trace is read as columns and not row by row.
///
/// They are found by the trace's seal, which says what its rows hold; columns of other content are thrown away when
/// new ones are kept. Each column has its SHA-256 before it: columns that do not match it are made again from the rows.
struct ColumnCache {
  /// Traces of fewer calls are read from their rows as quickly.
  private static let fewestCalls = 50_000
  private static let name = "columns/1"

  private let database: TraceDatabase
  private let key: Data

  /// `nil` where the trace is small, or was written by a program that sealed nothing.
  init?(_ database: TraceDatabase, samples: SampleSelection, grader: String?) throws {
    guard database.isSealed else { return nil }
    let seals = try database.queue.read { db in
      try SealedTable.replayed.map { try TraceSeal.known($0, db) ?? RowSum() }
    }
    let calls = zip(SealedTable.replayed, seals).first { $0.0 == .calls }?.1.rows ?? 0
    guard calls >= Self.fewestCalls else { return nil }
    self.database = database
    let content = seals.map { "\($0.rows)/\($0.sum)" }.joined(separator: ";")
    // By content, then by what of it was asked for.
    let selection = "\(samples.rawValue)/\(grader ?? "")/\(TokenEstimator.cutName)"
    key = ContentHash.bytes(Data(content.utf8)) + ContentHash.bytes(Data(selection.utf8))
  }

  /// The trace; `nil` where its columns are not kept or damaged.
  func trace() throws -> Trace? {
    try database.queue.read { db in
      do {
        var reader = ColumnReader(
          try BulkStatement(db, "SELECT content FROM caches WHERE name = ? AND key = ?"), Self.name, key)
        return try TraceImage(from: &reader).trace
      } catch is ColumnReader.Damage {
        return nil
      }
    }
  }

  /// Keeps the columns of a trace. Only a saving of time: where the file cannot be written nothing is kept.
  func keep(_ trace: Trace) {
    guard var image = TraceImage(trace), FileManager.default.isWritableFile(atPath: database.path),
      let writable = try? TraceDatabase(changing: database.path)
    else { return }
    try? writable.queue.write { db in
      try db.execute(
        sql: "DELETE FROM caches WHERE name = ? AND (substr(key, 1, 32) <> ? OR substr(key, 1, 64) = ?)",
        arguments: [Self.name, key.prefix(32), key])
      var writer = ColumnWriter(try BulkStatement(db, "INSERT INTO caches VALUES (?, ?, ?)"), Self.name, key)
      try image.visit(&writer)
    }
    try? writable.queue.close()
  }
}

/// Columns as rows of the table of caches, numbered in the order in which they are visited.
private struct ColumnReader: ColumnArchive {
  enum Damage: Error { case missing, changed }

  private let rows: BulkStatement
  private let name: String
  private let key: Data
  private var number: UInt8 = 0
  var isReading: Bool { true }

  init(_ rows: BulkStatement, _ name: String, _ key: Data) {
    self.rows = rows
    self.name = name
    self.key = key
  }

  mutating func column<Element: BitwiseCopyable>(_ column: inout ContiguousArray<Element>) throws {
    rows.bind(1, name)
    (key + [number]).withUnsafeBytes { rows.bind(2, $0) }
    number += 1
    defer { rows.reset() }
    guard try rows.next() else { throw Damage.missing }
    column = try rows.withBlob(0) { content in
      let body = UnsafeRawBufferPointer(rebasing: content.dropFirst(32))
      guard content.count >= 32, body.count % MemoryLayout<Element>.stride == 0,
        ContentHash.bytes(body).elementsEqual(content.prefix(32))
      else { throw Damage.changed }
      let count = body.count / MemoryLayout<Element>.stride
      return ContiguousArray(unsafeUninitializedCapacity: count) { elements, filled in
        UnsafeMutableRawBufferPointer(elements).copyMemory(from: body)
        filled = count
      }
    }
  }
}

private struct ColumnWriter: ColumnArchive {
  private let insertion: BulkStatement
  private let name: String
  private let key: Data
  private var number: UInt8 = 0
  var isReading: Bool { false }

  init(_ insertion: BulkStatement, _ name: String, _ key: Data) {
    self.insertion = insertion
    self.name = name
    self.key = key
  }

  mutating func column<Element: BitwiseCopyable>(_ column: inout ContiguousArray<Element>) throws {
    let body = column.withUnsafeBytes { Data($0) }
    insertion.bind(1, name)
    (key + [number]).withUnsafeBytes { insertion.bind(2, $0) }
    number += 1
    (ContentHash.bytes(body) + body).withUnsafeBytes { insertion.bind(3, $0) }
    try insertion.run()
  }
}
