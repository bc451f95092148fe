import Foundation
import Testing
import TraceStore

/// A file of another tool with something wrong, and what the message must name.
struct Damage: Sendable, CustomTestStringConvertible {
  let what: String
  let fixture: ImportFixture
  let names: [String]

  var testDescription: String { "\(fixture.format): \(what)" }

  init(_ what: String, _ fixture: ImportFixture, _ names: String...) {
    self.what = what
    self.fixture = fixture
    self.names = names
  }

  /// What can happen to any file, done to `file`.
  static func common(_ fixture: ImportFixture, _ file: String, other: String, text: String) -> [Damage] {
    let name = URL(fileURLWithPath: file).lastPathComponent
    // A file that is named itself must be of the format; in a folder it would be passed over.
    var named = fixture
    named.inputs = [file]
    return [
      Damage("a cut file", fixture.changing(file) { $0.prefix($0.count * 2 / 3) }, name),
      Damage("an empty file", named.changing(file) { _ in Data() }, name),
      Damage(
        "bad UTF-8", fixture.changing(file) { Self.replaced($0, text, with: [0xC3, 0x28]) }, name, "UTF-8"),
      Damage("another tool's file", named.changing(file) { _ in Data(other.utf8) }, name),
      Damage(
        "a pickle", named.changing(file) { _ in Data([0x80, 4, 0x95, 1, 2, 3]) }, name, "pickle", "CSV"),
      Damage("Parquet", named.changing(file) { _ in Data("PAR1....".utf8) }, name, "Parquet", "CSV"),
    ]
  }

  private static func replaced(_ data: Data, _ text: String, with bytes: [UInt8]) -> Data {
    guard let range = data.range(of: Data(text.utf8)) else { preconditionFailure("no \(text)") }
    var data = data
    data.replaceSubrange(range, with: bytes)
    return data
  }

  private static let promptfooText = ImportFixture.promptfoo.text("results.json")
  private static let batchText = ImportFixture.openAIBatch.text("in.jsonl")

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

  // MARK: OpenCompass

