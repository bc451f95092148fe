import Foundation
import Testing
import TraceStore

@Suite struct TableImporterTests {
  private func number(_ value: Any?) -> Double? { (value as? NSNumber)?.doubleValue }

  private func importing(
    _ content: String, as name: String, map: String? = nil, preset: String? = nil, model: String? = nil
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(ImportFixture("table", [name: content], inputs: [name]))
    var options = ImportOptions()
    if let map { options.columns = try ColumnMap(map) }
    if let preset { options.columns = try ColumnMap(preset: preset) }
    options.model = model
    try folder.importing("table", [name], options: options)
    return folder
  }

  @Test(
    "CSV: quotes, line breaks in cells, a byte order mark, carriage returns, empty cells, floats as counts")
  func csv() throws {
    let folder = try TemporaryFolder()
    try folder.importing(.table)
    let response = try folder.response("q1", "lark")
    #expect(response["text"] as? String == "hi")
    #expect(number(response["cost_usd"]) == 0.0000012)
    #expect(number(response["duration_s"]) == 0.5)
    #expect(number(try folder.response("q2", "lark")["output_tokens"]) == 2)
    #expect(try folder.response("q2", "stork")["text"] == nil)
    #expect(number(try folder.response("q1", "stork")["score"]) == 1)
    // Models that wrote the same words with other spaces were asked the same.
    #expect(try folder.queries()["q1"]?["prompt"] as? String == "Say \"hi\",\nplease")
  }

  @Test("TSV and semicolons, with a map")
  func separators() throws {
    for separator in ["\t", ";"] {
      let rows = [["id", "llm", "said", "ok"], ["1", "lark", "a,b", "1"], ["2", "lark", "c", "0.25"]]
      let content = rows.map { $0.joined(separator: separator) }.joined(separator: "\n")
      let folder = try importing(content, as: "rows.txt", map: "query=id,model=llm,text=said,score=ok")
      #expect(try folder.response("1", "lark")["text"] as? String == "a,b")
      #expect(number(try folder.response("2", "lark")["score"]) == 0.25)
    }
  }

