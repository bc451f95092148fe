import Foundation
import Testing
import TraceStore

/// The reader of CSV, seen through one-column maps.
@Suite struct CSVReaderTests {
  /// Texts of the rows q0, q1, … of a table with the columns query, model and text.
  private func texts(_ rows: String, _ count: Int) throws -> [String?] {
    let folder = try TemporaryFolder()
    try folder.write(Data(("query,model,text,score\n" + rows).utf8), to: "rows.csv")
    try folder.importing("table", ["rows.csv"])
    return try (0..<count).map { try folder.response("q\($0)", "m")["text"] as? String }
  }

  @Test("RFC 4180: quotes doubled, separators, line breaks and spaces kept between quotes")
  func quoting() throws {
    let rows =
      "q0,m,\"a \"\"b\"\"\",1\nq1,m,\"x,y\",1\nq2,m,\"one\r\ntwo\n\",1\nq3,m, spaced ,1\nq4,m,\"\"\"\",1\n"
    #expect(try texts(rows, 5) == ["a \"b\"", "x,y", "one\r\ntwo\n", " spaced ", "\""])
  }

  @Test("Empty cells and empty quotes are missing; blank lines and a missing last line end are accepted")
  func empty() throws {
    #expect(try texts("q0,m,,1\n\n\r\nq1,m,\"\",1\n\nq2,m,x,1", 3) == [nil, nil, "x"])
  }

  @Test("Any text survives writing and reading")
  func roundTrip() throws {
    var state: UInt64 = 11
    let alphabet = Array("ab\",;\t \r\né😀'")
    var wanted: [String] = []
    for _ in 0..<300 {
      var text = "x"
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<(state >> 60) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      wanted.append(text)
    }
    let rows = wanted.enumerated().map { index, text in
      "q\(index),m,\"\(text.replacingOccurrences(of: "\"", with: "\"\""))\",1\r\n"
    }
    let read = try texts(rows.joined(), wanted.count)
    for (text, other) in zip(wanted, read) { #expect(other.map { Array($0.utf8) } == Array(text.utf8)) }
  }

  @Test("A gzip table is read like a plain one")
  func compressed() throws {
    let folder = try TemporaryFolder()
    try OutputFile.write(to: folder.path("rows.csv.gz")) {
      try $0.write(Array("query,model,text\nq,m,hello\n".utf8))
    }
    try folder.importing(nil, ["rows.csv.gz"])
    #expect(try folder.response("q", "m")["text"] as? String == "hello")
  }
}
