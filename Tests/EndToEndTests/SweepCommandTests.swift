import Foundation
import Testing

@Suite struct SweepCommandTests {
  private func prepared() throws -> Program {
    let program = try Program()
    try program.importDemo()
    return program
  }

  @Test("One thread and several give the same bytes, in every format", arguments: ["json", "csv", "table"])
  func threads(format: String) throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let outputs = try ["1", "2", "7"].map { threads in
      try program.run(
        "sweep", "demo.sqlite", "--prices", Place.prices.path, "--lambda", "0,50,5000", "--layers", "1-2",
        "--selector",
        "recorded,consensus,random,prior", "--aggregator", "recorded,vote", "--threads", threads, "--format",
        format
      ).output
    }
    #expect(!outputs[0].isEmpty)
    #expect(Set(outputs).count == 1)
  }

  @Test("The document has the shape other programs rely on")
  func shape() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let swept = try program.run(
      "sweep", "demo.sqlite", "--prices", Place.prices.path, "--lambda", "10", "--format", "json")
    let document = try jsonObject(swept.output)
    #expect(document["format"] as? String == "lightreplay.sweep/1")
    let settings = try #require(document["settings"] as? [String: Any])
    for key in ["seed", "replicates", "cost_unit", "accounting", "continuation"] {
      #expect(settings[key] != nil)
    }
    let workloads = try #require(document["workloads"] as? [[String: Any]])
    #expect(workloads.compactMap { $0["name"] as? String } == ["puzzles", "sums"])
    for policy in try #require(workloads[0]["policies"] as? [[String: Any]]) {
      for key in [
        "id", "k", "boot_budget", "layers", "schedule", "selector", "aggregator", "covered", "score", "cost",
        "tokens",
        "cost_by_stage", "latency_s", "objective",
      ] { #expect(policy[key] != nil, "\(key)") }
      let cost = try #require((policy["cost"] as? [String: Any])?["mean"] as? Double)
      let stages = try #require(policy["cost_by_stage"] as? [String: Double])
      #expect(stages.count == 5)
      #expect(abs(stages.values.reduce(0, +) - cost) <= 1e-12 * cost)
    }
  }

  @Test("Win shares of recommendable policies sum to 1, and bounds have none")
  func winShares() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let swept = try program.run(
      "sweep", "demo.sqlite", "--prices", Place.prices.path, "--lambda", "10", "--selector",
      "recorded,oracle,random",
      "--format", "json")
    for workload in try #require(try jsonObject(swept.output)["workloads"] as? [[String: Any]]) {
      var sum = 0.0
      for policy in try #require(workload["policies"] as? [[String: Any]]) {
        let id = try #require(policy["id"] as? String)
        let share = (policy["objective"] as? [[String: Any]])?.first?["win_share"] as? Double
        #expect((share == nil) == (id.contains("oracle") || id.contains("random")), "\(id)")
        sum += share ?? 0
      }
      #expect(abs(sum - 1) < 1e-9)
    }
  }

  @Test(
    "What cannot be answered is refused in a sentence",
    arguments: [
      (["--selector", "concensus"], 1, "did you mean 'consensus'"),
      (["--aggregator", "voet"], 1, "did you mean 'vote'"),
      (["--k", "4"], 1, "k=4 is more than the 3 candidates"),
      (["--boot", "0"], 64, "expected token counts from 1 on"),
      (["--layers", "0"], 64, "expected counts from 1 to 100"),
      (["--workload", "smus"], 1, "did you mean 'sums'"),
      (["--selector", "recorded:judge"], 1, "known: owl"),
      (["--selector", "static:lark>heorn"], 1, "did you mean 'heron'"),
      (["--lambda=-1"], 64, "expected numbers from 0 on"),
      (["--prices", "none.yaml"], 1, "none.yaml: no such file; built-in books: paper-2505.16221"),
      (["--selector", "prior", "--layers", "1"], 1, "the grid holds no policy"),
      (["--grader", "exact"], 1, "no grades by 'exact'"), (["--min-coverage", "2"], 64, "min-coverage"),
    ] as [([String], Int32, String)])
  func refusals(flags: [String], status: Int32, words: String) throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let prices = flags.contains("--prices") ? [] : ["--prices", Place.prices.path]
    let outcome = try program.run(["sweep", "demo.sqlite"] + prices + flags)
    #expect(outcome.status == status)
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
  }

  @Test("A model without a price is an error that names it")
  func missingPrice() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    try program.write("prices: {lark: 1, heron: 1, owl: 1}", to: "p.yaml")
    let outcome = try program.run("sweep", "demo.sqlite", "--prices", "p.yaml")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("no price for 'stork'"))
  }

  @Test("A grid that nothing covers lists the reasons and exits with 2")
  func nothingCovered() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let lines = [
      Malformed.header,
      #"{"query":"q","workload":"w","responses":[{"model":"m1","text":"x"},{"model":"m2","text":"y"}]}"#,
    ]
    try program.write(lines.map { $0 + "\n" }.joined(), to: "t.jsonl")
    try #require(try program.run("import", "jsonl", "t.jsonl", "--trace", "t.sqlite").status == 0)
    let outcome = try program.run("sweep", "t.sqlite", "--cost-unit", "tokens", "--k", "1")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("not graded") || outcome.output.contains("unknown"))
  }

  @Test("A policy's row does not depend on the other policies of the grid")
  func rowsAgree() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    func scores(_ k: String) throws -> [String: String] {
      let csv = try program.run(
        "sweep", "demo.sqlite", "--prices", Place.prices.path, "--k", k, "--format", "csv"
      ).output
      let rows = csv.split(separator: "\n").dropFirst().filter { $0.contains("k=2,boot=10,") }
      return Dictionary(uniqueKeysWithValues: rows.map { (String($0.prefix(12)), String($0)) })
    }
    #expect(try scores("2") == scores("1-3"))
    #expect(try !scores("2").isEmpty)
  }

  @Test("An output file is written whole, and nothing else is printed")
  func outputFile() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let flags = ["sweep", "demo.sqlite", "--prices", Place.prices.path, "--format", "json"]
    let printed = try program.run(flags).output
    let written = try program.run(flags + ["-o", "out.json"])
    #expect(written.output.isEmpty)
    #expect(try program.read("out.json") == Data(printed.utf8))
    #expect(program.files == ["demo.sqlite", "out.json"])
  }
}
