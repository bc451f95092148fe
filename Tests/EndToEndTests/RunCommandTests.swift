import Foundation
import Testing

/// Policies carried out live on a scripted model.
@Suite(.serialized) struct RunCommandTests {
  private let model: ModelProcess
  private let program: Program
  private let environment = ["LIVE_TEST_KEY": "k"]

  /// A recorded and graded trace.
  init() throws {
    model = try ModelProcess()
    program = try Program.recording(model, queries: 6)
    for command in [
      ["record", "live.yaml", "--trace", "t.sqlite"], ["grade", "t.sqlite", "--grader", "number"],
    ] {
      let outcome = try program.run(command, environment: environment)
      try #require(outcome.status == 0, "\(outcome.messages)")
    }
  }

  /// A policy file in which every workload runs one policy.
  private func emit(_ flags: String...) throws {
    let outcome = try program.run(
      ["recommend", "t.sqlite", "--prices", "prices.yaml", "--replicates", "50", "--emit", "policy.yaml"]
        + flags)
    try #require(outcome.status == 0, "\(outcome.messages)")
  }

  private func run(_ flags: String...) throws -> Program.Outcome {
    try program.run(["run", "policy.yaml", "--config", "live.yaml"] + flags, environment: environment)
  }

  @Test("It answers an argument, standard input and a file of prompts")
  func prompts() throws {
    defer { program.cleanUp() }
    try emit("--lambda", "0")
    let one = try run("What is 3 and 21?")
    try #require(one.status == 0, "\(one.messages)")
    let piped = try program.run(
      ["run", "policy.yaml", "--config", "live.yaml"], input: Data("What is 3 and 21?".utf8),
      environment: environment)
    #expect(piped.output == one.output && !one.output.isEmpty)
    let file = try run("--prompts", "prompts.jsonl", "--format", "json", "--trace", "live.sqlite")
    let lines = file.output.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(try jsonObject(String(lines[3]))["query"] as? String == "q3")
    #expect(try program.run("verify", "live.sqlite").status == 0)
  }

  /// What the same calls cost and say again, at every stage.
  @Test(
    "A live run equals its prediction wherever the same calls are made again",
    arguments: [["--continuation", "stream", "--boot", "4"], ["--boot", "full"]])
  func fidelity(_ flags: [String]) throws {
    defer { program.cleanUp() }
    for k in ["1", "2"] {
      let outcome = try program.run(
        [
          "recommend", "t.sqlite", "--prices", "prices.yaml", "--replicates", "50", "--lambda", "0", "--k", k,
          "--selector", "recorded", "--aggregator", "recorded", "--emit", "policy.yaml",
        ] + flags)
      try #require(outcome.status == 0, "\(outcome.messages)")
      let live = try run(
        "--prompts", "prompts.jsonl", "--check", "t.sqlite", "--grader", "number")
      try #require(live.status == 0, "\(live.messages)")
      #expect(live.messages.contains("over 6 queries"))
      for line in live.messages.split(separator: "\n") where line.contains(" said the same") {
        let words = line.split(separator: " ")
        #expect(words[1] == words[3], "\(line)")
      }
      for figure in ["tokens", "dollars", "score"] {
        let line = try #require(live.messages.split(separator: "\n").first { $0.hasPrefix(figure) })
        let cells = line.split(separator: " ")
        #expect(cells[1] == cells[2], "\(line)")
      }
    }
  }

  @Test("A policy of models that the configuration lacks is refused by name")
  func unknownModel() throws {
    defer { program.cleanUp() }
    try emit("--lambda", "0")
    let config = LiveSetup.config(model.url).replacing("  cat:", with: "  dog:").replacing(
      "cat]", with: "dog]")
    try program.write(config, to: "live.yaml")
    let outcome = try run("hello")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("no model 'cat'"), "\(outcome.messages)")
  }

  @Test(
    "Flags that do not go together are wrong usage",
    arguments: [
      ["--check", "t.sqlite"], ["--prompts", "p.jsonl", "hello"], ["--grader", "number"],
      ["--prompts", "p.jsonl", "--check", "t.sqlite", "--grader", "numbr"],
    ])
  func usage(_ flags: [String]) throws {
    defer { program.cleanUp() }
    #expect(try program.run(["run", "policy.yaml", "--config", "live.yaml"] + flags).status == 64)
  }
}
