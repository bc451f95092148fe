import Foundation
import Testing

/// From a recommendation to files for production, and back.
@Suite struct PolicyCommandTests {
  private func recommend(_ program: Program, _ flags: String...) throws -> Program.Outcome {
    try program.run(["recommend", "demo.sqlite", "--prices", Place.prices.path] + flags)
  }

  private func demo() throws -> Program {
    let program = try Program()
    try program.importDemo()
    return program
  }

  @Test("What is emitted is the same bytes on one thread and two, and validates against its trace")
  func emit() throws {
    let program = try demo()
    defer { program.cleanUp() }
    let one = try recommend(program, "--emit", "a.yaml", "--threads", "1")
    try #require(one.status == 0, "\(one.messages)")
    try #require(try recommend(program, "--emit", "b.yaml", "--threads", "2").status == 0)
    #expect(try program.read("a.yaml") == program.read("b.yaml"))
    let valid = try program.run("policy", "validate", "a.yaml", "--trace", "demo.sqlite")
    #expect(valid.status == 0, "\(valid.messages)")
    #expect(valid.output.contains("demo.sqlite: the trace it was made from"))
    #expect(valid.output.contains("default: "))
    let same = try program.run("policy", "diff", "a.yaml", "b.yaml")
    #expect(same.status == 0)
    #expect(same.output == "a.yaml and b.yaml say the same\n")
  }

