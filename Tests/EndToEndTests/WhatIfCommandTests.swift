import Foundation
import Testing

@Suite struct WhatIfCommandTests {
  private func prepared() throws -> Program {
    let program = try Program()
    try program.importDemo()
    return program
  }

  private let scenarios = """
    scenarios:
      - name: cheaper
        prices: {stork: {times: 0.5}}
        drop: [lark]
      - name: worse
        degrade_selector: 0.4
        traffic: 1e5/day
    """

  @Test("One thread and several give the same bytes, in every format", arguments: ["json", "csv", "table"])
  func threads(format: String) throws {
    let program = try prepared()
    defer { program.cleanUp() }
    try program.write(scenarios, to: "s.yaml")
    let outputs = try ["1", "2", "5"].map { threads in
      try program.run(
        "whatif", "demo.sqlite", "--prices", Place.prices.path, "--scenario", "s.yaml", "--traffic",
        "2e6/day",
        "--format", format, "--threads", threads)
    }
    #expect(outputs.allSatisfy { $0.status == 0 }, "\(outputs[0].messages)")
    #expect(Set(outputs.map(\.output)).count == 1)
  }

  @Test("Afterwards is what recommend says with the new prices, to the last digit")
  func freshPrices() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let book = try String(contentsOf: Place.prices, encoding: .utf8)
      .replacing("stork: {input: 0.6, cached_input: 0.12, output: 2.4}", with: "stork: {input: 3, output: 9}")
    try program.write(book, to: "new.yaml")
    let asked = try program.run(
      "whatif", "demo.sqlite", "--prices", Place.prices.path, "--price", "stork=3/9", "--lambda", "200",
      "--format", "json")
    let fresh = try program.run(
      "recommend", "demo.sqlite", "--prices", "new.yaml", "--lambda", "200", "--format", "json")
    let scenario = try #require((try jsonObject(asked.output)["scenarios"] as? [[String: Any]])?.first)
    let after = try #require((scenario["after"] as? [String: Any])?["workloads"] as? [[String: Any]])
    let expected = try #require(try jsonObject(fresh.output)["workloads"] as? [[String: Any]])
    #expect(after.count == 2)
    for (own, other) in zip(after, expected) {
      for key in ["recommended", "held_out"] {
        #expect(try text(own[key]) == text(other[key]))
      }
    }
  }

  @Test("Dropping a model says what importing without it says")
  func drop() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let lines = try String(contentsOf: Place.demo, encoding: .utf8).split(separator: "\n").enumerated().map {
      try without("lark", $1, isHeader: $0 == 0)
    }
    try program.write(lines.joined(separator: "\n"), to: "small.jsonl")
    try #require(
      try program.run("import", "jsonl", "small.jsonl", "--trace", "small.sqlite").status == 0)
    let flags = [
      "--prices", Place.prices.path, "--selector", "consensus,prior,length", "--aggregator", "vote", "--boot",
      "5,full", "--format", "json",
    ]
    let asked = try program.run(["whatif", "demo.sqlite", "--drop", "lark"] + flags)
    let fresh = try program.run(["recommend", "small.sqlite"] + flags)
    let scenario = try #require((try jsonObject(asked.output)["scenarios"] as? [[String: Any]])?.first)
    let after = try #require((scenario["after"] as? [String: Any])?["workloads"] as? [[String: Any]])
    let expected = try #require(try jsonObject(fresh.output)["workloads"] as? [[String: Any]])
    for (own, other) in zip(after, expected) {
      #expect(try text(own["recommended"]) == text(other["recommended"]))
    }
  }

  private func without(_ model: String, _ line: Substring, isHeader: Bool) throws -> String {
    var record = try jsonObject(String(line))
    if isHeader {
      record["models"] = (record["models"] as? [[String: Any]])?.filter { $0["name"] as? String != model }
      record["pool"] = (record["pool"] as? [String])?.filter { $0 != model }
    } else {
      record["responses"] = (record["responses"] as? [[String: Any]])?.filter {
        $0["model"] as? String != model
      }
      record["rankings"] = nil
      record["merges"] = nil
    }
    return String(
      decoding: try JSONSerialization.data(withJSONObject: record, options: [.sortedKeys]), as: UTF8.self)
  }

  private func text(_ value: Any?) throws -> String {
    String(
      decoding: try JSONSerialization.data(
        withJSONObject: try #require(value), options: [.sortedKeys]), as: UTF8.self)
  }

  @Test("Calls that were not recorded are named, with what recording them would cost")
  func missing() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let flags = [
      "whatif", "demo.sqlite", "--prices", Place.prices.path, "--boot", "7", "--workload", "sums", "--price",
      "stork=x2",
    ]
    let table = try program.run(flags)
    #expect(
      table.output.contains(
        "not recorded: 24 rankings by owl at boot 7 on 24 queries, such as sums/1: about "),
      "\(table.output)")
    #expect(table.output.contains(" recorded rankings by owl)"))
    #expect(table.messages.contains("\nsums: not compared: k=1,boot=7,layers=2,selector=recorded,"))
    let document = try jsonObject(try program.run(flags + ["--format", "json"]).output)
    let scenario = try #require((document["scenarios"] as? [[String: Any]])?.first)
    let workload = try #require(
      ((scenario["after"] as? [String: Any])?["workloads"] as? [[String: Any]])?.first)
    let ranking = try #require((workload["missing_calls"] as? [[String: Any]])?.first)
    #expect(ranking["role"] as? String == "ranking")
    #expect((ranking["calls"] as? [String: Int]) == ["low": 24, "high": 24])
    let estimate = try #require(ranking["estimate"] as? [String: Any])
    #expect((estimate["usd"] as? [String: Double]).map { ($0["low"] ?? 0) > 0 } == true)
  }

  @Test(
    "What cannot be is said before anything is replayed",
    arguments: [
      (["--drop", "larck"], 1, "did you mean 'lark'?"),
      (["--drop", "lark,heron,stork"], 1, "no candidate is left in the pool"),
      (["--price", "stork=-1"], 64, "'stork=-1' is not understood"),
      (["--shares", "sums=0.5,puzzles=0.6"], 64, "the shares sum to 1.1; expected 1"),
      (["--shares", "sums=1"], 1, "shares leave out the workload 'puzzles'"),
      (["--drop", "lark", "--keep", "heron"], 64, "--drop and --keep exclude each other"),
      ([], 64, "say what changes"),
    ] as [([String], Int32, String)])
  func errors(flags: [String], status: Int32, sentence: String) throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let run = try program.run(["whatif", "demo.sqlite", "--prices", Place.prices.path] + flags)
    #expect(run.status == status)
    #expect(run.messages.contains(sentence), "\(run.messages)")
    #expect(run.output.isEmpty)
  }
}
