import GRDB

/// Connections to a trace file, by what they are for.
enum Connection {
  /// Seconds to wait for another program's lock.
  private static let patience = 10.0
  /// Pages kept in memory while writing, in KiB: 64 MiB.
  private static let writeCache = 65_536

  static func readOnly(_ path: String) throws -> DatabaseQueue {
    var configuration = base()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  static func readWrite(_ path: String, journal: TraceDatabase.Journal) throws -> DatabaseQueue {
    var configuration = base()
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = -\(writeCache)")
      if journal == .writeAhead {
        try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
      }
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// For a new file that nobody sees before it is complete: no journal, no waiting for the disk.
  static func building(_ path: String) throws -> DatabaseQueue {
    var configuration = base()
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
          PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -\(writeCache)
          """)
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static func base() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF") }
    return configuration
  }
}
