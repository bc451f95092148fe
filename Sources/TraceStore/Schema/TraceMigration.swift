import Foundation
import GRDB

/// Brings older trace files up to date; the old file stays until the new one is complete.
enum TraceMigration {
  static func migrateIfOlder(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    let version = try TraceDatabase(path: path, configuration: TraceDatabase.configuration).queue.read { db in
      guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == TraceSchema.applicationID else {
        return TraceSchema.version
      }
      return try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    }
    guard version < TraceSchema.version else { return }
    let copy = path + ".migrating-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: copy) }
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    let database = try TraceDatabase(path: copy, configuration: TraceDatabase.configuration)
    try database.queue.write { db in try TraceSchema.migrate(db, from: version) }
    try database.queue.close()
    _ = try FileManager.default.replaceItemAt(
      URL(fileURLWithPath: path), withItemAt: URL(fileURLWithPath: copy))
  }
}
