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
    #expect(outcome.output.isEmpty)
    #expect(try program.read("demo.sqlite") == before)
  }
}
