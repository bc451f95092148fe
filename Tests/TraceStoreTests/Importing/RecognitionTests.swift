import Foundation
import Testing
import TraceStore

@Suite struct RecognitionTests {
  private func format(_ files: [String: String], _ inputs: [String]) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(ImportFixture("", files, inputs: inputs))
    return try FormatRecognition.importer(for: inputs.map(folder.path)).name
  }

  @Test("The interchange format is told by its header, also compressed")
  func interchange() throws {
    let header = #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1"}]}"#
    #expect(try format(["t.jsonl": header + "\n"], ["t.jsonl"]) == "jsonl")
    let folder = try TemporaryFolder()
    try OutputFile.write(to: folder.path("t.gz")) { try $0.write(Array((header + "\n").utf8)) }
    #expect(try FormatRecognition.importer(for: [folder.path("t.gz")]).name == "jsonl")
  }

  @Test("In a folder of logs, a table beside them does not count")
  func tableBeside() throws {
    var files = ImportFixture.alpacaEval.files.mapValues { String(decoding: $0, as: UTF8.self) }
    files["lark/leaderboard.csv"] = "model,score\nlark,1\n"
    #expect(try format(files, ["lark", "stork"]) == "alpaca-eval")
  }

  @Test("Files of two formats are an error that names both")
  func two() throws {
    let files = [
      "a.json": ImportFixture.promptfoo.text("results.json"),
      "b.json": ImportFixture.inspect.text("lark.json"),
    ]
    let failure = try #require(throws: ImportFailure.self) { try format(files, ["a.json", "b.json"]) }
    #expect(failure.description.contains("'promptfoo'"))
    #expect(failure.description.contains("'inspect'"))
  }

  @Test("Folders without a known file, and files of no kind, say so")
  func unknown() throws {
    for (name, content) in [("x.json", "{}"), ("x.txt", "hello"), ("x.json", "{\"a\":"), ("x", "\u{0}\u{1}")]
    {
      let failure = try #require(throws: ImportFailure.self) { try format(["f/" + name: content], ["f"]) }
      #expect(failure.description.contains("no file of a known format"))
      let named = try #require(throws: ImportFailure.self) {
        try format(["f/" + name: content], ["f/" + name])
      }
      #expect(named.description.contains("of no known format"))
    }
  }

  @Test("Hidden files and links to folders are not followed; what is passed over is said")
  func folders() throws {
    let folder = try TemporaryFolder()
    var fixture = ImportFixture.alpacaEval
    fixture.files["lark/.hidden.json"] = Data("{".utf8)
    fixture.files["lark/notes.txt"] = Data("hello".utf8)
    try folder.write(fixture)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("lark/loop"), withDestinationPath: folder.path("lark"))
    let result = try folder.importing("alpaca-eval", ["lark", "stork"])
    #expect(result.queries == 2)
    #expect(result.remarks.contains { $0.hasPrefix("passed over: 1 files") && $0.hasSuffix("notes.txt") })
  }

  @Test("A named file that is not there is an error")
  func absent() throws {
    let folder = try TemporaryFolder()
    #expect(throws: InputError.self) { try FormatRecognition.importer(for: [folder.path("none")]) }
  }
}
