import Foundation
import GRDB
import Testing
import TraceStore

/// Traces made by somebody who knows the format, seals included.
@Suite struct HostileTraceTests {
  /// A whole trace, changed by SQL and sealed again.
  private func changed(_ sql: String, _ folder: TemporaryFolder) throws -> String {
    var random = RandomInterchange(seed: 7)
    try folder.write([RandomInterchange.header] + (0..<6).map { random.query("q/\($0)") }, to: "in")
    try folder.importing("in", into: "t")
    let path = folder.path("t")
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql:
          "PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; \(sql)"
      )
    }
    try queue.close()
    return path
  }

  /// What reading the trace says; `nil` where it is read.
  private func refusal(_ path: String) async throws -> String? {
    do {
      _ = try await TraceReading(path, grader: "exact")
      return nil
    } catch let error as TraceFileError {
      return error.description
    }
  }

  @Test(
    "A trace with a part that no trace has is refused by its name before any of it runs",
    arguments: [
      ("CREATE TRIGGER evil AFTER UPDATE ON queries BEGIN DELETE FROM calls; END", "has the trigger 'evil'"),
      ("CREATE VIEW extra AS SELECT * FROM queries", "has the view 'extra'"),
      (
        "ALTER TABLE answers RENAME TO kept; CREATE VIEW answers AS SELECT id, answer FROM kept",
        "has the table 'kept'"
      ),
      ("CREATE TABLE more (x)", "has the table 'more'"),
      ("CREATE INDEX fast ON calls (score)", "has the index 'fast'"),
      (
        "DROP TABLE caches; CREATE TABLE caches (name TEXT, key BLOB, content BLOB, other AS (abs(1)))",
        "table 'caches' is not as it was written"
      ),
      ("DROP INDEX call_coordinates", "its tables"), ("DROP TABLE seals", "its tables"),
      ("PRAGMA user_version = -5", "its version"), ("PRAGMA user_version = 0", "its version"),
      ("PRAGMA user_version = 1", "has the table 'seals'"),
      ("PRAGMA application_id = 7", "not a LightReplay trace"),
    ])
  func strangers(sql: String, words: String) async throws {
    let folder = try TemporaryFolder()
    let refusal = try await refusal(try changed(sql, folder))
    #expect(refusal?.contains(words) == true, "\(refusal ?? "read")")
  }

  @Test(
    "Values that no import lets in are refused although the seal is right",
    arguments: [
      "UPDATE calls SET model = 5 WHERE id = 1", "UPDATE calls SET model = NULL WHERE role = 0",
      "UPDATE calls SET model = -1 WHERE id = 1", "UPDATE calls SET role = 9",
      "UPDATE calls SET layer = 101 WHERE id = (SELECT min(id) FROM calls WHERE role = 4)",
      "UPDATE calls SET sample = 9223372036854775807 WHERE id = 1",
      "UPDATE calls SET input_tokens = 4294967296", "UPDATE calls SET output_tokens = -1",
      "UPDATE calls SET duration_us = 9223372036854775807",
      "UPDATE calls SET time_to_first_token_us = 1e13 + 1",
      "UPDATE calls SET token_end_count = 9223372036854775807",
      "UPDATE calls SET text_bytes = -9223372036854775808",
      "UPDATE calls SET score = 1000001", "UPDATE calls SET set_id = NULL WHERE role = 3",
      "UPDATE calls SET boot_budget = NULL WHERE id = (SELECT min(id) FROM calls WHERE role = 1)",
      "UPDATE calls SET boot_budget = 0 WHERE id = (SELECT min(id) FROM calls WHERE role = 3)",
      "UPDATE calls SET text_id = 999999", "UPDATE texts SET bytes = 9223372036854775807",
      "UPDATE texts SET block_offset = 9223372036854775807",
      "UPDATE text_blocks SET bytes = 9223372036854775807",
      "UPDATE text_blocks SET codec = 1 - codec", "UPDATE text_blocks SET content = zeroblob(400000000)",
      "UPDATE queries SET prompt_bytes = -1", "UPDATE queries SET skills = '[1]'",
      "UPDATE queries SET sha256 = x'00'", "UPDATE candidate_sets SET members = '[0,64]' WHERE id = 1",
      "UPDATE candidate_sets SET members = '[0,0]' WHERE id = 1",
      "UPDATE candidate_sets SET members = 'x' WHERE id = 1",
      "UPDATE rankings SET model_order = '[0,0,0]'", "UPDATE rankings SET model_order = '[4,1,2]'",
      "UPDATE rankings SET model_order = '[0]', scores = NULL", "UPDATE rankings SET shown = '[99]'",
      "UPDATE rankings SET model_order = '[0,1,3]', scores = '[1]'",
      "UPDATE rankings SET call_id = call_id + 100000",
      "UPDATE call_contents SET token_ends = x'FFFFFFFF07'",
      "UPDATE prefix_grades SET boot_budget = 3000000000 WHERE boot_budget = 5",
      "DELETE FROM header", "UPDATE header SET json = '{}'",
      "UPDATE header SET json = replace(json, '\"m1\",\"m2\"', '\"m1\",\"m1\"')",
      "UPDATE header SET json = replace(json, '\"pool\":[', '\"pool\":[\"none\",')", "DELETE FROM seals",
    ])
  func values(sql: String) async throws {
    let folder = try TemporaryFolder()
    let path = try changed(sql, folder)
    if !sql.contains("seals") { try TraceSeal.renew(at: path) }
    let refusal = try await refusal(path)
    #expect(refusal?.hasPrefix(path + ": ") == true, "\(refusal ?? "read")")
  }

  @Test("Cached similarities out of range are computed again")
  func cachedNonsense() async throws {
    let folder = try TemporaryFolder()
    let path = try changed("SELECT 1", folder)
    let first = try await TraceReading(path, grader: "exact")
    let queue = try DatabaseQueue(path: path)
    try await queue.write { db in try db.execute(sql: "UPDATE caches SET content = zeroblob(length(content))")
    }
    try queue.close()
    #expect(try await TraceReading(path, grader: "exact") == first)
  }
}
