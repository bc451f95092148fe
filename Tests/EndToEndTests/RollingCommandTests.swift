import Foundation
import Testing

@Suite struct RollingCommandTests {
  /// The demonstration with an order: that of its lines, backwards.
  private func prepared(ordered: Bool = true) throws -> Program {
    let program = try Program()
    let lines = try String(contentsOf: Place.demo, encoding: .utf8).split(separator: "\n")
    let ordinals = lines.indices.map { index in
      index == 0 || !ordered
        ? String(lines[index]) : "{\"ordinal\":\(lines.count - index)," + lines[index].dropFirst()
    }
    try program.write(ordinals.joined(separator: "\n"), to: "demo.jsonl")
    let imported = try program.run("import", "jsonl", "demo.jsonl", "--trace", "demo.sqlite")
    try #require(imported.status == 0, "\(imported.messages)")
    return program
  }

  private func whatif(_ program: Program, _ flags: [String]) throws -> Program.Outcome {
    try program.run(["whatif", "demo.sqlite", "--prices", Place.prices.path] + flags)
  }

  @Test(
    "One thread and several give the same bytes, in every format", arguments: ["json", "csv", "table"],
    [[], ["--check", "3"]])
  func threads(format: String, check: [String]) throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let outputs = try ["1", "2", "5"].map { threads in
      try whatif(
        program,
        ["--rolling", "6", "--lambda", "500", "--format", format, "--threads", threads] + check)
    }
    #expect(outputs.allSatisfy { $0.status == 0 }, "\(outputs[0].messages)")
    #expect(Set(outputs.map(\.output)).count == 1)
    #expect(!outputs[0].output.isEmpty)
  }

  @Test("The document has every window of every workload, in recorded order")
  func document() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let run = try whatif(program, ["--rolling", "10", "--check", "4", "--lambda", "500", "--format", "json"])
    let document = try jsonObject(run.output)
    #expect(document["format"] as? String == "lightreplay.whatif-rolling/1")
    for workload in try #require(document["workloads"] as? [[String: Any]]) {
      let windows = try #require(workload["windows"] as? [[String: Any]])
      let queries = windows.compactMap { $0["queries"] as? Int }
      #expect(queries.reduce(0, +) == workload["compared_queries"] as? Int)
      #expect(queries.dropLast().allSatisfy { $0 == 10 })
      let name = try #require(workload["name"] as? String)
      let (newest, oldest) = name == "sums" ? (24, 1) : (40, 25)
      #expect(windows.first?["first_query"] as? String == "\(name)/\(newest)")
      #expect(windows.last?["last_query"] as? String == "\(name)/\(oldest)")
    }
  }

  @Test("A workload with fewer queries than a window is no result")
  func short() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let run = try whatif(program, ["--rolling", "24", "--lambda", "500"])
    #expect(run.status == 2)
    #expect(run.output.contains("24 queries can be compared"))
  }

  @Test(
    "What cannot be asked is said in a sentence",
    arguments: [
      (["--rolling", "0", "--lambda", "1"], "--rolling is 0; expected a number of queries from 1 on"),
      (["--rolling", "6", "--check", "6", "--lambda", "1"], "--check is 6; expected 1 to 5"),
      (["--rolling", "6", "--check", "0", "--lambda", "1"], "--check is 0; expected 1 to 5"),
      (["--rolling", "6", "--memory", "0", "--lambda", "1"], "--memory is 0; expected a number of windows"),
      (["--rolling", "6"], "it needs --lambda and no other wish"),
      (["--rolling", "6", "--lambda", "1", "--budget", "1"], "it needs --lambda and no other wish"),
      (["--check", "3", "--lambda", "1", "--drop", "lark"], "give --rolling too"),
      (["--rolling", "6", "--lambda", "1", "--drop", "lark"], "leave out --scenario and other changes"),
      (["--rolling", "6", "--lambda", "1", "--samples", "all"], "leave out --samples all"),
    ] as [([String], String)])
  func usage(flags: [String], sentence: String) throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let run = try whatif(program, flags)
    #expect(run.status == 64)
    #expect(run.messages.contains(sentence), "\(run.messages)")
    #expect(run.output.isEmpty)
  }

  @Test("A trace without ordinals says what is missing")
  func unordered() throws {
    let program = try prepared(ordered: false)
    defer { program.cleanUp() }
    let run = try whatif(program, ["--rolling", "6", "--lambda", "1"])
    #expect(run.status == 1)
    #expect(run.messages.contains("workload 'puzzles': 16 of 16 queries have no ordinal"), "\(run.messages)")
    #expect(run.output.isEmpty)
  }
}
