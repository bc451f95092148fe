import RoutingCore

/// Results of promptfoo, version 3: `promptfoo eval -o results.json`.
///
/// Every provider's answer to every prompt and test, with score, tokens, cost and latency. What promptfoo took
/// from its own cache has no tokens, cost or latency of its own.
struct PromptfooImporter: TraceImporter {
  static let name = "promptfoo"
  static let summary = "promptfoo eval -o results.json (version 3)"

  private static let version = "3"
  private let options: ImportOptions

  init(options: ImportOptions) { self.options = options }

  static func recognises(_ file: FileOutline) -> Bool {
    file.keys.contains("evalId") || file.keys.contains("metadata.promptfooVersion")
      || file.keys.isSuperset(of: ["results.version", "results.results"])
  }

  func read(_ files: [String], into sink: any ImportSink) throws {
    let collection = AnswerCollection(format: Self.name, options: options)
    for (path, _) in try InputFiles.selected(files, for: Self.self, log: collection.log) {
      let file = RecordFile(path: path, log: collection.log)
      guard let document = try file.document(skipping: ["table", "logprobs"]) else { continue }
      read(document, collection)
      try collection.log.flush(to: sink)
    }
    try collection.deliver(to: sink)
  }

  private func read(_ document: RecordField, _ collection: AnswerCollection) {
    let results = document["results"]
    guard results.require("the results") else { return }
    guard results["version"].require("the version, \(Self.version)") else { return }
    guard results["version"].label() == Self.version else {
      return results["version"].noteUnfit(expected: "version \(Self.version)")
    }
    guard results["results"].require("a list of results") else { return }
    let workload =
      options.workload ?? document["config"]["description"].text("a description") ?? Self.name
    var templates = PromptTemplates()
    let rows = results["results"].elements()
    for row in rows { templates.meet(row) }
    for row in rows {
      guard let answer = answer(row, workload: workload, templates, collection) else { continue }
      collection.add(answer)
    }
  }

  private func answer(
    _ row: RecordField, workload: String, _ templates: PromptTemplates, _ collection: AnswerCollection
  ) -> ImportedAnswer? {
    guard let model = options.model ?? provider(row["provider"]) else { return nil }
    guard row["testIdx"].require("the test's number"), let test = row["testIdx"].label() else { return nil }
    let response = row["response"]
    let query = "\(workload)/\(test)"
    var answer = ImportedAnswer(
      workload: workload, id: query + templates.suffix(of: row), model: model, place: row.place)
    if templates.areSeveral { answer.group = query }
    if row["prompt"]["raw"].require("the prompt"), let prompt = row["prompt"]["raw"].text("a prompt") {
      answer.prompt = ImportedPrompt(text: prompt)
    }
    answer.reference = reference(row["testCase"]["assert"])
    answer.call.text = response["output"].anyText()
    answer.call.finishReason = response["finishReason"].text()
    if let error = error(row) {
      answer.call.error = error
    } else if answer.call.text == nil {
      response["output"].note(.missing(expected: "the model's output, or an error"))
    }
    setUsage(&answer, row, collection)
    setScores(&answer, row, collection)
    return answer
  }

  private func provider(_ field: RecordField) -> String? {
    guard field.require("the provider") else { return nil }
    if field.node?.string != nil { return field.name() }
    if let label = field["label"].text("a label"), !label.isEmpty { return label }
    guard field["id"].require("the provider's id") else { return nil }
    return field["id"].name()
  }

  /// The value of a single `equals` assertion.
  private func reference(_ assertions: RecordField) -> String? {
    let values = assertions.node?.elements?.filter { $0["type"]?.string == "equals" } ?? []
    return values.count == 1 ? values[0]["value"]?.string : nil
  }

  /// A failed call. A failed assertion (reason 1) also stands under `error` and is no failure of the call.
  private func error(_ row: RecordField) -> RawJSON? {
    if row["response"]["error"].exists { return row["response"]["error"].node?.compact }
    guard row["failureReason"].label() == "2" else { return nil }
    return row["error"].node?.compact ?? RawJSON(text: #""error""#)
  }

  private func setUsage(_ answer: inout ImportedAnswer, _ row: RecordField, _ collection: AnswerCollection) {
    let response = row["response"]
    let usage = response["tokenUsage"]
    let isCached =
      response["cached"].bool() ?? (!usage["prompt"].exists && usage["cached"].tokens() ?? 0 > 0)
    guard !isCached else {
      return collection.leaveOut(
        "usages (tokens, cost, latency) of answers that promptfoo took from its cache", at: row.place)
    }
    answer.setTokens(
      input: usage["prompt"].tokens(), output: usage["completion"].tokens(),
      reasoning: usage["completionDetails"]["reasoning"].tokens())
    let cost = row["cost"].cost() ?? response["cost"].cost()
    // A provider without known prices writes 0.
    if cost?.picodollars != 0 { answer.call.cost = cost }
    answer.call.duration = row["latencyMs"].time(isMilliseconds: true)
  }

  private func setScores(_ answer: inout ImportedAnswer, _ row: RecordField, _ collection: AnswerCollection) {
    guard answer.call.error == nil else { return }
    let range = collection.options.scoreRange
    if row["gradingResult"]["reason"].node?.string == "No assertions" {
      collection.leaveOut("scores of tests without assertions", at: row.place)
    } else {
      answer.grade(
        "score", score: row["score"].exists ? row["score"].score(range) : row["success"].score(range))
    }
    for (name, field) in row["namedScores"].members() where !name.isEmpty {
      answer.grade(name == "score" ? "named:score" : name, score: field.score(range))
    }
  }
}

/// The prompt templates of a results file, in order of first appearance.
struct PromptTemplates {
  private var numbers: [String: Int] = [:]

  var areSeveral: Bool { numbers.count > 1 }

  mutating func meet(_ row: RecordField) {
    let key = Self.key(row)
    numbers[key] = numbers[key] ?? numbers.count + 1
  }

  /// Tells queries of one test apart, where there are several templates.
  func suffix(of row: RecordField) -> String {
    guard areSeveral, let number = numbers[Self.key(row)] else { return "" }
    return "/prompt-\(number)"
  }

  private static func key(_ row: RecordField) -> String {
    row["promptId"].node?.string ?? row["prompt"]["label"].node?.string ?? ""
  }
}
