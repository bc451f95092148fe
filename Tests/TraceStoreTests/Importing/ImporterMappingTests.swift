import Foundation
import Testing
import TraceStore

/// What each format's fields become, on small files written by hand.
@Suite struct ImporterMappingTests {
  private func number(_ value: Any?) -> Double? { (value as? NSNumber)?.doubleValue }

  @Test(
    "Every format is told by its content and gives two queries with both models", arguments: ImportFixture.all
  )
  func recognised(_ fixture: ImportFixture) throws {
    let folder = try TemporaryFolder()
    try folder.write(fixture)
    let paths = fixture.inputs.map(folder.path)
    #expect(try FormatRecognition.importer(for: paths).name == fixture.format)
    let result = try folder.importing(nil, fixture.inputs)
    #expect(result.queries == 2)
    let inspection = try TraceDatabase(reading: folder.path("t.sqlite")).inspect()
    #expect(inspection.models.count == 2)
    #expect(inspection.header.name == fixture.format)
    #expect(try TraceDatabase(reading: folder.path("t.sqlite")).verify().problems == [])
  }

  @Test("A dry run counts the same and writes nothing", arguments: ImportFixture.all)
  func preview(_ fixture: ImportFixture) throws {
    let folder = try TemporaryFolder()
    try folder.write(fixture)
    let before = folder.files
    let importer = try #require(ImporterRegistry.importer(named: fixture.format))
    let preview = try ImportPreview.of(
      importer.init(options: ImportOptions()), files: fixture.inputs.map(folder.path))
    #expect(folder.files == before)
    let result = try folder.importing(fixture.format, fixture.inputs)
    #expect(preview.queries == result.queries)
    #expect(preview.models.reduce(0) { $0 + $1.responses } == result.calls)
    #expect(preview.remarks == result.remarks)
    #expect(preview.first?.hasPrefix(#"{"query":""#) == true)
  }

  @Test("lm-eval: filters become graders, the results file names the model, '[invalid]' is no answer")
  func lmEval() throws {
    let folder = try TemporaryFolder()
    let result = try folder.importing(.lmEval)
    #expect(result.remarks.count == 1)
    #expect(result.remarks[0].contains("flexible, strict"))
    let response = try folder.response("sums/1", "lark")
    #expect(response["text"] as? String == "five")
    #expect(response["score"] == nil)
    let grades = try #require(response["grades"] as? [String: [String: Any]])
    #expect(number(grades["strict"]?["score"]) == 0)
    #expect(grades["strict"]?["answer"] == nil)
    #expect(grades["flexible"]?["answer"] as? String == "5")
    let query = try #require(try folder.queries()["sums/1"])
    #expect(query["reference"] as? String == "5")
    #expect(query["prompt"] as? String == "Question 1?")
  }

  @Test("The grader asked for becomes the score, and the others stay")
  func chosenGrader() throws {
    let folder = try TemporaryFolder()
    var options = ImportOptions()
    options.grader = "flexible"
    #expect(try folder.importing(.lmEval, options: options).remarks == [])
    let response = try folder.response("sums/1", "lark")
    #expect(number(response["score"]) == 1)
    #expect(response["answer"] as? String == "5")
    #expect((response["grades"] as? [String: Any])?.count == 2)
  }