  @Test("A wide table: RouterBench's columns of score, answer and cost for each model")
  func routerBench() throws {
    let content = """
      sample_id,prompt,eval_name,lark,lark|model_response,lark|total_cost,stork,stork|model_response,stork|total_cost,oracle_model_to_route_to
      gsm.1,"['Q1']",gsm,1.0,four,0.000012,0.0,five,2e-06,lark
      gsm.2,"['Q2']",gsm,0.25,six,0.000013,,,,lark
      """
    let folder = try importing(content, as: "routerbench.csv")
    let lark = try folder.response("gsm.1", "lark")
    #expect(lark["text"] as? String == "four")
    #expect(number(lark["cost_usd"]) == 0.000012)
    #expect(lark["input_tokens"] == nil)
    #expect(number(try folder.response("gsm.1", "stork")["cost_usd"]) == 0.000002)
    #expect(number(try folder.response("gsm.2", "lark")["score"]) == 0.25)
    #expect(try folder.response("gsm.2", "stork").isEmpty)
    #expect(try folder.queries()["gsm.1"]?["workload"] as? String == "gsm")
    #expect(
      try TraceDatabase(reading: folder.path("t.sqlite")).header().models.map(\.name) == ["lark", "stork"])
  }

  @Test("LLMRouterBench: dataset and model are in the path")
  func llmRouterBench() throws {
    let content = """
      {"performance": 1.0, "cost": 0.1, "records": [{"index": 1, "origin_query": "2+2?", "prompt": "Q: 2+2?",
        "prediction": "4", "ground_truth": "4", "score": 1.0, "prompt_tokens": 15, "completion_tokens": 5,
        "cost": 0.0001, "raw_output": "It is 4."}]}
      """
    let folder = try importing(content, as: "bench/aime/test/lark/20260101.json")
    let query = try #require(try folder.queries()["aime/test/1"])
    #expect(query["workload"] as? String == "aime")
    #expect(query["reference"] as? String == "4")
    let response = try folder.response("aime/test/1", "lark")
    #expect(response["text"] as? String == "It is 4.")
    #expect(response["answer"] as? String == "4")
    #expect(number(response["output_tokens"]) == 5)
  }

  @Test("RouterArena: scores and costs inside the evaluation, workloads in the index")
  func routerArena() throws {
    let line =
      #"{"global_index":"AIME_112","question":"Q?","llm_selected":"lark","generated_answer":"A","token_usage":{"input_tokens":349,"output_tokens":120},"success":true,"error":null,"evaluation_result":{"extracted_answer":"A","ground_truth":"610","score":0.5,"inference_cost":0.00023725}}"#
    let folder = try importing(line, as: "lark.jsonl")
    #expect(try folder.queries()["AIME_112"]?["workload"] as? String == "AIME")
    let response = try folder.response("AIME_112", "lark")
    #expect(number(response["score"]) == 0.5)
    #expect(number(response["input_tokens"]) == 349)
    #expect(number(response["cost_usd"]) == 0.00023725)
  }

  @Test("Helicone: bodies as objects or as JSON in text, milliseconds")
  func helicone() throws {
    let body = #"{"messages":[{"role":"user","content":"Hi"}]}"#
    let answer = #"{"choices":[{"message":{"content":"Ho"},"finish_reason":"stop"}]}"#
    let quoted = body.replacingOccurrences(of: "\"", with: "\\\"")
    let lines = [
      #"{"request_model":"lark","request_body":\#(body),"response_body":\#(answer),"delay_ms":1500,"time_to_first_token":250,"prompt_tokens":9,"completion_tokens":3,"cost":0.00001}"#,
      #"{"request_model":"stork","request_body":"\#(quoted)","response_body":\#(answer),"delay_ms":700,"prompt_tokens":9,"completion_tokens":3}"#,
    ]
    let folder = try importing(lines.joined(separator: "\n"), as: "helicone.jsonl")
    let queries = try folder.queries()
    #expect(queries.count == 1)
    let response = try folder.response(try #require(queries.keys.first), "lark")
    #expect(response["text"] as? String == "Ho")
    #expect(number(response["duration_s"]) == 1.5)
    #expect(number(response["ttft_s"]) == 0.25)
    #expect(response["finish_reason"] as? String == "stop")
  }

  @Test("Langfuse: generations only, cached input counted apart, both spellings")
  func langfuse() throws {
    let lines = [
      #"{"id":"1","type":"GENERATION","model":"lark","input":[{"role":"user","content":"Hi"}],"output":{"role":"assistant","content":"Ho"},"usageDetails":{"input":4,"input_cached_tokens":6,"output":3},"costDetails":{"total":0.00002},"latency":1.25,"timeToFirstToken":0.5}"#,
      #"{"id":"2","type":"SPAN","model":null,"input":"x","output":"y","usageDetails":{}}"#,
      #"{"id":"3","type":"GENERATION","provided_model_name":"stork","input":[{"role":"user","content":"Hi"}],"output":"Ha","usage_details":{"input":9,"output":2}}"#,
    ]
    let folder = try importing(lines.joined(separator: "\n"), as: "langfuse.jsonl")
    let name = try #require(try folder.queries().keys.first)
    let lark = try folder.response(name, "lark")
    #expect(lark["text"] as? String == "Ho")
    #expect(number(lark["input_tokens"]) == 10)
    #expect(number(lark["cached_input_tokens"]) == 6)
    #expect(number(lark["cost_usd"]) == 0.00002)
    #expect(number(try folder.response(name, "stork")["output_tokens"]) == 2)
  }

  @Test("Cost without tokens stays a cost, and no tokens are made up")
  func costOnly() throws {
    let folder = try importing(
      "query,model,text,score,cost\nq,lark,hi,1,0.001", as: "rows.csv")
    let response = try folder.response("q", "lark")
    #expect(number(response["cost_usd"]) == 0.001)
    #expect(response["input_tokens"] == nil && response["output_tokens"] == nil)
    #expect(response["token_source"] == nil)
  }

  @Test("Token counts are taken as reported unless a column says that they are estimates")
  func tokenSource() throws {
    let folder = try importing(
      "query,model,text,score,output_tokens,token_source\nq,lark,hi,1,3,estimated\nr,lark,hi,1,3,",
      as: "rows.csv")
    #expect(try folder.response("q", "lark")["token_source"] as? String == "estimated")
    #expect(try folder.response("r", "lark")["token_source"] as? String == "reported")
  }

  @Test(
    "A map that is not understood says what is",
    arguments: [
      ("txet=a", "did you mean 'text'?"), ("text", "FIELD=COLUMN"), ("text=a,text=b", "twice"),
      ("query=a", "no answer is mapped"), ("text=", "FIELD=COLUMN"),
    ])
  func badMap(_ text: String, _ words: String) throws {
    let error = try #require(throws: ColumnMapError.self) { try ColumnMap(text) }
    #expect("\(error)".contains(words))
  }

  @Test("Unknown presets name the near one")
  func badPreset() throws {
    let error = try #require(throws: ColumnMapError.self) { try ColumnMap(preset: "routerbanch") }
    #expect("\(error)".contains("did you mean 'routerbench'?"))
  }
}
