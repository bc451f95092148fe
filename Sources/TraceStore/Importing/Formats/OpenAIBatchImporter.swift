import RoutingCore

/// Requests and answers of OpenAI's Batch API, joined on `custom_id`.
///
/// The input file has the prompts, the output file the answers with their token counts, the error file the
/// requests that failed. Scores are in none of them.
struct OpenAIBatchImporter: TraceImporter {
  static let name = "openai-batch"
  static let summary = "Batch API files: input, output and errors as JSON Lines"

  private let options: ImportOptions

  init(options: ImportOptions) { self.options = options }

  static func recognises(_ file: FileOutline) -> Bool {
    file.keys.contains("custom_id")
      && (file.keys.contains("body") || file.keys.contains("response") || file.keys.contains("error"))
  }

  func read(_ files: [String], into sink: any ImportSink) throws {
    let collection = AnswerCollection(format: Self.name, options: options)
    let selected = try InputFiles.selected(files, for: Self.self, log: collection.log)
    var requests = BatchRequests()
    var outcomes: [BatchOutcome] = []
    for (path, _) in selected {
      try RecordFile(path: path, log: collection.log).lines(to: sink, skipping: ["logprobs"]) { line in
        guard line["custom_id"].require("the request's id"), let id = line["custom_id"].name() else { return }
        if line["body"].exists {
          requests.add(line, id: id)
        } else if line["response"].exists || line["error"].exists {
          outcomes.append(BatchOutcome(id: id, line: line))
        } else {
          line["response"].note(.missing(expected: "a body (input file), or a response or error (output)"))
        }
      }
    }
    let workload = options.workload ?? Self.name
    // Errors do not say the model: of several requests with their id they belong to the unanswered one.
    for outcome in outcomes.filter(\.namesModel) + outcomes.filter({ !$0.namesModel }) {
      let model = outcome.line["response"]["body"]["model"].text("the model's name")
      let request = requests.request(outcome.id, answeredBy: model)
      take(outcome, request, answeredBy: model, workload: workload, collection)
    }
    for place in requests.unanswered {
      collection.leaveOut("requests without an answer (give the output file too?)", at: place)
    }
    try collection.deliver(to: sink)
  }

  private func take(
    _ outcome: BatchOutcome, _ request: BatchRequest?, answeredBy model: String?, workload: String,
    _ collection: AnswerCollection
  ) {
    let line = outcome.line
    guard let model = options.model ?? request?.model ?? model else {
      return collection.leaveOut("errors without a request, whose model is not known", at: line.place)
    }
    var answer = ImportedAnswer(workload: workload, id: outcome.id, model: model, place: line.place)
    answer.prompt = request?.prompt
    if request == nil {
      collection.remark("\(outcome.id) has no request, so no prompt (give the input file too?)")
    }
    let status = line["response"]["status_code"].index("an HTTP status")
    let body = line["response"]["body"]
    if line["error"].exists || status ?? 200 >= 400 || body["error"].exists {
      let error = [line["error"], body["error"], body].first { $0.exists }?.node
      answer.call.error = error?.compact ?? RawJSON(text: #""HTTP \#(status ?? 0)""#)
      return collection.add(answer)
    }
    let answers = ChatCompletion(body).answers(answer)
    if answers.isEmpty, collection.log.isEmpty {
      collection.leaveOut("answers without a text, such as tool calls", at: line.place)
    }
    answers.forEach(collection.add)
  }
}

/// A line of an output or error file.
struct BatchOutcome {
  let id: String
  let line: RecordField

  var namesModel: Bool { line["response"]["body"]["model"].exists }
}

/// A line of an input file.
struct BatchRequest {
  let model: String?
  let prompt: ImportedPrompt?
  let place: ImportPlace
}

/// The lines of the input files by id; several batches may use the same ids for different models.
struct BatchRequests {
  private var requests: [ExactString: [BatchRequest]] = [:]
  private var order: [(id: ExactString, index: Int)] = []
  private var answered: [ExactString: Set<Int>] = [:]

  mutating func add(_ line: RecordField, id: String) {
    let body = line["body"]
    let model = body["model"].name("the model's name")
    let id = ExactString(id)
    if requests[id]?.contains(where: { $0.model == model }) ?? false {
      let found = "a second request \(ImportFault.quoted(id.text)) to the same model"
      return line["custom_id"].note(.unfit(found: found, expected: "each id once"))
    }
    order.append((id, requests[id]?.count ?? 0))
    requests[id, default: []].append(
      BatchRequest(model: model, prompt: Self.prompt(body), place: line.place))
  }

  /// The request with that id: the only one, the one to the model that answered (under a dated name, perhaps),
  /// or without a model the only unanswered one.
  mutating func request(_ id: String, answeredBy model: String?) -> BatchRequest? {
    let id = ExactString(id)
    let candidates = requests[id] ?? []
    let fitting = candidates.indices.filter { index in
      guard let asked = candidates[index].model, let model else { return false }
      return model == asked || model.hasPrefix(asked + "-")
    }
    // Of gpt-4o and gpt-4o-mini, both of which begin a longer name, the longer one is meant.
    let best = fitting.max { (candidates[$0].model?.count ?? 0) < (candidates[$1].model?.count ?? 0) }
    let open = candidates.indices.filter { !(answered[id]?.contains($0) ?? false) }
    let only = candidates.count == 1 ? 0 : model == nil && open.count == 1 ? open[0] : nil
    guard let index = only ?? best else { return nil }
    answered[id, default: []].insert(index)
    return candidates[index]
  }

  var unanswered: [ImportPlace] {
    order.filter { !(answered[$0.id]?.contains($0.index) ?? false) }
      .compactMap { requests[$0.id]?[$0.index].place }
  }

  /// Chat messages, a Responses input or a plain prompt.
  static func prompt(_ body: RecordField) -> ImportedPrompt? {
    for key in ["messages", "input", "prompt"] {
      guard let node = body[key].node else { continue }
      if let text = node.string { return ImportedPrompt(text: text) }
      if node.elements != nil { return ImportedPrompt(messages: node) }
    }
    body["messages"].note(.missing(expected: "messages, an input or a prompt"))
    return nil
  }
}
