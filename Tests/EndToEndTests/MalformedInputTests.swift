import Foundation
import Testing

/// One broken input and what its message must name.
struct Malformed: Sendable, CustomTestStringConvertible {
  let what: String
  let lines: [String]
  let names: [String]

  var testDescription: String { what }

  static let header =
    #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1"},{"name":"m2"},{"name":"judge"}],"pool":["m1","m2"]}"#

  /// A broken second query behind a good first one.
  init(_ what: String, _ query: String, _ names: String...) {
    self.what = what
    lines = [Self.header, Self.good("q1"), query]
    self.names = ["bad.jsonl:3:"] + names
  }

  init(_ what: String, lines: [String], _ names: String...) {
    self.what = what
    self.lines = lines
    self.names = names
  }

  static func good(_ name: String) -> String {
    #"{"query":"\#(name)","workload":"w","responses":[{"model":"m1","score":1},{"model":"m2","score":0.5}]}"#
  }

  /// A query whose first response has further keys.
  static func response(_ keys: String) -> String {
    #"{"query":"q2","workload":"w","responses":[{"model":"m1","text":"hello",\#(keys)}]}"#
  }

  static func call(_ role: String, _ call: String) -> String {
    #"{"query":"q2","workload":"w","responses":[{"model":"m1","score":1}],"\#(role)":[\#(call)]}"#
  }

