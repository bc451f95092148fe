import GRDB
import RoutingCore

/// The one row of the table `header`.
enum StoredHeader {
  static func write(_ header: TraceHeader, to db: Database) throws {
    let text = String(decoding: InterchangeText.line(header).dropLast(), as: UTF8.self)
    try db.execute(
      sql: "INSERT INTO header VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json",
      arguments: [text])
  }
}
