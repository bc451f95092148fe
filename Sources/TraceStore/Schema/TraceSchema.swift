import GRDB

/// The tables of a trace file. Migrations are named and never edited; a new version is a new one.
enum TraceSchema {
  /// "LRtr", so that a trace is told from any other SQLite file.
  static let applicationID: Int32 = 0x4C52_7472
  /// The version this program writes, in `user_version`.
  static let version: Int32 = 1

  /// By version: what brings a file from the version before to it.
  static let migrations: [(version: Int32, name: String, sql: String)] = [
    (1, "calls, queries and texts", first)
  ]

  static func migrate(_ db: Database, from version: Int32) throws {
    for migration in migrations where migration.version > version { try db.execute(sql: migration.sql) }
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(sql: "PRAGMA user_version = \(self.version)")
  }

  /// Replay reads the narrow `calls`; what people read is apart, in `call_details` and `texts`.
  /// Times are microseconds, scores millionths, costs picodollars (as text: they exceed 64 bits);
  /// `boot_budget` 2147483647 = full; `members` and `ranking` are positions of models.
  private static let first = """
    CREATE TABLE header (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL) STRICT;
    CREATE TABLE workloads (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE tools (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE texts (
      id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, bytes INTEGER NOT NULL,
      codec INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
    CREATE TABLE queries (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
      workload_id INTEGER NOT NULL REFERENCES workloads(id),
      group_name TEXT, skills TEXT, ordinal INTEGER,
      prompt_id INTEGER REFERENCES texts(id), prompt_bytes INTEGER,
      messages TEXT, reference TEXT, extra TEXT, sha256 BLOB NOT NULL) STRICT;
    CREATE TABLE calls (
      id INTEGER PRIMARY KEY, query_id INTEGER NOT NULL REFERENCES queries(id),
      role INTEGER NOT NULL, model INTEGER, tool_id INTEGER REFERENCES tools(id),
      sample INTEGER NOT NULL, layer INTEGER, boot_budget INTEGER, members TEXT,
      input_tokens INTEGER, cached_input_tokens INTEGER, output_tokens INTEGER, token_source INTEGER,
      time_to_first_token_us INTEGER, duration_us INTEGER,
      score INTEGER, answer TEXT, failed INTEGER NOT NULL, cost_picodollars TEXT,
      ranking TEXT, ranking_scores TEXT, text_bytes INTEGER, token_end_count INTEGER) STRICT;
    CREATE INDEX calls_by_query ON calls(query_id);
    CREATE TABLE call_details (
      call_id INTEGER PRIMARY KEY REFERENCES calls(id), text_id INTEGER REFERENCES texts(id), token_ends BLOB,
      reasoning_tokens INTEGER, finish_reason TEXT, error TEXT, shown TEXT, extra TEXT) STRICT;
    CREATE TABLE grades (
      call_id INTEGER NOT NULL REFERENCES calls(id), name TEXT NOT NULL, answer TEXT, score INTEGER,
      PRIMARY KEY (call_id, name)) STRICT, WITHOUT ROWID;
    CREATE TABLE prefixes (
      call_id INTEGER NOT NULL REFERENCES calls(id), boot_budget INTEGER NOT NULL, answer TEXT, score INTEGER,
      PRIMARY KEY (call_id, boot_budget)) STRICT, WITHOUT ROWID;
    CREATE TABLE caches (
      name TEXT NOT NULL, key BLOB NOT NULL, content BLOB NOT NULL, PRIMARY KEY (name, key)) STRICT;
    """
}