  static let cases: [Malformed] = [
    Malformed("score 1.2", response(#""score":1.2"#), "responses[0].score", "1.2"),
    Malformed("score −0.1", response(#""score":-0.1"#), "responses[0].score", "-0.1"),
    Malformed("NaN", response(#""score":NaN"#), "column"),
    Malformed("a score as text", response(#""score":"1""#), "responses[0].score", "expected a score"),
    Malformed("negative tokens", response(#""input_tokens":-3"#), "responses[0].input_tokens", "-3"),
    Malformed("huge tokens", response(#""output_tokens":2147483648"#), "responses[0].output_tokens"),
    Malformed(
      "a layer beyond any",
      call("merges", #"{"aggregator":"judge","members":["m1"],"layer":2147483647,"text":"x"}"#),
      "merges[0].layer", "1 to 100"),
    Malformed("half a token", response(#""output_tokens":1.5"#), "responses[0].output_tokens", "1.5"),
    Malformed("tokens as true", response(#""output_tokens":true"#), "responses[0].output_tokens"),
    Malformed(
      "more cached than input tokens", response(#""input_tokens":3,"cached_input_tokens":4"#),
      "responses[0].cached_input_tokens"),
    Malformed("too many seconds", response(#""duration_s":10000001"#), "responses[0].duration_s"),
    Malformed("first token after the end", response(#""ttft_s":3,"duration_s":2"#), "responses[0].ttft_s"),
    Malformed("token ends not increasing", response(#""token_ends":[2,2]"#), "responses[0].token_ends"),
    Malformed("token ends beyond the text", response(#""token_ends":[2,6]"#), "responses[0].token_ends"),
    Malformed("an unknown key", response(#""scroe":1"#), "scroe", "score"),
    Malformed("a key given twice", response(#""answer":"a","answer":"b""#), "answer", "twice"),
    Malformed(
      "a key of other objects", call("merges", #"{"aggregator":"judge","members":["m1"],"prefixes":[]}"#),
      "prefixes"),
    Malformed(
      "an unknown model", #"{"query":"q2","workload":"w","responses":[{"model":"m3","score":1}]}"#,
      "responses[0].model", "'m3'"),
    Malformed(
      "the same answer twice",
      #"{"query":"q2","workload":"w","responses":[{"model":"m1","score":1},{"model":"m1","score":0}]}"#,
      "responses[1]",
      "responses[0]"),
    Malformed(
      "a response of nobody", #"{"query":"q2","workload":"w","responses":[{"score":1}]}"#,
      "responses[0].model"),
    Malformed(
      "a response without text or score", #"{"query":"q2","workload":"w","responses":[{"model":"m1"}]}"#,
      "responses[0]"),
    Malformed(
      "an order that is no permutation",
      call("rankings", #"{"selector":"s","boot_budget":5,"members":["m1","m2"],"order":["m1"]}"#),
      "rankings[0].order"),
    Malformed(
      "an order with a stranger",
      call("rankings", #"{"selector":"s","boot_budget":5,"members":["m1","m2"],"order":["m1","judge"]}"#),
      "rankings[0].order", "judge"),
    Malformed(
      "boot budget 0",
      call("rankings", #"{"selector":"s","boot_budget":0,"members":["m1","m2"],"order":["m1","m2"]}"#),
      "rankings[0].boot_budget"),
    Malformed(
      "a member twice", call("merges", #"{"aggregator":"a","members":["m1","m1"],"score":1}"#),
      "merges[0].members"),
    Malformed(
      "layer 0", call("merges", #"{"aggregator":"a","members":["m1","m2"],"layer":0,"score":1}"#),
      "merges[0].layer"),
    Malformed("a query without a workload", #"{"query":"q2","responses":[]}"#, "workload"),
    Malformed("a query name as a number", #"{"query":2,"workload":"w"}"#, "query"),
    Malformed("the same query twice", good("q1"), "q1", "bad.jsonl:2"),
    Malformed("two headers", header, "header"),
    Malformed("a cut last line", #"{"query":"q2","workload":"w","respon"#, "column"),
    Malformed("two objects on a line", good("q2") + good("q3"), "column"),
    Malformed("a lone surrogate", #"{"query":"q2","workload":"w","prompt":"\ud800"}"#, "column"),
    Malformed(
      "a raw control character", "{\"query\":\"q2\",\"workload\":\"w\",\"prompt\":\"a\u{1}\"}", "column"),
    Malformed("a number that is none", response(#""score":01"#), "column"),
    Malformed("a list instead of an object", "[1]", "expected"),
    Malformed("no header", lines: [good("q1")], "bad.jsonl:1:", "header"),
    Malformed(
      "an unknown version", lines: [#"{"format":"lightreplay.trace/9","name":"t","models":[]}"#],
      "bad.jsonl:1:", "format"),
    Malformed(
      "a pool of strangers",
      lines: [#"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1"}],"pool":["m9"]}"#],
      "bad.jsonl:1:", "pool"),
    Malformed("a header and nothing else", lines: [header], "bad.jsonl"),
    Malformed("an empty file", lines: [], "bad.jsonl"),
  ]
}

@Suite struct MalformedInputTests {
  @Test("Bad input is refused with file, line and field, and nothing is written", arguments: Malformed.cases)
  func refused(_ malformed: Malformed) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.write(malformed.lines.map { $0 + "\n" }.joined(), to: "bad.jsonl")

    let new = try program.run("import", "jsonl", "bad.jsonl", "--trace", "new.sqlite")
    #expect(new.status == 1)
    for name in malformed.names { #expect(new.messages.contains(name), "\(new.messages)") }
    #expect(new.output.isEmpty)
    #expect(program.files == ["bad.jsonl"])
  }

  @Test("An existing trace is as it was after a failed import", arguments: Malformed.cases)
  func untouched(_ malformed: Malformed) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.write([Malformed.header, Malformed.good("q0")].map { $0 + "\n" }.joined(), to: "good.jsonl")
    try #require(try program.run("import", "jsonl", "good.jsonl", "--trace", "t.sqlite").status == 0)
    let before = try program.run("export", "jsonl", "t.sqlite").output
    try program.write(malformed.lines.map { $0 + "\n" }.joined(), to: "bad.jsonl")

    #expect(try program.run("import", "jsonl", "bad.jsonl", "--trace", "t.sqlite").status == 1)
    #expect(try program.run("export", "jsonl", "t.sqlite").output == before)
    #expect(program.files == ["bad.jsonl", "good.jsonl", "t.sqlite"])
  }

  @Test("Several errors are reported at once, the first twenty")
  func several() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let bad = (0..<30).map { #"{"query":"b\#($0)","workload":"w","responses":[{"model":"m1","score":2}]}"# }
    try program.write(([Malformed.header] + bad).map { $0 + "\n" }.joined(), to: "bad.jsonl")
    let outcome = try program.run("import", "jsonl", "bad.jsonl", "--trace", "new.sqlite")
    #expect(outcome.messages.contains("bad.jsonl:2: responses[0].score"))
    #expect(outcome.messages.contains("bad.jsonl:21: responses[0].score"))
    #expect(!outcome.messages.contains("bad.jsonl:22:"))
  }

  @Test("Bad UTF-8 is refused with its line")
  func badUTF8() throws {
    let program = try Program()
    defer { program.cleanUp() }
    var data = Data((Malformed.header + "\n" + #"{"query":"q1","workload":"w","prompt":""#).utf8)
    data.append(contentsOf: [0xC3, 0x28])
    data.append(contentsOf: Data("\"}\n".utf8))
    try program.write(data, to: "bad.jsonl")
    let outcome = try program.run("import", "jsonl", "bad.jsonl", "--trace", "new.sqlite")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("bad.jsonl:2:"))
    #expect(outcome.messages.contains("UTF-8"))
  }

  @Test("A message never shows a prompt or an answer")
  func discretion() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let bad =
      #"{"query":"q1","workload":"w","prompt":"SECRET","responses":[{"model":"m1","text":"SECRET","answer":"SECRET","score":2}]}"#
    try program.write([Malformed.header, bad].map { $0 + "\n" }.joined(), to: "bad.jsonl")
    let outcome = try program.run("import", "jsonl", "bad.jsonl", "--trace", "new.sqlite")
    #expect(outcome.status == 1)
    #expect(!outcome.messages.contains("SECRET"))
  }
}
