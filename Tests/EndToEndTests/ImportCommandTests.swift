import Foundation
import Testing

@Suite struct ImportCommandTests {
  private static let csv = """
    query,workload,prompt,model,text,answer,score,input_tokens,output_tokens
    q1,sums,1+1?,lark,two,2,1,10,3
    q1,sums,1+1?,stork,three,3,0,10,4
    q2,sums,2+2?,lark,four,4,1,10,3
    q2,sums,2+2?,stork,four,4,1,10,4

    """

  private func program() throws -> Program {
    let program = try Program()
    try program.write(Self.csv, to: "answers.csv")
    return program
  }

  @Test(
    "The format may be named, left to the content, or asked for as auto",
    arguments: [["table"], [], ["auto"]])
  func formats(_ words: [String]) throws {
    let program = try program()
    defer { program.cleanUp() }
    let outcome = try program.run(["import"] + words + ["answers.csv", "--trace", "t.sqlite"])
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.messages.contains("t.sqlite: 2 queries with 4 calls imported"))
  }

  @Test("A dry run shows what is there and what is missing, and writes nothing")
  func dryRun() throws {
    let program = try program()
    defer { program.cleanUp() }
    let outcome = try program.run("import", "answers.csv", "--dry-run")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("format table, nothing written"))
    #expect(outcome.output.contains("missing  4 of 4 responses have no times: latency unknown"))
    #expect(outcome.output.contains(#"first    {"query":"q1","workload":"sums","prompt":"1+1?""#))
    #expect(program.files == ["answers.csv"])
    let json = try jsonObject(
      try program.run("import", "answers.csv", "--dry-run", "--format", "json").output)
    let models = try #require(json["models"] as? [[String: Any]])
    #expect(models.map { $0["name"] as? String } == ["lark", "stork"])
    #expect(models[0]["output_tokens"] as? Int == 2)
    #expect(models[0]["times"] as? Int == 0)
  }

  @Test(
    "Wrong usage is 64 with a sentence",
    arguments: [
      (["import", "answers.csv"], "missing --trace"),
      (["import", "tabel", "answers.csv", "--trace", "t"], "did you mean 'table'?"),
      (["import", "table", "--trace", "t"], "missing the files"),
      (["import", "answers.csv", "--map", "txet=a", "--trace", "t"], "did you mean 'text'?"),
      (["import", "answers.csv", "--preset", "x", "--trace", "t"], "expected one of: routerbench"),
      (["import", "answers.csv", "--score-range", "1", "--trace", "t"], "--score-range"),
      (["import", "answers.csv", "--map", "text=a", "--preset", "langfuse", "--trace", "t"], "exclude"),
    ])
  func usage(_ arguments: [String], _ words: String) throws {
    let program = try program()
    defer { program.cleanUp() }
    let outcome = try program.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
    #expect(program.files == ["answers.csv"])
  }

  private static let rows = "id,llm,said,ok\n1,lark,x,1\n2,,x,1\n3,lark,x,1\n"

  @Test(
    "Of columns that do not fit the map only those are named, ahead of the rows",
    arguments: [
      (
        "query=id,model=lm,text=said,score=ok",
        [
          "a.csv: found no row with a value in the column 'lm', did you mean 'llm'?; expected the column of model"
        ]
      ),
      ("query=id,text=said,score=ok", ["a.csv:2: model (no column): missing; expected the model's name"]),
      (
        "query=id,model=llm,text=said,score=okk",
        [
          "a.csv: found no row with a value in the column 'okk', did you mean 'ok'?", "a.csv:3: llm: missing",
        ]
      ),
    ])
  func columns(_ map: String, _ sentences: [String]) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.write(Self.rows, to: "a.csv")
    let outcome = try program.run("import", "a.csv", "--map", map, "--trace", "t.sqlite")
    #expect(outcome.status == 1)
    let lines = outcome.messages.split(separator: "\n")
    #expect(lines.count == sentences.count + 1 && lines.last == "nothing was imported", "\(lines)")
    for (line, sentence) in zip(lines, sentences) { #expect(line.contains(sentence)) }
  }

  @Test("Queries that the trace has are told once, with their number, behind what else is wrong")
  func again() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let demo = try String(contentsOf: Place.demo, encoding: .utf8)
    try program.write(demo + "{\"query\":\"new\"}\n", to: "more.jsonl")
    let again = "is in the trace already, and so are 39 others; expected new queries\nnothing was imported\n"
    let same = try program.run("import", Place.demo.path, "--trace", "demo.sqlite")
    #expect(same.status == 1)
    #expect(same.messages.hasPrefix("Error: \(Place.demo.path):2: query: the query 'sums/1' \(again)"))
    let more = try program.run("import", "more.jsonl", "--trace", "demo.sqlite")
    #expect(more.messages.hasPrefix("Error: more.jsonl:42: workload: missing"), "\(more.messages)")
    #expect(more.messages.hasSuffix("more.jsonl:2: query: the query 'sums/1' \(again)"))
  }

  @Test("A wrong format names the likely right one")
  func wrongFormat() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.write(
      #"{"evalId":"e","results":{"version":3,"results":[]}}"#, to: "results.json")
    let outcome = try program.run("import", "lm-eval", "results.json", "--trace", "t.sqlite")
    #expect(outcome.status == 1)
    #expect(
      outcome.messages.contains("results.json: looks like a file of the format 'promptfoo', not 'lm-eval'"))
    #expect(program.files == ["results.json"])
  }

  @Test("Scores on another scale are brought to 0 … 1")
  func scale() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.write("query,model,text,score\nq,lark,x,7.5\n", to: "a.csv")
    let outcome = try program.run("import", "a.csv", "--score-range", "5,10", "--trace", "t.sqlite")
    #expect(outcome.status == 0)
    #expect(try program.run("export", "jsonl", "t.sqlite").output.contains(#""score":0.5}"#))
  }

  /// Files of 1 GiB: a beginning, and a hole.
  @Test(
    "A line or document of 1 GiB is refused with its place, in bounded memory",
    arguments: [
      (
        "openai-batch", "huge.jsonl", #"{"custom_id":"q","body":"#,
        "huge.jsonl:1: the line is longer than 256 MiB"
      ),
      (
        "lm-eval", "samples_x.jsonl", #"{"doc_id":1,"resps":"#,
        "samples_x.jsonl:1: the line is longer than 256 MiB"
      ),
      ("table", "huge.csv", "query,model,text,score\n\"", "huge.csv:2: the line is longer than 256 MiB"),
      ("promptfoo", "huge.json", #"{"evalId":"#, "huge.json: larger than 256 MiB"),
      ("alpaca-eval", "huge.json", #"[{"instruction":"","generator":""#, "huge.json: larger than 256 MiB"),
    ])
  func huge(_ format: String, _ name: String, _ start: String, _ words: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    // Without the hole's zeros at the front the file's kind is told by its first bytes.
    try program.write(start + String(repeating: "x", count: 1 << 18), to: name)
    let file = try FileHandle(forUpdating: program.folder.appendingPathComponent(name))
    try file.truncate(atOffset: 1 << 30)
    try file.close()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // 1.5 GB of address space would not hold the file.
    let model = format == "lm-eval" ? ["--model", "m"] : []
    process.arguments =
      ["-c", "ulimit -v 1500000; exec \"$0\" \"$@\"", Program.executable.path, "import", format, name]
      + model + ["--trace", "t.sqlite"]
    process.currentDirectoryURL = program.folder
    let messages = Pipe()
    process.standardError = messages
    try process.start()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(text.contains(words), "\(text.prefix(400))")
    #expect(program.files == [name])
  }

  @Test("Deeply nested JSON is refused with its place")
  func deep() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let nest = String(repeating: "[", count: 1_000_000)
    try program.write("{\"evalId\":\"e\",\n\"results\":\(nest)", to: "results.json")
    let outcome = try program.run("import", "promptfoo", "results.json", "--trace", "t.sqlite")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("results.json:2: column 74: found more than 64 levels of nesting"))
  }
}