  static let openCompass: [Damage] = {
    let base = ImportFixture.openCompass
    let file = "run/predictions/stork/sums.json"
    let results = "run/results/stork/sums.json"
    return common(base, file, other: batchText, text: "Question 0") + [
      Damage(
        "no prediction", base.replacing(#""prediction": "six""#, with: #""predicted": "six""#, in: file),
        "predictions/stork/sums.json:3: 1.prediction: missing"),
      Damage(
        "a prediction as a number",
        base.replacing(#""prediction": "six""#, with: #""prediction": 6"#, in: file), "1.prediction: found 6"),
      Damage(
        "no prompt",
        base.replacing(
          #""origin_prompt": [{"role": "HUMAN", "prompt": "Question 1?"}]"#, with: #""origin_prompt": null"#,
          in: file), "1.origin_prompt: missing"),
      Damage(
        "negative tokens", base.replacing(#""res_length": 5"#, with: #""res_length": -5"#, in: file),
        "0.res_length: found -5"),
      Damage(
        "NaN tokens", base.replacing(#""res_length": 5"#, with: #""res_length": NaN"#, in: file),
        "0.res_length: found NaN"),
      Damage(
        "a verdict as text", base.replacing(#""correct": false"#, with: #""correct": "no""#, in: results),
        "results/stork/sums.json:2: details.0.correct: found a string"),
      Damage(
        "a verdict of NaN", base.replacing(#""correct": false"#, with: #""correct": NaN"#, in: results),
        "details.0.correct: found NaN"),
      Damage(
        "details as text",
        base.replacing(#""details": {"#, with: #""details": "x", "y": {"z": 1,"#, in: results),
        "details: found a string"),
      Damage(
        "cut results", base.changing(results) { $0.dropLast(3) }, "results/stork/sums.json:3: column",
        "ends early"),
      Damage(
        "another prompt", base.replacing("Question 1?", with: "Question one?", in: file), "prompt", "'lark'",
        "'stork'"),
      Damage(
        "another reference", base.replacing(#""references": "5""#, with: #""references": "6""#, in: results),
        "reference", "'stork'"),
      Damage("a number twice", base.replacing(#""1": {"#, with: #""0": {"#, in: file), "key '0' twice"),
      Damage(
        "a prediction that is none", base.replacing(#""1": {"#, with: #""1": 7, "2": {"#, in: file),
        "1: found 7"),
    ]
  }()

  // MARK: AlpacaEval

  static let alpacaEval: [Damage] = {
    let base = ImportFixture.alpacaEval
    let outputs = "stork/model_outputs.json"
    let annotations = "stork/annotations.json"
    return common(base, outputs, other: batchText, text: "Say hello") + [
      Damage(
        "no instruction", base.replacing(#""instruction": "Say bye.", "#, with: "", in: outputs),
        "model_outputs.json:2: [1].instruction: missing"),
      Damage(
        "an instruction as a number",
        base.replacing(#""instruction": "Say bye.""#, with: #""instruction": 3"#, in: outputs),
        "[1].instruction: found 3"),
      Damage(
        "no output",
        base.replacing(#""output": "Bye from stork""#, with: #""out": "Bye from stork""#, in: outputs),
        "[1].output: missing"),
      Damage(
        "no model", base.replacing(#""generator": "stork"}]"#, with: #""model": "stork"}]"#, in: outputs),
        "[1].generator: missing"),
      Damage(
        "a preference of 3", base.replacing(#""preference": 2"#, with: #""preference": 3"#, in: annotations),
        "annotations.json:2: [0].preference: found 3; expected a score from 1 to 2"),
      Damage(
        "NaN", base.replacing(#""preference": 2"#, with: #""preference": NaN"#, in: annotations),
        "[0].preference: found NaN"),
      Damage(
        "a preference as text",
        base.replacing(#""preference": 2"#, with: #""preference": "2""#, in: annotations),
        "[0].preference: found a string"),
      Damage(
        "an annotation twice",
        base.changing(annotations) { _ in
          Data(
            base.text(annotations).replacingOccurrences(of: "Say bye.", with: "Say hello.")
              .replacingOccurrences(of: "Bye", with: "Hello").replacingOccurrences(of: "null", with: "1").utf8
          )
        }, "a second row of 'stork'", "annotations.json:1"),
      Damage(
        "an output twice",
        base.changing(outputs) { _ in
          Data(
            base.text(outputs).replacingOccurrences(of: "Say bye.", with: "Say hello.").replacingOccurrences(
              of: "Bye", with: "Hello"
            ).utf8)
        }, "a second row of 'stork'"),
      Damage(
        "judged another answer", base.replacing("Hello from stork", with: "Hallo", in: annotations),
        "another answer of 'stork'"),
      Damage(
        "another reference model",
        base.replacing(#""generator_1": "swift""#, with: #""generator_1": "crane""#, in: annotations),
        "generator_1: found 'crane'", "'swift'"),
      Damage(
        "another reference answer",
        base.replacing(#""output_1": "Hi""#, with: #""output_1": "Hey""#, in: annotations), "reference",
        "'stork'"),
      Damage(
        "a list of words",
        base.changing(outputs) { _ in
          Data(#"[{"instruction":"Say x","output":"y","generator":"stork"},"z"]"#.utf8)
        }, "[1].instruction: missing"),
    ]
  }()

  // MARK: Tables

  static let table: [Damage] = {
    let base = ImportFixture.table
    func replacing(_ text: String, _ other: String) -> ImportFixture {
      base.replacing(text, with: other, in: "rows.csv")
    }
    let cut = base.changing("rows.csv") { data in
      data.prefix(data.range(of: Data("hi\"\"".utf8))?.upperBound ?? 0)
    }
    return common(base, "rows.csv", other: promptfooText, text: "Say bye").filter { $0.what != "a cut file" }
      + [
        Damage("a file cut inside quotes", cut, "rows.csv:2", "never closed"),
        Damage(
          "a row with too few fields", replacing(",10,1,,\r\n", "\r\n"),
          "rows.csv:6: found 5 fields; expected 9"),
        Damage(
          "a quote inside a field", replacing("Say bye,lark", "Say \"bye\",lark"), "rows.csv:4",
          "a quote inside a field"),
        Damage("text behind a quote", replacing("please\"", "please\" now"), "text behind a closing quote"),
        Damage("no known columns", replacing("query,prompt,model,text", "a,b,c,d"), "'a'", "--map"),
        Damage("a row without a model", replacing(",lark,bye", ",,bye"), "rows.csv:4: model: missing"),
        Damage("a score as a word", replacing(",0.5,10", ",good,10"), "rows.csv:4: score: found 'good'"),
        Damage("NaN", replacing(",0.5,10", ",nan,10"), "rows.csv:4: score: found 'nan'"),
        Damage(
          "a score of 1.5", replacing(",0.5,10", ",1.5,10"), "rows.csv:4: score: found '1.5'", "--score-range"
        ),
        Damage("negative tokens", replacing(",12,3,", ",-12,3,"), "rows.csv:2: input_tokens: found '-12'"),
        Damage("half a token", replacing(",10,2.0,", ",10,2.5,"), "output_tokens: found '2.5'"),
        Damage(
          "a row twice", base.changing("rows.csv") { $0 + Data("q2,Say bye,stork,again,0,10,1,,\r\n".utf8) },
          "rows.csv:7", "a second answer of 'stork'"),
        Damage(
          "another prompt", replacing("q2,Say bye,stork", "q2,Say goodbye,stork"), "prompt", "'lark'",
          "'stork'"),
        Damage(
          "column names only", base.changing("rows.csv") { $0.prefix { $0 != 0x0A } }, "rows.csv",
          "rows behind the column names"),
      ]
  }()

  static let all = lmEval + inspect + openAIBatch + promptfoo + openCompass + alpacaEval + table
}

@Suite struct ImporterDamageTests {
  @Test(
    "Damage is refused with its place, a new trace is not made, an old one keeps every byte",
    arguments: Damage.all)
  func refused(_ damage: Damage) throws {
    let folder = try TemporaryFolder()
    try folder.write(["query,model,text", "old,lark,x", "old,stork,x", "old,lark-mini,x"], to: "old.csv")
    try folder.importing("table", ["old.csv"], into: "old.sqlite")
    try folder.write(damage.fixture)
    let before = try folder.read("old.sqlite")
    let files = folder.files

    for trace in ["new.sqlite", "old.sqlite"] {
      let error = try #require(throws: (any Error).self) {
        try folder.importing(damage.fixture.format, damage.fixture.inputs, into: trace)
      }
      let text = "\(error)"
      for name in damage.names { #expect(text.contains(name), "\(text)") }
      #expect(text.contains("nothing was imported") || error is InputError)
    }
    #expect(try folder.read("old.sqlite") == before)
    #expect(folder.files == files)
  }

  @Test("Each format is tried with at least ten kinds of damage", arguments: ImportFixture.all)
  func enough(_ fixture: ImportFixture) {
    #expect(Set(Damage.all.filter { $0.fixture.format == fixture.format }.map(\.what)).count >= 16)
  }
}
