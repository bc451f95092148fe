import Foundation
import Testing
import TraceStore

@Suite struct FailedImportTests {
  private static let header = #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1"}]}"#

  private static func query(_ name: String, score: String = "1") -> String {
    #"{"query":"\#(name)","workload":"w","prompt":"\#(name)","responses":[{"model":"m1","score":\#(score)}]}"#
  }

  private func failure(_ body: () throws -> Void) throws -> [String] {
    let failure = try #require(throws: ImportFailure.self) { try body() }
    return failure.problems.map {
      "\($0)".replacingOccurrences(of: "^.*/", with: "", options: .regularExpression)
    }
  }

  @Test("A failed import leaves every byte of a trace as it was, however much it had written")
  func bytes() throws {
    let folder = try TemporaryFolder()
    try folder.write([Self.header, Self.query("q")], to: "good")
    try folder.importing("good", into: "t.sqlite")
    let before = try folder.read("t.sqlite")
    let many = (0..<20_000).map { Self.query("long \($0) " + String(repeating: "x", count: 400)) }
    try folder.write([Self.header] + many + [Self.query("bad", score: "2")], to: "bad")
    #expect(throws: ImportFailure.self) { try folder.importing("bad", into: "t.sqlite") }
    #expect(try folder.read("t.sqlite") == before)
    #expect(folder.files == ["bad", "good", "t.sqlite"])
  }

  @Test("A failed import into a new path leaves nothing")
  func nothing() throws {
    let folder = try TemporaryFolder()
    try folder.write([Self.header, Self.query("q"), "{"], to: "bad")
    #expect(throws: ImportFailure.self) { try folder.importing("bad", into: "t.sqlite") }
    #expect(folder.files == ["bad"])
  }

  @Test("A broken line is reported once")
  func once() throws {
    let folder = try TemporaryFolder()
    try folder.write([Self.header, #"{"query":"q","#, "[1]", Self.header], to: "bad")
    let problems = try failure { try folder.importing("bad", into: "t.sqlite") }
    #expect(problems.count == 3)
    #expect(problems[0].hasPrefix("bad:2: column 14: the JSON ends early"))
    #expect(problems[1] == "bad:3: found an array; expected an object")
    #expect(problems[2].hasPrefix("bad:4: format: a second header"))
  }

  @Test("A duplicate query names the line of the first, also behind other mistakes and in another file")
  func duplicates() throws {
    let folder = try TemporaryFolder()
    try folder.write([Self.header, Self.query("a"), Self.query("b", score: "7"), Self.query("a")], to: "one")
    try folder.write([Self.header, Self.query("a")], to: "two")
    let problems = try failure { try folder.importing("one", "two", into: "t.sqlite") }
    #expect(problems.count == 3)
    #expect(problems[1].contains("one:2"))
    #expect(problems[2].contains("one:2"))
    try folder.importing("two", into: "t.sqlite")
    let again = try failure { try folder.importing("two", into: "t.sqlite") }
    #expect(again[0].contains("in the trace already"))
  }

  @Test("The model of a ranking or merge must be declared, or it would be lost")
  func payer() throws {
    let folder = try TemporaryFolder()
    let ranking =
      #"{"query":"q","workload":"w","rankings":[{"selector":"s","model":"m7","boot_budget":5,"order":["m1"]}]}"#
    try folder.write([Self.header, ranking], to: "bad")
    let problems = try failure { try folder.importing("bad", into: "t.sqlite") }
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("bad:2: rankings[0].model: unknown model 'm7'"))
  }

  @Test("Selectors that a later file declares are kept, and must not differ")
  func tools() throws {
    let folder = try TemporaryFolder()
    let declaring = { (prompt: String) in
      #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1"}],"selectors":[{"name":"s","prompt":"\#(prompt)"}]}"#
    }
    try folder.write([Self.header, Self.query("a")], to: "plain")
    try folder.write([declaring("one"), Self.query("b")], to: "one")
    try folder.write([declaring("two"), Self.query("c")], to: "two")
    try folder.importing("plain", "one", into: "t.sqlite")
    #expect(try TraceDatabase(reading: folder.path("t.sqlite")).header().selectors.map(\.prompt) == ["one"])
    let problems = try failure { try folder.importing("two", into: "t.sqlite") }
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("two:1: selectors[0]: found 's'"))
  }
}
