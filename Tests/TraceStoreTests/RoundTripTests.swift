import Foundation
import Testing
import TraceStore

@Suite struct RoundTripTests {
  @Test("Canonical lines with every field come back byte for byte", arguments: 0..<20 as Range<UInt64>)
  func identity(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var random = RandomInterchange(seed: seed)
    let lines = [RandomInterchange.header] + (0..<25).map { random.query("q/\($0) é") }
    try folder.write(lines, to: "in.jsonl")
    try folder.importing("in.jsonl", into: "t.sqlite")
    let exported = try folder.exported("t.sqlite")
    #expect(String(decoding: exported, as: UTF8.self) == lines.map { $0 + "\n" }.joined())
    #expect(try TraceDatabase(reading: folder.path("t.sqlite")).verify().problems == [])
  }

  @Test("The fingerprint does not depend on the order of queries, on files or on the trace's name")
  func fingerprint() throws {
    let folder = try TemporaryFolder()
    var random = RandomInterchange(seed: 99)
    let queries = (0..<12).map { random.query("q\($0)") }
    let renamed = RandomInterchange.header.replacingOccurrences(of: "\"random\"", with: "\"other\"")
    try folder.write([RandomInterchange.header] + queries, to: "a.jsonl")
    try folder.write([renamed] + queries.reversed(), to: "b.jsonl")
    try folder.write([RandomInterchange.header] + queries.suffix(5), to: "c.jsonl")
    try folder.write([RandomInterchange.header] + queries.prefix(7), to: "d.jsonl")
    try folder.importing("a.jsonl", into: "a.sqlite")
    try folder.importing("b.jsonl", into: "b.sqlite")
    try folder.importing("c.jsonl", into: "c.sqlite")
    try folder.importing("d.jsonl", into: "c.sqlite")
    let fingerprint = try folder.fingerprint("a.sqlite")
    #expect(fingerprint.count == 64)
    #expect(try folder.fingerprint("b.sqlite") == fingerprint)
    #expect(try folder.fingerprint("c.sqlite") == fingerprint)
    try folder.write([RandomInterchange.header] + queries.dropLast(), to: "e.jsonl")
    try folder.importing("e.jsonl", into: "e.sqlite")
    #expect(try folder.fingerprint("e.sqlite") != fingerprint)
  }

  @Test("What is left out is filled in: members, layers, samples, pool")
  func defaults() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      [
        #"{"models":[{"name":"m2","skills":["x"]},{"name":"m1"}],"name":"t","format":"lightreplay.trace/1"}"#,
        #"{"workload":"w","query":"q","refinements":[{"score":1,"model":"m1"}],"merges":[{"aggregator":"a","score":1}],"rankings":[{"selector":"s","boot_budget":9,"order":["m1"],"scores":null}],"responses":[{"score":1.0000004,"model":"m1","sample":0},{"model":"m2","score":5e-7,"input_tokens":1e0}]}"#
          .replacingOccurrences(of: "1e0", with: "7.0"),
      ], to: "in.jsonl")
    try folder.importing("in.jsonl", into: "t.sqlite")
    let expected = [
      #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m2","skills":["x"]},{"name":"m1"}],"pool":["m2","m1"]}"#,
      #"{"query":"q","workload":"w","responses":[{"model":"m2","input_tokens":7,"score":0},{"model":"m1","score":1}],"rankings":[{"selector":"s","boot_budget":9,"layer":1,"members":["m1"],"order":["m1"]}],"merges":[{"aggregator":"a","members":["m1"],"layer":2,"score":1}],"refinements":[{"model":"m1","members":["m1"],"layer":3,"score":1}]}"#,
    ]
    #expect(
      String(decoding: try folder.exported("t.sqlite"), as: UTF8.self) == expected.map { $0 + "\n" }.joined())
  }

  @Test("Scores on another scale are brought to 0 … 1, ties to even")
  func scale() throws {
    let folder = try TemporaryFolder()
    let scores = ["1", "5", "3", "2.000002", "2.000006", "1.00000000000000000000000"]
    let queries = scores.enumerated().map {
      #"{"query":"q\#($0)","workload":"w","responses":[{"model":"m1","score":\#($1)}]}"#
    }
    try folder.write(
      [#"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1"}]}"#] + queries, to: "in")
    let range = try #require(ScoreRange("1,5"))
    try folder.importing("in", into: "t.sqlite", options: ImportOptions(scoreRange: range))
    var found: [String] = []
    try TraceDatabase(reading: folder.path("t.sqlite")).forEachQuery { query in
      found += query.calls.compactMap { $0.score?.description }
    }
    #expect(found == ["0", "1", "0.5", "0.25", "0.250002", "0"])
  }
}