  @Test("A trace with grades only asks for a grader when it is replayed")
  func noPlainScore() throws {
    let folder = try TemporaryFolder()
    try folder.importing(.lmEval)
    let database = try TraceDatabase(reading: folder.path("t.sqlite"))
    #expect(throws: TraceFileError.noPlainScores(folder.path("t.sqlite"), graders: ["flexible", "strict"])) {
      try database.trace(samples: .first, grader: nil)
    }
    #expect(try database.trace(samples: .first, grader: "strict").poolCount == 2)
  }

  @Test("Inspect: letters, epochs, cached input, reasoning, cost and time")
  func inspect() throws {
    let folder = try TemporaryFolder()
    try folder.importing(.inspect)
    let first = try folder.response("sums/q1", "lark")
    #expect(number(first["score"]) == 1)
    // 7 tokens at the full price and 10 from the cache; the total, 29, is their sum with the output's 12.
    #expect(number(first["input_tokens"]) == 17)
    #expect(number(first["cached_input_tokens"]) == 10)
    #expect(number(first["output_tokens"]) == 12)
    #expect(number(first["reasoning_tokens"]) == 2)
    #expect(number(first["cost_usd"]) == 0.0000012)
    #expect(number(first["duration_s"]) == 0.25)
    #expect(first["finish_reason"] as? String == "stop")
    #expect(first["token_source"] as? String == "reported")
    #expect(number(try folder.response("sums/q1", "lark", sample: 1)["score"]) == 0)
    #expect(number(try folder.response("sums/q2", "lark")["score"]) == 0.5)
    #expect(number(try folder.response("sums/q2", "stork")["score"]) == 0.5)
    #expect(number(try folder.response("sums/q1", "stork")["score"]) == 1)
  }

  @Test("Inspect: a total without the cached tokens says that the input holds them")
  func inspectWholeInput() throws {
    let folder = try TemporaryFolder()
    let old = #""input_tokens":17,"output_tokens":12,"total_tokens":29,"input_tokens_cache_read":10"#
    let new = #""input_tokens":7,"output_tokens":12,"total_tokens":29,"input_tokens_cache_read":10"#
    try folder.importing(.inspect.replacing(new, with: old, in: "lark.json"))
    #expect(number(try folder.response("sums/q1", "lark")["input_tokens"]) == 17)
  }

  @Test("Inspect: a conversation counts all tokens and has no time; a failed sample keeps its error")
  func inspectConversation() throws {
    let folder = try TemporaryFolder()
    let turn = #"{"role":"assistant","content":"four","source":"generate"}]"#
    let usage =
      #""model_usage":{"lark":{"input_tokens":100,"output_tokens":40,"total_tokens":140}},"scores":"#
    let fixture = ImportFixture.inspect
      .replacing(turn, with: #"{"role":"assistant","content":"a"},"# + turn, in: "lark.json")
      .replacing(#""scores":"#, with: usage, in: "lark.json")
      .replacing(#""error":null"#, with: #""error":{"message":"boom"}"#, in: "stork.json")
    let result = try folder.importing(fixture)
    #expect(result.remarks.contains { $0.contains("3 samples of lark are conversations") })
    let response = try folder.response("sums/q1", "lark")
    #expect(number(response["input_tokens"]) == 100)
    #expect(number(response["output_tokens"]) == 40)
    #expect(response["duration_s"] == nil)
    #expect(
      (try folder.response("sums/q1", "stork")["error"] as? [String: Any])?["message"] as? String == "boom")
  }

  @Test("OpenAI batch: input, output and errors are joined, each answer with the model that was asked")
  func openAIBatch() throws {
    let folder = try TemporaryFolder()
    try folder.importing(.openAIBatch)
    let response = try folder.response("q2", "lark")
    #expect(response["text"] as? String == "Hi")
    #expect(number(response["input_tokens"]) == 22)
    #expect(number(response["cached_input_tokens"]) == 16)
    #expect(number(response["reasoning_tokens"]) == 5)
    let failed = try folder.response("q2", "lark-mini")
    #expect((failed["error"] as? [String: Any])?["message"] as? String == "slow down")
    #expect(failed["output_tokens"] == nil)
    let messages = try folder.queries()["q2"]?["messages"] as? [[String: Any]]
    #expect(messages?.first?["content"] as? String == "World")
  }

  @Test("promptfoo: tokens, cost and latency; a failed call is an error, an unasserted score none")
  func promptfoo() throws {
    let folder = try TemporaryFolder()
    try folder.importing(.promptfoo)
    let response = try folder.response("sums/1", "lark")
    #expect(number(response["score"]) == 0.5)
    #expect(number(response["input_tokens"]) == 8)
    #expect(number(response["cost_usd"]) == 0.0000005)
    #expect(number(response["duration_s"]) == 0.764)
    #expect(try folder.response("sums/1", "stork")["error"] as? String == "timed out")
    #expect(try folder.queries()["sums/1"]?["reference"] as? String == "4")
  }

  @Test("promptfoo: what came from its cache has no tokens, cost or time")
  func promptfooCache() throws {
    let folder = try TemporaryFolder()
    let fixture = ImportFixture.promptfoo.replacing(
      #""tokenUsage":{"prompt":8,"completion":3,"total":11}"#,
      with: #""tokenUsage":{"cached":11,"total":11}"#,
      in: "results.json")
    try folder.importing(fixture)
    let response = try folder.response("sums/0", "lark")
    #expect(response["input_tokens"] == nil)
    #expect(response["cost_usd"] == nil)
    #expect(response["duration_s"] == nil)
  }

  @Test("OpenCompass: predictions and results are joined; its token counts are estimates")
  func openCompass() throws {
    let folder = try TemporaryFolder()
    try folder.importing(.openCompass)
    let response = try folder.response("sums/0", "lark")
    #expect(number(response["score"]) == 1)
    #expect(response["answer"] as? String == "4")
    #expect(number(response["output_tokens"]) == 5)
    #expect(number(response["input_tokens"]) == 11)
    #expect(response["token_source"] as? String == "estimated")
    #expect(number(try folder.response("sums/0", "stork")["score"]) == 0)
    #expect(number(try folder.response("sums/1", "stork")["score"]) == 1)
    let messages = try folder.queries()["sums/0"]?["messages"] as? [[String: Any]]
    #expect(messages?.first?["role"] as? String == "user")
  }

  @Test("AlpacaEval: the score is preference − 1, the judged-against answer the reference")
  func alpacaEval() throws {
    let folder = try TemporaryFolder()
    let result = try folder.importing(.alpacaEval)
    #expect(result.remarks.contains { $0.contains("annotations without a preference (2") })
    let hello = try #require(
      try folder.queries().values.first { $0["reference"] as? String == "Hi" })
    let name = try #require(hello["query"] as? String)
    #expect(hello["workload"] as? String == "alpaca-eval/koala")
    #expect(number(try folder.response(name, "lark")["score"]) == 0.25)
    #expect(number(try folder.response(name, "stork")["score"]) == 1)
  }

  @Test("Multiple-choice rows without a text are counted and left out")
  func multipleChoice() throws {
    let folder = try TemporaryFolder()
    let row =
      #"{"doc_id":7,"target":"A","arguments":{"gen_args_0":{"arg_0":"Q","arg_1":" A"},"gen_args_1":{"arg_0":"Q","arg_1":" B"}},"resps":[[["-0.1","False"]],[["-0.2","True"]]],"filtered_resps":[["-0.1","False"]],"filter":"none","metrics":["acc"],"acc":1.0}"#
    let fixture = ImportFixture.lmEval.changing("b/samples_sums_2026-01-02T04-04-05.6.jsonl") {
      $0 + Data((row + "\n").utf8)
    }
    let result = try folder.importing(fixture)
    #expect(result.queries == 2)
    #expect(result.remarks.contains { $0.contains("multiple-choice and likelihood rows without a text (1") })
  }
}
