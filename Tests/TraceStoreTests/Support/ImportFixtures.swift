import Foundation

/// Small files as other tools write them, by hand: two models, two questions each.
struct ImportFixture: Sendable {
  let format: String
  /// Content by path.
  var files: [String: Data]
  /// What is named on the command line.
  var inputs: [String]

  init(_ format: String, _ files: [String: String], inputs: [String]) {
    self.format = format
    self.files = files.mapValues { Data($0.utf8) }
    self.inputs = inputs
  }

  /// With a text of one file replaced everywhere in it.
  func replacing(_ text: String, with other: String, in file: String) -> ImportFixture {
    var copy = self
    let content = String(decoding: copy.files[file] ?? Data(), as: UTF8.self)
    precondition(content.contains(text), "\(file) has no \(text)")
    copy.files[file] = Data(content.replacingOccurrences(of: text, with: other).utf8)
    return copy
  }

  func changing(_ file: String, _ change: (Data) -> Data) -> ImportFixture {
    var copy = self
    copy.files[file] = change(copy.files[file] ?? Data())
    return copy
  }

  func text(_ file: String) -> String { String(decoding: files[file] ?? Data(), as: UTF8.self) }

  // MARK: Formats

  static let lmEval: ImportFixture = {
    func row(_ id: Int, _ filter: String, _ answer: String, _ score: String, _ text: String) -> String {
      #"{"doc_id":\#(id),"doc":{"q":"x"},"target":"\#(id + 4)","arguments":{"gen_args_0":{"arg_0":"Question \#(id)?","arg_1":{"until":[]}}},"resps":[["\#(text)"]],"filtered_resps":["\#(answer)"],"filter":"\#(filter)","metrics":["exact_match"],"exact_match":\#(score)}"#
        + "\n"
    }
    let a =
      row(0, "strict", "4", "1.0", "It is 4") + row(1, "strict", "[invalid]", "0.0", "five")
      + row(0, "flexible", "4", "1.0", "It is 4") + row(1, "flexible", "5", "1.0", "five")
    let b =
      row(0, "strict", "3", "0.0", "3") + row(1, "strict", "5", "1.0", "5")
      + row(0, "flexible", "3", "0.0", "3") + row(1, "flexible", "5", "1.0", "5")
    return ImportFixture(
      "lm-eval",
      [
        "a/samples_sums_2026-01-02T03-04-05.6.jsonl": a,
        "a/results_2026-01-02T03-04-05.6.json":
          #"{"results":{},"config":{"model":"x","model_args":"pretrained=lark,dtype=auto"},"model_name":"","lm_eval_version":"0.4.13"}"#,
        "b/samples_sums_2026-01-02T04-04-05.6.jsonl": b,
        "b/results_2026-01-02T04-04-05.6.json":
          #"{"results":{"sums":{"x_stderr":NaN}},"model_name":"stork","lm_eval_version":"0.4.13"}"#,
      ], inputs: ["a", "b"])
  }()

  static func inspectSample(
    _ id: String, epoch: Int = 1, score: String = #""C""#, output: String = "12", error: String = "null"
  ) -> String {
    #"{"id":"\#(id)","epoch":\#(epoch),"input":"Question \#(id)?","target":"4","messages":[{"role":"user","content":"q","source":"input"},{"role":"assistant","content":"four","source":"generate"}],"output":{"model":"m","choices":[{"message":{"role":"assistant","content":"four"},"stop_reason":"stop"}],"completion":"four","usage":{"input_tokens":7,"output_tokens":\#(output),"total_tokens":29,"input_tokens_cache_read":10,"reasoning_tokens":2,"total_cost":0.0000012},"time":0.25},"scores":{"match":{"value":\#(score),"answer":"four"}},"error":\#(error),"events":[{"deep":[1]}]}"#
  }

  static func inspectHeader(_ model: String, version: String = "2") -> String {
    #""version":\#(version),"status":"success","eval":{"task":"sums","model":"\#(model)"}"#
  }

  static let inspect = ImportFixture(
    "inspect",
    [
      "lark.json":
        "{\(inspectHeader("lark")),\n\"samples\":[\n\(inspectSample("q1")),\n\(inspectSample("q1", epoch: 2, score: #""I""#)),\n\(inspectSample("q2", score: "0.5"))\n]}",
      "stork.json":
        "{\(inspectHeader("stork")),\n\"samples\":[\n\(inspectSample("q1", score: "true")),\n\(inspectSample("q2", score: #""P""#))\n]}",
    ], inputs: ["lark.json", "stork.json"])

