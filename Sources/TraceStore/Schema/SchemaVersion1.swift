/// The tables of version 1.
///
/// What a replay reads is narrow: `queries`, `calls`, `rankings`, `grades`, `prefix_grades` and the tables of
/// names. Texts and whatever else is only written out again stand apart. Times are microseconds, scores
/// millionths, costs picodollars; models are positions in the header; a boot budget of 2147483647 is `full`.
/// Token columns are named as in OpenTelemetry's GenAI conventions.
enum SchemaVersion1 {
  static let sql = names + texts + queries + calls + callParts + caches

  /// The header, and strings that calls refer to by number.
  private static let names = """
    CREATE TABLE header (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL) STRICT;
    CREATE TABLE workloads (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE tools (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE graders (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE answers (id INTEGER PRIMARY KEY, answer TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE candidate_sets (
      id INTEGER PRIMARY KEY,
      members TEXT NOT NULL UNIQUE             -- JSON array of models, ascending
    ) STRICT;

    """

  /// Each text once; texts that came together are compressed together.
  private static let texts = """
    CREATE TABLE text_blocks (
      id INTEGER PRIMARY KEY,
      codec INTEGER NOT NULL CHECK (codec IN (0, 1)),  -- 0 plain, 1 Zstandard
      bytes INTEGER NOT NULL CHECK (bytes >= 0),       -- unpacked
      content BLOB NOT NULL
    ) STRICT;
    CREATE TABLE texts (
      id INTEGER PRIMARY KEY,
      sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
      block_id INTEGER NOT NULL REFERENCES text_blocks (id),
      block_offset INTEGER NOT NULL CHECK (block_offset >= 0),
      bytes INTEGER NOT NULL CHECK (bytes >= 0)        -- of UTF-8
    ) STRICT;

    """

  private static let queries = """
    CREATE TABLE queries (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      workload_id INTEGER NOT NULL REFERENCES workloads (id),
      group_name TEXT,                         -- NULL: the query is its own group
      skills TEXT,                             -- JSON array; NULL: none
      ordinal INTEGER,
      prompt_bytes INTEGER,
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32)  -- of the query in canonical form
    ) STRICT;
    CREATE TABLE query_contents (
      query_id INTEGER PRIMARY KEY REFERENCES queries (id),
      prompt_id INTEGER REFERENCES texts (id),
      messages_id INTEGER REFERENCES texts (id),
      reference_id INTEGER REFERENCES texts (id),
      extra TEXT                               -- JSON
    ) STRICT;

    """

  private static let calls = """
    CREATE TABLE calls (
      id INTEGER PRIMARY KEY,
      query_id INTEGER NOT NULL REFERENCES queries (id),
      role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 5),
        -- 0 response, 1 boot, 2 continuation, 3 ranking, 4 merge, 5 refinement
      model INTEGER CHECK (model >= 0),        -- the candidate; who made a ranking or merge, if named
      tool_id INTEGER REFERENCES tools (id),   -- the selector or aggregator
      sample INTEGER NOT NULL CHECK (sample >= 0),
      layer INTEGER CHECK (layer >= 1),
      boot_budget INTEGER CHECK (boot_budget >= 1),
      set_id INTEGER REFERENCES candidate_sets (id),
      input_tokens INTEGER CHECK (input_tokens >= 0),
      cached_input_tokens INTEGER CHECK (cached_input_tokens >= 0),
      output_tokens INTEGER CHECK (output_tokens >= 0),
      reasoning_tokens INTEGER CHECK (reasoning_tokens >= 0),
      token_source INTEGER CHECK (token_source IN (0, 1)),   -- 0 reported, 1 estimated
      time_to_first_token_us INTEGER CHECK (time_to_first_token_us >= 0),
      duration_us INTEGER CHECK (duration_us >= 0),
      cost_picodollars INTEGER CHECK (cost_picodollars >= 0),
      score INTEGER CHECK (score BETWEEN 0 AND 1000000),
      answer_id INTEGER REFERENCES answers (id),
      failed INTEGER NOT NULL CHECK (failed IN (0, 1)),      -- 1: an error is recorded
      text_id INTEGER REFERENCES texts (id),
      text_bytes INTEGER,
      token_end_count INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX call_coordinates ON calls (
      query_id, role, CASE WHEN role IN (3, 4) THEN -1 ELSE model END, ifnull(tool_id, -1),
      ifnull(layer, -1), ifnull(boot_budget, -1), ifnull(set_id, -1), sample
    );

    """

  /// What few calls have.
  private static let callParts = """
    CREATE TABLE call_contents (
      call_id INTEGER PRIMARY KEY REFERENCES calls (id),
      token_ends BLOB,                         -- differences as LEB128
      finish_reason TEXT,
      error TEXT,                              -- JSON
      extra TEXT                               -- JSON
    ) STRICT;
    CREATE TABLE rankings (
      call_id INTEGER PRIMARY KEY REFERENCES calls (id),
      parsed INTEGER CHECK (parsed IN (0, 1)), -- 0: answered, not readable; NULL: no order
      model_order TEXT,                        -- JSON array of models, best first
      scores TEXT,                             -- JSON array of millionths, by entry of the order
      shown TEXT                               -- JSON array of models
    ) STRICT;
    CREATE TABLE grades (
      call_id INTEGER NOT NULL REFERENCES calls (id),
      grader_id INTEGER NOT NULL REFERENCES graders (id),
      answer_id INTEGER REFERENCES answers (id),
      score INTEGER CHECK (score BETWEEN 0 AND 1000000),
      PRIMARY KEY (call_id, grader_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE prefix_grades (
      call_id INTEGER NOT NULL REFERENCES calls (id),
      boot_budget INTEGER NOT NULL CHECK (boot_budget >= 1),
      answer_id INTEGER REFERENCES answers (id),
      score INTEGER CHECK (score BETWEEN 0 AND 1000000),
      PRIMARY KEY (call_id, boot_budget)
    ) STRICT, WITHOUT ROWID;

    """

  /// What can be computed again from the rest; not part of the fingerprint.
  private static let caches = """
    CREATE TABLE caches (
      name TEXT NOT NULL, key BLOB NOT NULL, content BLOB NOT NULL, PRIMARY KEY (name, key)) STRICT;
    """
}
