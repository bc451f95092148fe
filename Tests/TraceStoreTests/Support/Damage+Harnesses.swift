import Foundation

extension Damage {
  // MARK: lm-eval

  static let lmEval: [Damage] = {
    let base = ImportFixture.lmEval
    let a = "a/samples_sums_2026-01-02T03-04-05.6.jsonl"
    let b = "b/samples_sums_2026-01-02T04-04-05.6.jsonl"
    let name = "samples_sums_2026-01-02T04-04-05.6.jsonl"
    return common(base, a, other: promptfooText, text: "Question 0") + [
      Damage(
        "no resps", base.replacing(#""resps""#, with: #""answers""#, in: b), "\(name):1: resps: missing"),
      Damage("resps as a number", base.replacing(#"[["3"]]"#, with: "7", in: b), "\(name):1: resps"),
      Damage(
        "NaN as a score", base.replacing(#""exact_match":1.0"#, with: #""exact_match":NaN"#, in: b),
        "\(name):2: exact_match", "NaN"),
      Damage(
        "a score of −1", base.replacing(#""exact_match":0.0"#, with: #""exact_match":-1"#, in: b),
        "\(name):1: exact_match", "-1", "--score-range"),
      Damage(
        "no doc_id",
        base.replacing(#""doc_id":1"#, with: #""doc":1"#, in: b).replacing(
          #""doc":{"q":"x"},"#, with: "", in: b), "\(name):2: doc_id"),
      Damage(
        "a row twice", base.changing(b) { $0 + $0.prefix { $0 != 0x0A } + Data("\n".utf8) }, "\(name):5",
        "strict"),
      Damage(
        "the same run twice",
        base.changing("b/samples_sums_2027-01-02T04-04-05.6.jsonl") { _ in base.files[b] ?? Data() }.changing(
          "b/results_2027-01-02T04-04-05.6.json"
        ) { _ in base.files["b/results_2026-01-02T04-04-05.6.json"] ?? Data() }, "a second answer of 'stork'",
        "samples_sums_2026"),
      Damage(
        "another prompt", base.replacing("Question 1?", with: "Question one?", in: b), "\(name):2: prompt",
        "'lark'", "'stork'"),
      Damage(
        "another reference", base.replacing(#""target":"5""#, with: #""target":"6""#, in: b),
        "\(name):2: reference"),
      Damage(
        "results that are no JSON", base.changing("b/results_2026-01-02T04-04-05.6.json") { $0.dropLast(2) },
        "results_2026-01-02T04-04-05.6.json:1: column"),
      Damage(
        "results without a model",
        base.replacing("stork", with: "", in: "b/results_2026-01-02T04-04-05.6.json"), name, "--model NAME"),
      Damage(
        "a key twice", base.replacing(#""filter":"#, with: #""filter":"x","filter":"#, in: b),
        "\(name):1: column", "'filter' twice"),
      Damage(
        "too deep",
        base.changing(b) { _ in Data((#"{"doc_id":1,"resps":"# + String(repeating: "[", count: 100_000)).utf8)
        }, "\(name):1: column", "64 levels"),
    ]
  }()

  // MARK: Inspect

  static let inspect: [Damage] = {
    let base = ImportFixture.inspect
    return common(base, "lark.json", other: promptfooText, text: "Question q1") + [
      Damage(
        "version 1", base.replacing(#""version":2"#, with: #""version":1"#, in: "stork.json"),
        "stork.json:1: version: found 1; expected version 2"),
      Damage(
        "no version", base.replacing(#""version":2,"#, with: "", in: "stork.json"),
        "stork.json:1: version: missing"),
      Damage(
        "no samples", base.replacing(#""samples""#, with: #""sample""#, in: "stork.json"),
        "stork.json:1: samples: missing"),
      Damage(
        "no model", base.replacing(#""model":"stork""#, with: #""model":null"#, in: "stork.json"),
        "stork.json:1: eval.model"),
      Damage(
        "a sample without an id", base.replacing(#""id":"q2""#, with: #""id":null"#, in: "stork.json"),
        "stork.json:4: samples[1].id"),
      Damage(
        "tokens as text",
        base.replacing(#""output_tokens":12"#, with: #""output_tokens":"12""#, in: "stork.json"),
        "stork.json:3: samples[0].output.usage.output_tokens", "a string"),
      Damage(
        "negative tokens",
        base.replacing(#""output_tokens":12"#, with: #""output_tokens":-12"#, in: "stork.json"),
        "output_tokens: found -12"),
      Damage(
        "half a token",
        base.replacing(#""output_tokens":12"#, with: #""output_tokens":1.5"#, in: "stork.json"),
        "output_tokens: found 1.5"),
      Damage(
        "an infinite time", base.replacing(#""time":0.25"#, with: #""time":Infinity"#, in: "stork.json"),
        "output.time: found Infinity"),
      Damage(
        "a score of 7", base.replacing(#""value":true"#, with: #""value":7"#, in: "stork.json"),
        "scores.match.value: found 7", "--score-range"),
      Damage(
        "an unknown letter", base.replacing(#""value":true"#, with: #""value":"X""#, in: "stork.json"),
        "scores.match.value: found 'X'"),
      Damage(
        "epoch 0", base.replacing(#""epoch":1"#, with: #""epoch":0"#, in: "stork.json"),
        "samples[0].epoch: found 0"),
      Damage(
        "a sample twice", base.replacing(#""id":"q2""#, with: #""id":"q1""#, in: "stork.json"),
        "a second answer of 'stork' to the query 'sums/q1'", "stork.json:3"),
      Damage(
        "another prompt", base.replacing("Question q2?", with: "Question two?", in: "stork.json"),
        "stork.json:4: prompt", "'lark'", "'stork'"),
    ]
  }()
}
