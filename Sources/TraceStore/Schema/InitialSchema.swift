/// The tables of version 1.
///
/// What a replay reads is narrow and made of integers: `queries`, `calls`, `rankings`, `grades`,
/// `prefix_grades` and the name tables. Texts and whatever else is written out stand apart. Columns are named
/// as in OpenTelemetry's GenAI conventions where one exists.
enum InitialSchema {
  static let sql = names + texts + queries + calls + caches

  /// The header, and names that calls refer to by number.
  private static let names = """
    CREATE TABLE trace (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      name TEXT NOT NULL,
      extra TEXT                               -- JSON
    ) STRICT;
    CREATE TABLE models (
      id INTEGER PRIMARY KEY,                  -- position in the header, from 0
      name TEXT NOT NULL UNIQUE,
      pool_position INTEGER UNIQUE,            -- NULL: not a candidate
      skills TEXT NOT NULL DEFAULT '[]',       -- JSON array
      continuation TEXT CHECK (continuation IN ('none', 'reprompt', 'cached', 'stream', 'restart')),
      extra TEXT                               -- JSON
    ) STRICT;
    CREATE TABLE tools (
      id INTEGER PRIMARY KEY,
      kind INTEGER NOT NULL CHECK (kind IN (0, 1)),  -- 0 selector, 1 aggregator
      name TEXT NOT NULL,
      position INTEGER,                        -- in the header, from 0; NULL: used but not declared
      model TEXT,
      prompt TEXT,
      extra TEXT,                              -- JSON
      UNIQUE (kind, name)
    ) STRICT;
    CREATE TABLE payers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE workloads (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE graders (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE answers (id INTEGER PRIMARY KEY, answer TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE candidate_sets (
      id INTEGER PRIMARY KEY,
      members TEXT NOT NULL UNIQUE             -- JSON array of model ids, ascending
    ) STRICT;

    """

  /// Each text once; texts that came together are compressed together.
  private static let texts = """
    CREATE TABLE text_blocks (
      id INTEGER PRIMARY KEY,
      encoding INTEGER NOT NULL CHECK (encoding IN (0, 1)),  -- 0 plain, 1 Zstandard
      length INTEGER NOT NULL CHECK (length >= 0),           -- of the plain bytes
      content BLOB NOT NULL
    ) STRICT;
    CREATE TABLE texts (
      id INTEGER PRIMARY KEY,
      sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
      block_id INTEGER NOT NULL REFERENCES text_blocks (id),
      block_offset INTEGER NOT NULL CHECK (block_offset >= 0),
      length INTEGER NOT NULL CHECK (length >= 0)            -- in bytes of UTF-8
    ) STRICT;

    """

  private static let queries = """
    CREATE TABLE queries (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      workload_id INTEGER NOT NULL REFERENCES workloads (id),
      group_name TEXT,                         -- NULL: the query is its own group
      ordinal INTEGER,
      skills TEXT,                             -- JSON array; NULL: none
      digest BLOB NOT NULL CHECK (length(digest) = 32)  -- SHA-256 of the query in canonical form
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
      model_id INTEGER REFERENCES models (id), -- the candidate; NULL for rankings and merges
      tool_id INTEGER REFERENCES tools (id),
      layer INTEGER CHECK (layer >= 1),
      boot_budget INTEGER CHECK (boot_budget >= 1),          -- 2147483647: full
      set_id INTEGER REFERENCES candidate_sets (id),
      sample INTEGER NOT NULL CHECK (sample >= 0),
      payer_id INTEGER REFERENCES payers (id), -- the model of a ranking or merge, if named
      input_tokens INTEGER CHECK (input_tokens >= 0),
      cached_input_tokens INTEGER CHECK (cached_input_tokens BETWEEN 0 AND input_tokens),
      output_tokens INTEGER CHECK (output_tokens >= 0),
      reasoning_tokens INTEGER CHECK (reasoning_tokens >= 0),
      token_source INTEGER CHECK (token_source IN (0, 1)),   -- 0 reported, 1 estimated
      ttft_us INTEGER CHECK (ttft_us >= 0),
      duration_us INTEGER CHECK (duration_us >= 0),
      cost_picodollars INTEGER CHECK (cost_picodollars >= 0),
      score INTEGER CHECK (score BETWEEN 0 AND 1000000),     -- millionths
      answer_id INTEGER REFERENCES answers (id),
      failed INTEGER NOT NULL CHECK (failed IN (0, 1)),      -- 1: an error is recorded
      has_token_ends INTEGER NOT NULL CHECK (has_token_ends IN (0, 1)),
      text_id INTEGER REFERENCES texts (id)
    ) STRICT;
    CREATE UNIQUE INDEX call_coordinates ON calls (
      query_id, role, ifnull(model_id, -1), ifnull(tool_id, -1), ifnull(layer, -1),
      ifnull(boot_budget, -1), ifnull(set_id, -1), sample
    );
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
      model_order TEXT,                        -- JSON array of model ids, best first
      scores TEXT,                             -- JSON array of millionths, by entry of the order
      shown TEXT                               -- JSON array of model ids
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
      name TEXT NOT NULL,
      key BLOB NOT NULL,
      version INTEGER NOT NULL,
      content BLOB NOT NULL,
      PRIMARY KEY (name, key)
    ) STRICT;

    """
}
