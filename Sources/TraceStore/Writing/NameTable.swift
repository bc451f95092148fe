import GRDB
import RoutingCore

/// Gives each distinct string of a table its number, remembering those met lately.
final class NameTable {
  /// Forgets all beyond so many, so that memory does not grow with the trace.
  private static let limit = 16_384

  private let find: BulkStatement
  private let insert: BulkStatement
  private var known: [ExactString: Int64] = [:]
  private var nextID: Int64

  init(_ database: Database, table: String, column: String = "name") throws {
    find = try BulkStatement(database, "SELECT id FROM \(table) WHERE \(column) = ?")
    insert = try BulkStatement(database, "INSERT INTO \(table) (id, \(column)) VALUES (?, ?)")
    nextID = try 1 + (Int64.fetchOne(database, sql: "SELECT max(id) FROM \(table)") ?? 0)
  }

  func id(of name: String?) throws -> Int64? {
    guard let name else { return nil }
    let key = ExactString(name)
    if let id = known[key] { return id }
    if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
    find.bind(1, name)
    let id: Int64
    if let stored = try find.firstInteger() {
      id = stored
    } else {
      id = nextID
      insert.bind(1, id)
      insert.bind(2, name)
      try insert.run()
      nextID += 1
    }
    known[key] = id
    return id
  }
}