/// From the raw logs of real tools to a recommendation, three commands each, as `Importing.md` shows them.
@Suite(
  .enabled(if: Place.hasRealData, "the samples of real tools in ../shared/data are not on this machine"),
  .serialized)
struct ToolLogsTests {
  private static let formats = Place.realData.appendingPathComponent("formats").path

  @Test(
    "Raw logs to a recommendation in three commands",
    arguments: [
      (
        [
          "lm-eval", "\(formats)/lm-eval/gpt-4o-mini-2024-07-18",
          "\(formats)/lm-eval/claude-3-haiku-20240307",
        ],
        [
          "--grader", "flexible-extract", "--prices",
          Place.realData.appendingPathComponent("prices.yaml").path,
        ],
        "gsm8k_replayed_a: 20 queries"
      ),
      (
        ["alpaca-eval", "\(formats)/alpaca-eval"], ["--cost-unit", "tokens"],
        "alpaca-eval/helpful_base: 20 queries"
      ),
      (
        ["inspect", "\(formats)/inspect/toy.json"], ["--cost-unit", "tokens", "--samples", "all"],
        "toy: 4 queries"
      ),
    ])
  func recommendation(_ files: [String], _ flags: [String], _ heading: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    let imported = try program.run(["import"] + files + ["--trace", "t.sqlite"])
    try #require(imported.status == 0, "\(imported.messages)")
    let inspected = try program.run("inspect", "t.sqlite")
    #expect(inspected.status == 0)
    let recommended = try program.run(["recommend", "t.sqlite"] + flags)
    #expect(recommended.status == 0, "\(recommended.messages)")
    #expect(recommended.output.contains(heading))
    #expect(recommended.output.contains("\n  run       "))
  }

  @Test("On lm-eval's own counts the better model is the one it names better")
  func scores() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let folders = ["gpt-4o-mini-2024-07-18", "claude-3-haiku-20240307"].map {
      "\(Self.formats)/lm-eval/\($0)"
    }
    try #require(try program.run(["import"] + folders + ["--trace", "t.sqlite"]).status == 0)
    for (grader, claude) in [("strict-match", 0.4), ("flexible-extract", 0.75)] {
      let swept = try program.run(
        "sweep", "t.sqlite", "--grader", grader, "--cost-unit", "tokens", "--replicates", "2", "--format",
        "json")
      try #require(swept.status == 0, "\(swept.messages)")
      let workload = try #require((try jsonObject(swept.output)["workloads"] as? [[String: Any]])?.first)
      let policies = try #require(workload["policies"] as? [[String: Any]])
      func mean(_ id: String) -> Double? {
        let policy = policies.first { $0["id"] as? String == id }
        return (policy?["score"] as? [String: Any])?["mean"] as? Double
      }
      #expect(mean("single:gpt-4o-mini-2024-07-18") == 0.85)
      #expect(mean("single:claude-3-haiku-20240307") == claude)
    }
    let plain = try program.run("sweep", "t.sqlite", "--cost-unit", "tokens")
    #expect(plain.status == 1)
    #expect(plain.messages.contains("choose one with --grader"))
  }
}
