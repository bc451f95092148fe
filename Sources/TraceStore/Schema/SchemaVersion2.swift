/// The tables that version 2 adds.
enum SchemaVersion2 {
  static let sql = """
    -- What each table held when it was written, so that damage is seen when it is read.
    CREATE TABLE seals (
      name TEXT PRIMARY KEY,
      rows INTEGER NOT NULL CHECK (rows >= 0),
      sum INTEGER NOT NULL                     -- of the rows' hashes, modulo 2^64
    ) STRICT, WITHOUT ROWID;
    """
}
