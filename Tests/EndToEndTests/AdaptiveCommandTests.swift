import Foundation
import Testing

/// A workload made so that deciding k by query pays: on easy queries the drafts agree and the first-ranked answer is
/// right, on hard ones they differ and only the merge of all three is.
@Suite struct AdaptiveCommandTests {
  private static let models = ["a", "b", "c"]

  private static func line(_ index: Int) -> String {
    let isEasy = index % 2 == 0
    let best = models[index / 2 % 3]
    let responses = models.map { model in
      let word = isEasy ? "same " : "\(model)\(model)\(model) "
      let text = String(repeating: word, count: 1000 / word.count)
      return """
        {"model":"\(model)","text":"\(text)","input_tokens":10,"output_tokens":1000,\
        "score":\(isEasy && model == best ? 1 : 0)}
        """
    }
    let order = ([best] + models.filter { $0 != best }).map { "\"\($0)\"" }
    return """
      {"query":"q\(index)","workload":"w","responses":[\(responses.joined(separator: ","))],\
      "rankings":[{"selector":"judge","boot_budget":10,"order":[\(order.joined(separator: ","))],\
      "input_tokens":20,"output_tokens":3}],\
      "merges":[{"aggregator":"judge","input_tokens":100,"output_tokens":50,"score":1}]}
      """
  }

  private func prepared() throws -> Program {
    let header = """
      {"format":"lightreplay.trace/1","name":"made","models":[{"name":"a"},{"name":"b"},{"name":"c"},\
      {"name":"judge"}],"pool":["a","b","c"]}
      """
    let program = try Program()
    try program.write(([header] + (0..<60).map(Self.line)).joined(separator: "\n") + "\n", to: "made.jsonl")
    let imported = try program.run("import", "jsonl", "made.jsonl", "--trace", "made.sqlite")
    try #require(imported.status == 0, "\(imported.messages)")
    return program
  }

  private func recommend(_ program: Program, k: String, _ flags: String...) throws -> Program.Outcome {
    try program.run(
      [
        "recommend", "made.sqlite", "--cost-unit", "tokens", "--k", k, "--boot", "10", "--selector",
        "recorded",
        "--aggregator", "recorded", "--min-score", "100%",
      ] + flags)
  }

  @Test("What stops early, how often and what that is worth is said in words")
  func words() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let outcome = try recommend(program, k: "1,3,1|3@agreement:0.5/0")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("  run       k=1|3@agreement:0.5,boot=10,layers=2,"))
    #expect(
      outcome.output.contains(
        """
          adaptive  simple queries stop at k = 1, 50 % of all: where the agreement of the first-ranked prefix with \
        the others is at least 0.5; the others take k = 3
        """))
    // Two candidates' further 10 + 10 + 990 tokens and the merge's 150 are saved on half the queries; k = 3 ranks nothing,
    // which saves 23.
    #expect(
      outcome.output.contains(
        "against a fixed k of the same selector (1.0000 at 3240 tok): score +0.0000 (+0.0000 to +0.0000), cost −1062 tok ("
      ))
    #expect(outcome.output.split(separator: "\n").filter { $0.hasSuffix("): better") }.count == 2)
  }

  @Test("The document has the policy's early stop and the comparison, the same on any number of threads")
  func document() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let outcomes = try ["1", "3"].map {
      try recommend(program, k: "1,3,1|3@agreement:q0.6", "--format", "json", "--threads", $0).output
    }
    #expect(outcomes[0] == outcomes[1])
    let workload = try #require((try jsonObject(outcomes[0])["workloads"] as? [[String: Any]])?.first)
    let recommended = try #require(workload["recommended"] as? [String: Any])
    let stop = try #require(recommended["early_stop"] as? [String: Any])
    #expect(stop["k"] as? Int == 1)
    #expect(stop["signal"] as? String == "agreement")
    #expect(stop["threshold"] as? String == "q0.6")
    #expect(stop["share"] as? Double == 0.5)
    #expect(
      recommended["frozen_id"] as? String
        == "k=1|3@agreement:1,boot=10,layers=2,selector=recorded,aggregator=recorded")
    let comparison = try #require(workload["adaptive"] as? [String: Any])
    for rival in ["fixed", "same_tools"] {
      let rival = try #require(comparison[rival] as? [String: Any])
      let cost = try #require((rival["cost_difference"] as? [String: Any])?["high"] as? Double)
      #expect(cost < 0)
    }
  }

  @Test(
    "The policy file holds a number for the quantile, is valid on the trace, and routers say what they cannot do"
  )
  func emitted() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let outcome = try recommend(
      program, k: "1,3,1|3@agreement:q0.6", "--emit", "policy.yaml", "--emit-vllm-semantic-router",
      "router.yaml",
      "--emit-litellm", "litellm.yaml")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let policy = String(decoding: try program.read("policy.yaml"), as: UTF8.self)
    #expect(policy.contains("policy: \"k=1|3@agreement:1,boot=10,"))
    #expect(policy.contains("k: \"1|3@agreement:1\""))
    let valid = try program.run("policy", "validate", "policy.yaml", "--trace", "made.sqlite")
    #expect(valid.status == 0, "\(valid.output)\(valid.messages)")
    for file in ["router.yaml", "litellm.yaml"] {
      let text = String(decoding: try program.read(file), as: UTF8.self)
      #expect(text.contains("k cannot be decided by the agreement of what candidates have begun to write"))
    }
    try program.write(policy.replacing("agreement:1,", with: "agreement:0.5,"), to: "other.yaml")
    let invalid = try program.run("policy", "validate", "other.yaml")
    #expect(invalid.status == 1)
    #expect(invalid.messages.contains("expected 1|3@agreement:0.5, as its policy says"))
  }

  @Test(
    "A wrong adaptive k is one sentence",
    arguments: [
      (
        "3|1@agreement:0.8",
        "'3|1@agreement:0.8' is not understood; expected the smaller k first, for queries with a high agreement, as in 1|3@agreement:0.8"
      ),
      ("1|3@agrement:0.8", "expected a signal, agreement or margin; did you mean 'agreement'?"),
      ("1|3@agreement:0.8/2", "expected a threshold from 0 to 1, or a quantile"),
      ("1|9@agreement:0.8", "k=9 is more than the 3 candidates of the pool"),
    ])
  func mistakes(k: String, sentence: String) throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let outcome = try recommend(program, k: k)
    #expect(outcome.status != 0)
    #expect(outcome.messages.contains(sentence), "\(outcome.messages)")
  }

  @Test("A sweep shows how many queries stop early")
  func sweep() throws {
    let program = try prepared()
    defer { program.cleanUp() }
    let flags = [
      "sweep", "made.sqlite", "--cost-unit", "tokens", "--k", "1|3@agreement:0.5", "--boot", "10",
      "--selector", "recorded", "--aggregator", "recorded",
    ]
    #expect(try program.run(flags).output.contains("50% k=1"))
    let lines = try program.run(flags + ["--format", "csv"]).output.split(separator: "\n")
    #expect(lines[0].hasSuffix(",frontier,stop_share"))
    #expect(lines.contains { $0.contains("1|3@agreement:0.5") && $0.hasSuffix(",0.5") })
  }
}
