import Foundation

extension Damage {
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
}
