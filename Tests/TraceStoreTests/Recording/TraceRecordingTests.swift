import Foundation
import RoutingCore
import Testing
import TraceStore

@Suite("A trace being recorded")
struct TraceRecordingTests {
  private static let header = TraceHeader(
    name: "live", models: [ModelDeclaration(name: "a"), ModelDeclaration(name: "b")],
    selectors: [ToolDeclaration(name: "judge", model: "a")])

  private static var query: QueryRecord {
    var query = QueryRecord(query: "q", workload: "w")
    query.prompt = "What?"
    return query
  }

  private static func response(_ model: String, _ text: String) -> CallRecord {
    var call = CallRecord(role: .response)
    call.model = model
    call.text = text
    call.outputTokens = 3
    return call
  }

  @Test("Calls added one by one give the same trace as importing them together, in any order")
  func sameAsImport() async throws {
    let folder = try TemporaryFolder()
    let fingerprints = try await [["a", "b"], ["b", "a"]].asyncMap { order in
      let path = folder.path("\(order.joined()).sqlite")
      let recording = try TraceRecording(path: path, header: Self.header)
      _ = try await recording.begin([Self.query])
      for model in order { try await recording.add(Self.response(model, "text of \(model)"), to: "q") }
      try await recording.close()
      let database = try TraceDatabase(reading: path)
      #expect(try database.verify().problems.isEmpty)
      return try database.fingerprint()
    }
    try folder.write(
      [
        #"{"format":"lightreplay.trace/1","name":"live","models":[{"name":"a"},{"name":"b"}],"selectors":[{"name":"judge","model":"a"}]}"#,
        #"{"query":"q","workload":"w","prompt":"What?","responses":[{"model":"a","text":"text of a","output_tokens":3},{"model":"b","text":"text of b","output_tokens":3}]}"#,
      ], to: "t.jsonl")
    try folder.importing("t.jsonl", into: "i.sqlite")
    let imported = try folder.fingerprint("i.sqlite")
    #expect(Set(fingerprints + [imported]).count == 1)
  }

  @Test("After a failure nothing more is written, and whoever tries is told why")
  func failed() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("t.sqlite")
    let recording = try TraceRecording(path: path, header: Self.header)
    _ = try await recording.begin([Self.query])
    var changed = Self.query
    changed.prompt = "What else?"
    let new = QueryRecord(query: "n", workload: "v")
    let failure = RecordingError.otherQuery(path, query: "q")
    await #expect(throws: failure) { try await recording.begin([new, changed]) }
    // Its row was undone with the failure, and so was that of its workload.
    await #expect(throws: failure) { try await recording.add(Self.response("a", "x"), to: "n") }
    await #expect(throws: failure) { try await recording.add(Self.response("a", "x"), to: "q") }
    try await recording.close()
    let database = try TraceDatabase(reading: path)
    #expect(try database.verify().problems.isEmpty)
    var queries: [QueryRecord] = []
    try database.forEachQuery { queries.append($0) }
    #expect(queries == [Self.query])
  }

  @Test("It can be read along, and goes on after being dropped without closing")
  func resumes() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("t.sqlite")
    var recording: TraceRecording? = try TraceRecording(path: path, header: Self.header)
    _ = try await recording?.begin([Self.query])
    try await recording?.add(Self.response("a", "x"), to: "q")
    var calls = 0
    try TraceDatabase(reading: path).forEachQuery { calls += $0.calls.count }
    #expect(calls == 1)
    try await recording?.close()
    recording = nil
    let again = try TraceRecording(path: path, header: Self.header)
    let known = try await again.begin([Self.query])
    #expect(known.first?.calls.map(\.text) == ["x"])
    try await again.add(Self.response("b", "y"), to: "q")
    try await again.close()
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    #expect(!FileManager.default.fileExists(atPath: path + ".recording"))
  }

  @Test("A second recorder, another pool, another prompt and a call twice are refused in words")
  func refusals() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("t.sqlite")
    let recording = try TraceRecording(path: path, header: Self.header)
    _ = try await recording.begin([Self.query])
    #expect(throws: RecordingError.recordedElsewhere(path)) {
      _ = try TraceRecording(path: path, header: Self.header)
    }
    try await recording.add(Self.response("a", "x"), to: "q")
    await #expect(throws: RecordingError.self) { try await recording.add(Self.response("a", "z"), to: "q") }
    var other = Self.query
    other.prompt = "Else?"
    await #expect(throws: RecordingError.otherQuery(path, query: "q")) {
      _ = try await recording.begin([other])
    }
    try await recording.close()
    var header = Self.header
    header.pool = ["b"]
    #expect(throws: RecordingError.self) { _ = try TraceRecording(path: path, header: header) }
    #expect(try TraceDatabase(reading: path).verify().problems.isEmpty)
  }
}

extension Array {
  fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await body(element)) }
    return values
  }
}
