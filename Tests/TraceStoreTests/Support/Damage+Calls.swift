import Foundation

extension Damage {
  // MARK: OpenAI batch

  static let openAIBatch: [Damage] = {
    let base = ImportFixture.openAIBatch
    return common(base, "out.jsonl", other: promptfooText, text: "Hi") + [
      Damage(
        "no id", base.replacing(#""custom_id":"q2""#, with: #""custom_id":null"#, in: "out.jsonl"),
        "out.jsonl:1: custom_id"),
      Damage(
        "an id as a number", base.replacing(#""custom_id":"q2""#, with: #""custom_id":2"#, in: "out.jsonl"),
        "out.jsonl:1: custom_id: found 2"),
      Damage(
        "no choices", base.replacing(#""choices""#, with: #""choice""#, in: "out.jsonl"),
        "out.jsonl:1: response.body.choices: missing"),
      Damage(
        "choices as text", base.replacing(#""choices":["#, with: #""choices":"x","x":["#, in: "out.jsonl"),
        "response.body.choices: found a string"),
      Damage(
        "no message", base.replacing(#""message""#, with: #""massage""#, in: "out.jsonl"),
        "choices[0].message: missing"),
      Damage(
        "negative tokens",
        base.replacing(#""completion_tokens":9"#, with: #""completion_tokens":-9"#, in: "out.jsonl"),
        "usage.completion_tokens: found -9"),
      Damage(
        "NaN tokens",
        base.replacing(#""completion_tokens":9"#, with: #""completion_tokens":NaN"#, in: "out.jsonl"),
        "usage.completion_tokens: found NaN"),
      Damage(
        "more cached than input tokens",
        base.replacing(#""cached_tokens":16"#, with: #""cached_tokens":23"#, in: "out.jsonl"),
        "cached_input_tokens", "23"),
      Damage(
        "an answer twice", base.changing("out.jsonl") { $0 + $0 }, "out.jsonl:3",
        "a second answer of 'lark' to the query 'q2'"),
      Damage("a request twice", base.changing("in.jsonl") { $0 + $0 }, "in.jsonl:3: custom_id"),
      Damage(
        "another prompt", base.replacing("World", with: "Worlds", in: "in2.jsonl"), "prompt", "'lark'",
        "'lark-mini'"),
      Damage(
        "a line of nothing", base.changing("out.jsonl") { $0 + Data("{\"custom_id\":\"q9\"}\n".utf8) },
        "out.jsonl:3: response: missing"),
      Damage("a list", base.changing("out.jsonl") { $0 + Data("[1]\n".utf8) }, "out.jsonl:3: custom_id"),
    ]
  }()

  // MARK: promptfoo

  static let promptfoo: [Damage] = {
    let base = ImportFixture.promptfoo
    func replacing(_ text: String, _ other: String) -> ImportFixture {
      base.replacing(text, with: other, in: "results.json")
    }
    return common(base, "results.json", other: batchText, text: "Question 0") + [
      Damage(
        "version 2", replacing(#""version":3"#, #""version":2"#),
        "results.json:1: results.version: found 2; expected version 3"),
      Damage("no version", replacing(#""version":3,"#, ""), "results.version: missing"),
      Damage("no results", replacing(#""results":["#, #""rows":["#), "results.results: missing"),
      Damage(
        "results as an object", replacing(#""results":["#, #""results":{},"rows":["#),
        "results.results: found an object"),
      Damage(
        "no provider", replacing(#""provider":{"id":"p:stork","label":"stork"},"#, ""),
        "results.json:4: results.results[2].provider: missing"),
      Damage(
        "no test number", replacing(#""testIdx":1"#, #""test":1"#),
        "results.json:3: results.results[1].testIdx"),
      Damage(
        "no prompt", replacing(#""raw":"Question 1?""#, #""row":"Question 1?""#),
        "results.results[1].prompt.raw: missing"),
      Damage("no output", replacing(#""output":"four""#, #""out":"four""#), "response.output: missing"),
      Damage(
        "a score as text", replacing(#""score":0.5"#, #""score":"half""#),
        "results.results[1].score: found a string"),
      Damage("NaN", replacing(#""score":0.5"#, #""score":NaN"#), "results.results[1].score: found NaN"),
      Damage("a negative latency", replacing(#""latencyMs":764"#, #""latencyMs":-1"#), "latencyMs: found -1"),
      Damage(
        "negative tokens", replacing(#""completion":3"#, #""completion":-3"#),
        "tokenUsage.completion: found -3"),
      Damage(
        "a negative cost", replacing(#""cost":0.0000005,"namedScores""#, #""cost":-1,"namedScores""#),
        ".cost: found -1"),
      Damage(
        "a row twice",
        replacing(#""testIdx":1"#, #""testIdx":0"#).replacing(
          "Question 1?", with: "Question 0?", in: "results.json"), "a second answer of 'lark'",
        "results.json:3"),
      Damage(
        "another prompt",
        replacing(
          #"Question 0?","label":"l"},"promptId":"t","testIdx":0,"testCase":{"assert":[{"type":"equals","value":"4"}]},"response":{"output":"four","tokenUsage":{"prompt":8,"completion":3,"total":11},"cost":0.0000005},"score":0,"#,
          #"Question x?","label":"l"},"promptId":"t","testIdx":0,"response":{"output":"four"},"score":0,"#),
        "prompt",
        "'lark'", "'stork'"),
    ]
  }()
}
