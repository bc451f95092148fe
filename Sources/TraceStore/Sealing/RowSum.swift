import GRDB
import GRDBSQLite

/// The number of rows and the sum of their hashes: independent of the order of rows, and cheap to keep up to date.
///
/// The hash is part of the file format. It finds damage; it is no defence against somebody who means to forge.
struct RowSum: Equatable {
  var rows: Int64 = 0
  var sum: UInt64 = 0

  static func + (left: RowSum, right: RowSum) -> RowSum {
    RowSum(rows: left.rows + right.rows, sum: left.sum &+ right.sum)
  }

  static func - (left: RowSum, right: RowSum) -> RowSum {
    RowSum(rows: left.rows - right.rows, sum: left.sum &- right.sum)
  }

  /// Of the rows of a table, or of those that a condition with one parameter keeps.
  init(of table: SealedTable, _ db: Database, where condition: String? = nil, _ value: Int64? = nil) throws {
    // Never through an index, which may be damaged where the table is not.
    let condition = condition.map { " WHERE \($0)" } ?? ""
    let statement = try BulkStatement(db, "SELECT * FROM \(table.rawValue) NOT INDEXED\(condition)")
    if let value { statement.bind(1, value) }
    let salt = table.salt
    while try statement.next() {
      rows += 1
      sum &+= statement.rowHash(salt: salt)
    }
  }

  init(rows: Int64 = 0, sum: UInt64 = 0) {
    self.rows = rows
    self.sum = sum
  }

  /// Odd numbers with about as many ones as zeros.
  static let odd: (UInt64, UInt64, UInt64) = (
    0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93, 0xA076_1D64_78BD_642F
  )

  /// Both halves of the 128-bit product, folded.
  static func mix(_ value: UInt64, _ factor: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }
}

extension BulkStatement {
  /// The hash of the current row: kinds and values of all its columns, in order.
  fileprivate func rowHash(salt: UInt64) -> UInt64 {
    var hash = salt
    func take(_ value: UInt64, _ factor: UInt64) {
      hash = RowSum.mix(hash ^ value, factor) &+ (hash << 31 | hash >> 33)
    }
    for column in 0..<sqlite3_column_count(handle) {
      switch sqlite3_column_type(handle, column) {
      case SQLITE_NULL: take(0x6E75_6C6C, RowSum.odd.0)
      case SQLITE_INTEGER: take(UInt64(bitPattern: sqlite3_column_int64(handle, column)), RowSum.odd.1)
      default:
        let start = sqlite3_column_blob(handle, column)
        let bytes = UnsafeRawBufferPointer(
          start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
        take(UInt64(bytes.count), RowSum.odd.2)
        for place in stride(from: 0, to: bytes.count, by: 8) {
          take(Self.word(bytes, place), RowSum.odd.2)
        }
      }
    }
    return hash
  }

  /// Eight bytes, little-endian; fewer at the end.
  private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
    guard place + 8 > bytes.count else {
      return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    return bytes[place...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