  @Test("Figures in the file are the recommendation's, rounded to six digits")
  func figures() throws {
    let program = try demo()
    defer { program.cleanUp() }
    let outcome = try recommend(program, "--lambda", "100", "--format", "json", "--emit", "p.yaml")
    let text = String(decoding: try program.read("p.yaml"), as: UTF8.self)
    for workload in try #require(try jsonObject(outcome.output)["workloads"] as? [[String: Any]]) {
      let heldOut = try #require(workload["held_out"] as? [String: Any])
      let score = try #require((heldOut["score"] as? [String: Any])?["mean"] as? Double)
      #expect(text.contains("score: {mean: \(String(format: "%.6g", score)),"))
      let recommended = try #require(workload["recommended"] as? [String: Any])
      #expect(text.contains("policy: \"\(try #require(recommended["frozen_id"] as? String))\""))
    }
  }

  @Test("Where nothing meets the constraints, exit code 2 and no file")
  func nothing() throws {
    let program = try demo()
    defer { program.cleanUp() }
    let outcome = try recommend(
      program, "--budget", "0.0000001", "--emit", "p.yaml", "--emit-vllm-semantic-router", "r.yaml",
      "--emit-litellm", "l.yaml")
    #expect(outcome.status == 2)
    #expect(program.files == ["demo.sqlite"])
  }

  @Test(
    "Two results for one place, and shares for nothing, are wrong usage",
    arguments: [
      ["--emit", "-"], ["--emit", "a", "--emit-litellm", "a"], ["--emit", "a", "-o", "a"],
      ["-o", "t", "--emit", "-", "--emit-litellm", "-"], ["--share", "sums=0.5,puzzles=0.5"],
    ])
  func conflicts(flags: [String]) throws {
    let program = try demo()
    defer { program.cleanUp() }
    let outcome = try program.run(["recommend", "demo.sqlite", "--prices", Place.prices.path] + flags)
    #expect(outcome.status == 64, "\(outcome.messages)")
    #expect(program.files == ["demo.sqlite"])
  }

  @Test("With the table in a file, the policy may go to standard output")
  func standardOutput() throws {
    let program = try demo()
    defer { program.cleanUp() }
    let outcome = try recommend(program, "-o", "table.txt", "--emit", "-")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("format: \"lightreplay.policy/1\"\n"))
    #expect(program.exists("table.txt"))
  }

  @Test("The default follows the traffic, and says what each workload loses")
  func shares() throws {
    let program = try demo()
    defer { program.cleanUp() }
    // A share of 1 makes the default that workload's own policy.
    try #require(
      try recommend(program, "--lambda", "1e4", "--share", "puzzles=0,sums=1", "--emit", "p.yaml").status == 0
    )
    let text = String(decoding: try program.read("p.yaml"), as: UTF8.self)
    let parts = text.components(separatedBy: "default:\n")
    func policy(_ text: String) -> String? {
      text.split(separator: "\n").first { $0.contains("policy: ") }.map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    let own = parts[0].components(separatedBy: "match: {workload: \"sums\"}\n").last.flatMap(policy)
    #expect(own != nil && policy(parts[1]) == own)
    #expect(parts[1].contains("shares:\n    - {workload: \"sums\", share: 1}\n"))
    #expect(
      parts[1].contains(
        "- workload: \"sums\"\n      queries: 24\n      score_loss: {mean: 0, low: 0, high: 0}\n"))
  }

  @Test("A figure that does not hold, or a policy that does not fit, fails the validation")
  func doesNotHold() throws {
    let program = try demo()
    defer { program.cleanUp() }
    try #require(try recommend(program, "--lambda", "1e4", "--emit", "p.yaml").status == 0)
    // At a hundred times the prices no cost holds.
    let prices = try String(contentsOf: Place.prices, encoding: .utf8)
      .replacingOccurrences(of: "input: 0.", with: "input: 80.")
    try program.write(prices, to: "dear.yaml")
    let outcome = try program.run(
      "policy", "validate", "p.yaml", "--trace", "demo.sqlite", "--prices", "dear.yaml")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("DOES NOT HOLD"))
    let text = String(decoding: try program.read("p.yaml"), as: UTF8.self)
    try program.write(
      text.replacingOccurrences(of: "workload: \"sums\"", with: "workload: \"tums\""), to: "q.yaml")
    let other = try program.run("policy", "validate", "q.yaml", "--trace", "demo.sqlite", "--format", "json")
    #expect(other.status == 1)
    #expect(other.output.contains("the trace has no such workload"))
  }

  @Test("Another trace is named as such")
  func otherTrace() throws {
    let program = try demo()
    defer { program.cleanUp() }
    try #require(try recommend(program, "--emit", "p.yaml").status == 0)
    let lines = try String(contentsOf: Place.demo, encoding: .utf8).split(separator: "\n").dropLast()
    try program.write(lines.joined(separator: "\n"), to: "less.jsonl")
    try #require(try program.run("import", "jsonl", "less.jsonl", "--trace", "less.sqlite").status == 0)
    let outcome = try program.run("policy", "validate", "p.yaml", "--trace", "less.sqlite")
    #expect(outcome.output.contains("less.sqlite: not the trace it was made from ('demo')"))
    #expect(outcome.status == 0)
  }

  @Test("An invalid file is one sentence with its line")
  func invalid() throws {
    let program = try demo()
    defer { program.cleanUp() }
    try #require(try recommend(program, "--emit", "p.yaml").status == 0)
    let text = String(decoding: try program.read("p.yaml"), as: UTF8.self)
    try program.write(text.replacingOccurrences(of: "boot_budget:", with: "bot_budget:"), to: "q.yaml")
    let outcome = try program.run("policy", "validate", "q.yaml")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("bot_budget is an unknown key; expected boot_budget"))
  }

  @Test("A difference is named per workload, with exit code 0")
  func difference() throws {
    let program = try demo()
    defer { program.cleanUp() }
    try #require(try recommend(program, "--lambda", "0", "--emit", "a.yaml").status == 0)
    try #require(try recommend(program, "--lambda", "1e4", "--emit", "b.yaml").status == 0)
    let outcome = try program.run("policy", "diff", "a.yaml", "b.yaml", "--format", "json")
    #expect(outcome.status == 0)
    let changes = try #require(try jsonObject(outcome.output)["changes"] as? [[String: Any]])
    let policies = changes.filter {
      $0["what"] as? String == "policy" && $0["place"] as? String == "workload"
    }
    #expect(policies.compactMap { $0["workload"] as? String } == ["puzzles", "sums"])
    #expect(policies.allSatisfy { $0["new"] as? String == "single:lark" })
  }

  /// Two workloads that no one policy serves: "a" is right on x only, "b" on y only.
  private func divided() throws -> Program {
    let program = try Program()
    let header = #"{"format":"lightreplay.trace/1","name":"divided","models":[{"name":"a"},{"name":"b"}]}"#
    let rows = ["x", "y"].flatMap { workload in
      (0..<12).map { number in
        let (a, b) = workload == "x" ? (1, 0) : (0, 1)
        return """
          {"query":"\(workload)\(number)","workload":"\(workload)","responses":[\
          {"model":"a","score":\(a),"text":"a","input_tokens":9,"output_tokens":1},\
          {"model":"b","score":\(b),"text":"b","input_tokens":9,"output_tokens":2}]}
          """
      }
    }
    try program.write(([header] + rows).joined(separator: "\n"), to: "t.jsonl")
    try #require(try program.run("import", "jsonl", "t.jsonl", "--trace", "t.sqlite").status == 0)
    return program
  }

  @Test("Where no policy for all meets the constraints, the default is the nearest and says so")
  func nearestDefault() throws {
    let program = try divided()
    defer { program.cleanUp() }
    let outcome = try program.run(
      "recommend", "t.sqlite", "--cost-unit", "tokens", "--selector", "length", "--k", "1", "--boot", "full",
      "--min-score", "0.9", "--emit", "p.yaml")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.contains("default: no policy meets a score of 0.9"))
    let text = String(decoding: try program.read("p.yaml"), as: UTF8.self)
    #expect(text.contains("{code: constraint-missed, text: \"default: no policy meets a score of 0.9"))
    #expect(text.contains("match: {workload: \"x\"}\n    policy: \"single:a\""))
  }

  @Test("Where no policy covers every workload, exit code 2 and no file")
  func noDefault() throws {
    let program = try divided()
    defer { program.cleanUp() }
    let lines = String(decoding: try program.read("t.jsonl"), as: UTF8.self).split(separator: "\n").map {
      line in
      line.contains("\"x\"")
        ? line.replacingOccurrences(of: #"{"model":"b","score":0"#, with: #"{"model":"b","score":null"#)
        : line.replacingOccurrences(of: #"{"model":"a","score":0"#, with: #"{"model":"a","score":null"#)
    }
    try program.write(lines.joined(separator: "\n"), to: "u.jsonl")
    try #require(try program.run("import", "jsonl", "u.jsonl", "--trace", "u.sqlite").status == 0)
    let flags = ["--cost-unit", "tokens", "--selector", "length", "--k", "1", "--boot", "full"]
    #expect(try program.run(["recommend", "u.sqlite"] + flags).status == 0)
    let outcome = try program.run(["recommend", "u.sqlite"] + flags + ["--emit", "p.yaml"])
    #expect(outcome.status == 2, "\(outcome.messages)")
    #expect(outcome.messages.contains("default: no policy covers enough queries"))
    #expect(!program.exists("p.yaml"))
  }
}
