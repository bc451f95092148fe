import Foundation
import Testing

@Suite struct GradeCommandTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.importDemo()
  }

  @Test(
    "Grades stand beside the scores until they are asked to replace them, and a replay takes them by name")
  func flow() throws {
    defer { program.cleanUp() }
    let compared = try program.run(
      "grade", "demo.sqlite", "--grader", "number", "--compare", "--format", "json")
    try #require(compared.status == 0, "\(compared.messages)")
    #expect(try jsonObject(compared.output)["format"] as? String == "lightreplay.grade/1")
    #expect(compared.messages == "nothing was changed (--compare)\n")

    let graded = try program.run(
      "grade", "demo.sqlite", "--grader", "contains", "--ignore-case", "--name", "loose")
    try #require(graded.status == 0, "\(graded.messages)")
    #expect(
      graded.messages.contains(
        "kept the scores of puzzles, sums; --set-default replaces them, sweep --grader loose"))
    let verified = try program.run("verify", "demo.sqlite")
    #expect(verified.status == 0, "\(verified.output)")
    let sweep = try program.run(
      "sweep", "demo.sqlite", "--grader", "loose", "--cost-unit", "tokens", "--replicates", "10", "--format",
      "json")
    #expect(sweep.status == 0, "\(sweep.messages)")
  }

  @Test("Prefixes graded make policies of one layer replayable")
  func prefixes() throws {
    defer { program.cleanUp() }
    let flags = [
      "sweep", "demo.sqlite", "--k", "1", "--boot", "7", "--layers", "1", "--selector", "length",
      "--aggregator", "first",
      "--cost-unit", "tokens", "--replicates", "10", "--format", "json",
    ]
    func isCovered() throws -> Bool {
      let outcome = try program.run(flags)
      let workload = try #require((try jsonObject(outcome.output)["workloads"] as? [[String: Any]])?.first)
      let policies = workload["policies"] as? [[String: Any]] ?? []
      return policies.contains { ($0["id"] as? String)?.contains("boot=7") == true }
    }
    #expect(try !isCovered())
    let graded = try program.run(
      "grade", "demo.sqlite", "--grader", "number", "--set-default", "--prefixes", "7")
    try #require(graded.status == 0, "\(graded.messages)")
    #expect(try isCovered())
  }

  @Test(
    "A wrong use says what is wrong",
    arguments: [
      (["--grader", "numbr"], 64, "unknown grader 'numbr'; did you mean 'number'?"),
      (["--grader", "regex"], 64, "needs PATTERN behind its name"),
      (["--grader", "regex", "(("], 64, "'((' is no regular expression"),
      (["--grader", "regex", "--", "a", "b c"], 64, "regex takes one pattern; found 2: 'a', 'b c'"),
      (["--grader", "judge", "--", "a", "b", "c"], 64, "judge takes a configuration and one name; found 3"),
      (["--grader", "number", "x"], 64, "takes no argument; found 'x'"),
      (["--grader", "math", "--ignore-case"], 64, "takes no --ignore-case"),
      (["--grader", "number", "--prefixes", "full"], 64, "a whole answer is no prefix"),
      (["--grader", "command", "no-such-scorer"], 1, "cannot be started"),
      (
        ["--grader", "command", "cat", "--timeout", "1e300s"], 64,
        "expected a time above 0 and up to 10000000 s"
      ),
      (["--grader", "exact", "--workload", "sms"], 1, "did you mean 'sums'?"),
      (["--grader", "exact", "--threads", "0"], 64, "--threads is 0"),
    ] as [([String], Int32, String)])
  func misuse(flags: [String], status: Int32, sentence: String) throws {
    defer { program.cleanUp() }
    let before = try program.read("demo.sqlite")
    let outcome = try program.run(["grade", "demo.sqlite"] + flags)
    #expect(outcome.status == status)
    #expect(outcome.messages.contains(sentence), "\(outcome.messages)")
    #expect(outcome.messages.contains("Usage: lightreplay grade ") == (status == 64), "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
    #expect(try program.read("demo.sqlite") == before)
  }

  @Test("A grading that grades nothing fails with the reason, and leaves the trace as it was")
  func nothing() throws {
    defer { program.cleanUp() }
    let header = #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m"}]}"#
    let query = #"{"query":"q","workload":"w","responses":[{"model":"m","text":"1","score":1}]}"#
    try program.write("\(header)\n\(query)\n", to: "t.jsonl")
    try #require(try program.run("import", "t.jsonl", "--trace", "t.sqlite").status == 0)
    let before = try program.read("t.sqlite")
    for flags in [[], ["--compare"]] {
      let outcome = try program.run(["grade", "t.sqlite", "--grader", "number"] + flags)
      #expect(outcome.status == 1)
      #expect(
        outcome.messages == """
          1 text has no reference that this grader can compare with; it has no grade
          nothing was graded; the trace keeps the scores it has

          """)
      #expect(try program.read("t.sqlite") == before)
    }
  }

  @Test("A judge is asked once per text, its replies are kept, and what it cannot score stays a gap")
  func judge() throws {
    defer { program.cleanUp() }
    let model = try ModelProcess()
    try program.write(LiveSetup.config(model.url), to: "live.yaml")
    let flags = ["grade", "demo.sqlite", "--grader", "judge", "live.yaml", "--format", "json"]
    let environment = ["LIVE_TEST_KEY": "k"]
    let graded = try program.run(flags, environment: environment)
    try #require(graded.status == 0, "\(graded.messages)")
    let asked = try model.requests()
    // Equal texts about one question are one question.
    #expect(Set(asked).count == asked.count && asked.count > 100)
    #expect(asked.allSatisfy { $0.contains("from 0 to 9") })
    #expect(try program.run("verify", "demo.judge.sqlite").status == 0)
    let again = try program.run(flags + ["--compare"], environment: environment)
    #expect(try model.requests().count == asked.count)
    #expect(try jsonObject(again.output)["format"] as? String == "lightreplay.grade/1")
    let sweep = try program.run(
      "sweep", "demo.sqlite", "--grader", "judge", "--cost-unit", "tokens", "--replicates", "10",
      "--format", "json")
    #expect(sweep.status == 0, "\(sweep.messages)")
  }

  @Test(
    "A judge that is not there is named",
    arguments: [
      (["judge"], 64, "grader 'judge' needs CONFIG.yaml [NAME] behind its name"),
      (["judge", "live.yaml", "strickt"], 1, "unknown judge 'strickt'; did you mean 'strict'?"),
      (["judge", "live.yaml", "--max-spend", "1"], 64, "--max-spend counts dollars"),
      (["number", "--calls", "c.sqlite"], 64, "belong to --grader judge"),
    ])
  func noJudge(_ flags: [String], _ status: Int32, _ message: String) throws {
    defer { program.cleanUp() }
    try program.write(LiveSetup.config("http://127.0.0.1:1/v1"), to: "live.yaml")
    let outcome = try program.run(["grade", "demo.sqlite", "--grader"] + flags)
    #expect(outcome.status == status)
    #expect(outcome.messages.contains(message), "\(outcome.messages)")
  }
}
