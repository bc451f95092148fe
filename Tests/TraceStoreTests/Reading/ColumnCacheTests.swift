import Foundation
import RoutingCore
import Testing
import TraceStore

/// Columns kept inside large traces.
@Suite struct ColumnCacheTests {
  private let made = SyntheticWorkload(queries: 10_100, candidates: 5)
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try TraceImport.create(
      folder.path("t.sqlite"), header: made.header, count: made.queries, query: made.query(at:))
  }

  private func load() throws -> Trace {
    try TraceDatabase(reading: folder.path("t.sqlite")).trace(samples: .first, grader: nil)
  }

  /// Everything a replay of responses reads.
  private func content(_ trace: Trace) -> [[Int64]] {
    [
      trace.responses.score.map { Int64($0) }, trace.responses.output.map { Int64($0) },
      trace.responses.answer.map { Int64($0) }, Array(trace.responses.duration),
      Array(trace.responses.callID), trace.rows.queryKey.map { Int64(bitPattern: $0) },
    ]
  }

  @Test("The second load reads what the first one kept, and it is the same")
  func kept() throws {
    let before = try folder.read("t.sqlite").count
    let first = try load()
    let after = try folder.read("t.sqlite").count
    #expect(after > before + 1_000_000)
    let second = try load()
    #expect(try folder.read("t.sqlite").count == after)
    #expect(content(first) == content(second))
    #expect(first.fingerprint == second.fingerprint)
    #expect(first.answers == second.answers)
    #expect(first.rows.query == second.rows.query)
  }

  @Test("Flipped bytes in what was kept are found, and the rows are read instead")
  func flipped() throws {
    let before = try folder.read("t.sqlite").count
    let first = try load()
    var bytes = try folder.read("t.sqlite")
    // Within pages that hold nothing but a kept column.
    let places = stride(from: before + 100_000, to: bytes.count - 100_000, by: 40_000)
    for place in places { bytes[place] ^= 0x10 }
    try folder.write(bytes, to: "t.sqlite")
    #expect(content(try load()) == content(first))
  }

  @Test("More queries make other columns, and the old ones go")
  func changed() throws {
    _ = try load()
    let kept = try folder.read("t.sqlite").count
    var record = made.query(at: 3)
    record.query = "one more"
    record.calls[0].score = .zero
    try TraceImport.create(
      folder.path("more.sqlite"), header: made.header, count: 1, query: { _ in record })
    var lines = Data()
    try TraceDatabase(reading: folder.path("more.sqlite")).exportJSONLines { lines.append(contentsOf: $0) }
    try folder.write(lines, to: "more.jsonl")
    try folder.importing("more.jsonl", into: "t.sqlite")
    let trace = try load()
    #expect(trace.rows.count == 10_101)
    #expect(trace.rows.query.contains("one more"))
    #expect(try folder.read("t.sqlite").count < kept + 1_000_000)
    #expect(content(try load()) == content(trace))
  }
}
