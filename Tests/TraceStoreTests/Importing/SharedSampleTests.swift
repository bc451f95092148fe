import Foundation
import Testing
import TraceStore

private let formats = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("../shared/data/formats").standardizedFileURL

/// Files that the real tools wrote; they lie beside the repository and not in it.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: formats.path),
    "the samples of real tools are not at ../shared/data/formats"))
struct SharedSampleTests {
  private func imported(
    _ names: String..., options: ImportOptions = ImportOptions()
  ) throws -> (folder: TemporaryFolder, result: TraceImport.Result) {
    let folder = try TemporaryFolder()
    let result = try folder.importing(
      nil, names.map { formats.appendingPathComponent($0).path }, options: options)
    return (folder, result)
  }

  private func mean(_ folder: TemporaryFolder, _ model: String) throws -> Double {
    let models = try TraceDatabase(reading: folder.path("t.sqlite")).inspect().models
    return try #require(models.first { $0.name == model }?.meanScore)
  }

  @Test(
    "lm-eval: both filters give the counts of its own results file",
    arguments: [("strict-match", 17, 8), ("flexible-extract", 17, 15)])
  func lmEval(_ filter: String, _ gpt: Int, _ claude: Int) throws {
    var options = ImportOptions()
    options.grader = filter
    let (folder, result) = try imported(
      "lm-eval/gpt-4o-mini-2024-07-18", "lm-eval/claude-3-haiku-20240307", options: options)
    #expect(result.queries == 20)
    #expect(result.calls == 40)
    #expect(try mean(folder, "gpt-4o-mini-2024-07-18") == Double(gpt) / 20)
    #expect(try mean(folder, "claude-3-haiku-20240307") == Double(claude) / 20)
    let query = try #require(try folder.queries()["gsm8k_replayed_a/0"])
    #expect(query["reference"] as? String == "18")
    #expect((query["messages"] as? [[String: Any]])?.first?["role"] as? String == "user")
  }

  @Test("lm-eval: samples without results beside them need the model's name")
  func lmEvalAlone() throws {
    let file = "lm-eval/samples_toy_gen_2026-11-21T01-47-53.849503.jsonl"
    #expect(throws: ImportFailure.self) { try imported(file) }
    var options = ImportOptions()
    options.model = "toy"
    let (folder, result) = try imported(file, options: options)
    #expect(result.queries == 3)
    #expect(try folder.response("toy_gen/0", "toy")["answer"] as? String == "4")
  }

  @Test("Inspect: two questions, two epochs each, with tokens, time and score")
  func inspect() throws {
    let (folder, result) = try imported("inspect/toy.json")
    #expect((result.queries, result.calls) == (2, 4))
    let response = try folder.response("toy/q1", "openai-api/fake/fake-model")
    #expect(response["input_tokens"] as? Int == 7)
    #expect(response["output_tokens"] as? Int == 12)
    #expect(response["duration_s"] as? Double == 0.090141)
    #expect(response["score"] as? Int == 1)
    #expect(!(try folder.response("toy/q2", "openai-api/fake/fake-model", sample: 1).isEmpty))
  }

  @Test("OpenAI batch: the one answered request; the others are counted")
  func openAIBatch() throws {
    let (folder, result) = try imported("openai-batch")
    #expect((result.queries, result.calls) == (1, 1))
    #expect(result.remarks.count == 2)
    let response = try folder.response("request-2", "gpt-4o")
    #expect(response["text"] as? String == "Hello.")
    #expect(response["input_tokens"] as? Int == 22)
    #expect(response["output_tokens"] as? Int == 2)
  }

  @Test("promptfoo: usage and cost; a test without assertions has no score")
  func promptfoo() throws {
    let (folder, result) = try imported("promptfoo/results-v3.json")
    #expect(result.queries == 1)
    let response = try folder.response("promptfoo/0", "Nova Micro")
    #expect(response["cost_usd"] as? Double == 0.00000014)
    #expect(response["duration_s"] as? Double == 0.764)
    #expect(response["output_tokens"] as? Int == 1)
    #expect(response["score"] == nil)
  }

  @Test("AlpacaEval: mean preferences − 1 as published, to the millionth of each score")
  func alpacaEval() throws {
    let (folder, result) = try imported("alpaca-eval")
    #expect((result.queries, result.calls) == (20, 40))
    #expect(abs(try mean(folder, "claude-2") - 0.055752444515) < 5e-7)
    #expect(abs(try mean(folder, "gpt-3.5-turbo-1106") - 0.0015564756) < 5e-7)
    #expect(
      try folder.queries().values.allSatisfy { $0["workload"] as? String == "alpaca-eval/helpful_base" })
  }

  @Test("A price list is no recorded answers")
  func litellm() throws {
    #expect(throws: ImportFailure.self) { try imported("litellm") }
  }
}