  static let openAIBatch: ImportFixture = {
    func request(_ id: String, _ model: String, _ text: String) -> String {
      #"{"custom_id":"\#(id)","method":"POST","url":"/v1/chat/completions","body":{"model":"\#(model)","messages":[{"role":"user","content":"\#(text)"}]}}"#
        + "\n"
    }
    func answer(_ id: String, _ model: String, _ text: String) -> String {
      #"{"id":"batch_req_1","custom_id":"\#(id)","response":{"status_code":200,"body":{"model":"\#(model)","choices":[{"index":0,"message":{"role":"assistant","content":"\#(text)"},"finish_reason":"stop"}],"usage":{"prompt_tokens":22,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":16},"completion_tokens_details":{"reasoning_tokens":5}}}},"error":null}"#
        + "\n"
    }
    return ImportFixture(
      "openai-batch",
      [
        "in.jsonl": request("q1", "lark", "Hello") + request("q2", "lark", "World"),
        "out.jsonl": answer("q2", "lark-2025-01-01", "Hi") + answer("q1", "lark-2025-01-01", "Ho"),
        "in2.jsonl": request("q1", "lark-mini", "Hello") + request("q2", "lark-mini", "World"),
        "out2.jsonl": answer("q1", "lark-mini-2025-01-01", "Ha"),
        "errors2.jsonl":
          #"{"custom_id":"q2","response":{"status_code":429,"body":{"error":{"message":"slow down"}}},"error":null}"#
          + "\n",
      ], inputs: ["in.jsonl", "out.jsonl", "in2.jsonl", "out2.jsonl", "errors2.jsonl"])
  }()

  static let promptfoo: ImportFixture = {
    func row(_ test: Int, _ model: String, _ score: String, _ more: String = "") -> String {
      #"{"provider":{"id":"p:\#(model)","label":"\#(model)"},"prompt":{"raw":"Question \#(test)?","label":"l"},"promptId":"t","testIdx":\#(test),"testCase":{"assert":[{"type":"equals","value":"4"}]},"response":{"output":"four","tokenUsage":{"prompt":8,"completion":3,"total":11},"cost":0.0000005},"score":\#(score),"success":true,"latencyMs":764,"cost":0.0000005,"namedScores":{}\#(more)}"#
    }
    let rows = [
      row(0, "lark", "1"), row(1, "lark", "0.5"), row(0, "stork", "0"),
      row(1, "stork", "0", #","failureReason":2,"error":"timed out""#),
    ]
    return ImportFixture(
      "promptfoo",
      [
        "results.json":
          "{\"evalId\":\"e\",\"results\":{\"version\":3,\"prompts\":[],\"results\":[\n\(rows.joined(separator: ",\n"))\n]},\"config\":{\"description\":\"sums\"}}"
      ], inputs: ["results.json"])
  }()

  static let openCompass: ImportFixture = {
    func predictions(_ second: String) -> String {
      """
      {"0": {"origin_prompt": [{"role": "HUMAN", "prompt": "Question 0?"}], "prediction": "four", "gold": "4",
             "res_length": 5, "all_input_length": 11},
       "1": {"origin_prompt": [{"role": "HUMAN", "prompt": "Question 1?"}], "prediction": "\(second)", "gold": "5"}}
      """
    }
    func results(_ correct: String) -> String {
      """
      {"accuracy": 50.0, "details": {"type": "GEN",
        "0": {"prompt": "x", "origin_prediction": "four", "predictions": "4", "references": "4", "correct": \(correct)},
        "1": {"prompt": "x", "origin_prediction": "?", "predictions": "5", "references": "5", "correct": [true]}}}
      """
    }
    return ImportFixture(
      "opencompass",
      [
        "run/predictions/lark/sums.json": predictions("five"), "run/results/lark/sums.json": results("true"),
        "run/predictions/stork/sums.json": predictions("six"),
        "run/results/stork/sums.json": results("false"),
        "run/summary/summary.json": "{}",
      ], inputs: ["run"])
  }()

  static let alpacaEval: ImportFixture = {
    func outputs(_ model: String) -> String {
      """
      [{"dataset": "koala", "instruction": "Say hello.", "output": "Hello from \(model)", "generator": "\(model)"},
       {"dataset": "koala", "instruction": "Say bye.", "output": "Bye from \(model)", "generator": "\(model)"}]
      """
    }
    func annotations(_ model: String, _ preference: String) -> String {
      """
      [{"instruction": "Say  hello.", "output_1": "Hi", "generator_1": "swift", "dataset": "koala",
        "output_2": "Hello from \(model)", "generator_2": "\(model)", "annotator": "judge", "preference": \(preference)},
       {"instruction": "Say bye.", "output_1": "Bye", "generator_1": "swift", "dataset": "koala",
        "output_2": "Bye from \(model)", "generator_2": "\(model)", "annotator": "judge", "preference": null}]
      """
    }
    return ImportFixture(
      "alpaca-eval",
      [
        "lark/model_outputs.json": outputs("lark"), "lark/annotations.json": annotations("lark", "1.25"),
        "stork/model_outputs.json": outputs("stork"), "stork/annotations.json": annotations("stork", "2"),
      ], inputs: ["lark", "stork"])
  }()

  static let table = ImportFixture(
    "table",
    [
      "rows.csv":
        "\u{FEFF}query,prompt,model,text,score,input_tokens,output_tokens,cost,duration_s\r\n"
        + "q1,\"Say \"\"hi\"\",\nplease\",lark,hi,1,12,3,0.0000012,0.5\r\n"
        + "q2,Say bye,lark,bye,0.5,10,2.0,,\r\n"
        + "q1,\"Say \"\"hi\"\", please\",stork,hello,True,12,4,,\r\n"
        + "q2,Say bye,stork,,0,10,1,,\r\n"
    ], inputs: ["rows.csv"])

  static let all = [lmEval, inspect, openAIBatch, promptfoo, openCompass, alpacaEval, table]
}
