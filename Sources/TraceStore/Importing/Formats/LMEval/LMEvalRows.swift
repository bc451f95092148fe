import RoutingCore

/// Reads the rows of one samples file, joining the rows of a question's filters.
struct LMEvalRows {
  private let model: String
  private let task: String
  private let collection: AnswerCollection
  /// Answers in the order of their first rows; repeats of a question follow each other.
  private var answers: [(id: String, samples: [ImportedAnswer])] = []
  private var places: [ExactString: Int] = [:]
  private var isRepeated = false

  init(model: String, task: String, collection: AnswerCollection) {
    self.model = model
    self.task = task
    self.collection = collection
  }

  mutating func take(_ row: RecordField) {
    guard row["doc_id"].require("the question's number"), let id = row["doc_id"].label() else { return }
    guard row["resps"].require("the model's answers") else { return }
    let arguments = arguments(row["arguments"])
    let isGeneration = arguments.settings == nil || arguments.settings?.members != nil
    guard isGeneration, let texts = texts(row["resps"]) else {
      return collection.leaveOut("multiple-choice and likelihood rows without a text", at: row.place)
    }
    let key = ExactString(id)
    if places[key] == nil {
      places[key] = answers.count
      answers.append((id, samples(row, id: id, texts: texts, prompt: arguments.prompt)))
    }
    guard let place = places[key] else { return }
    guard texts.count == 1 else {
      isRepeated = true
      return
    }
    grade(&answers[place].samples[0], from: row)
  }

  /// Hands the answers on.
  func finish() {
    if isRepeated {
      collection.remark(
        "\(task): \(model) has several answers to a question; its filters score them together, so they have no scores"
      )
    }
    for answer in answers { answer.samples.forEach(collection.add) }
  }

  // MARK: The call

  private func samples(
    _ row: RecordField, id: String, texts: [String], prompt: ImportedPrompt?
  ) -> [ImportedAnswer] {
    texts.enumerated().map { index, text in
      var answer = ImportedAnswer(workload: task, id: "\(task)/\(id)", model: model, place: row.place)
      answer.prompt = prompt
      answer.reference = row["target"].label("the expected answer")
      answer.call.text = text
      answer.call.sample = Int32(clamping: index)
      return answer
    }
  }

  /// The answers to the one request of a question: `resps` is a list of requests, each a list of repeats.
  ///
  /// `nil` when they are likelihoods.
  private func texts(_ resps: RecordField) -> [String]? {
    guard let requests = resps.node?.elements, let repeats = requests.first?.elements else {
      resps.noteUnfit(expected: "a list of lists of answers")
      return []
    }
    guard requests.count == 1 else { return nil }
    let texts = repeats.compactMap(\.string)
    if texts.count == repeats.count, !texts.isEmpty { return texts }
    if repeats.allSatisfy({ $0.elements != nil }), !repeats.isEmpty { return nil }
    resps.noteUnfit(expected: "a list of lists of texts")
    return []
  }

  // MARK: The prompt

  /// What was asked, and the settings or the choice beside it.
  private func arguments(_ field: RecordField) -> (prompt: ImportedPrompt?, settings: JSONNode?) {
    // Newer versions have an object `gen_args_0: {arg_0, arg_1}`, older ones a list of lists.
    let first: RecordField?
    let second: RecordField?
    if field.node?.members != nil {
      let request = field.members().first?.field
      (first, second) = (request?["arg_0"], request?["arg_1"])
    } else {
      let request = field.elements("the requests").first?.elements("a prompt and its settings")
      (first, second) = (request?.first, request?.dropFirst().first)
    }
    guard let first, first.exists else { return (nil, second?.node) }
    // Chat messages are JSON in a list of one text.
    let text = first.node?.elements?.first?.string ?? first.text("a prompt")
    guard let text else { return (nil, second?.node) }
    if text.utf8.first == UInt8(ascii: "["), let messages = Self.messages(text) {
      return (ImportedPrompt(messages: messages), second?.node)
    }
    return (ImportedPrompt(text: text), second?.node)
  }

  /// Messages with roles, when a prompt is the JSON of them.
  private static func messages(_ text: String) -> JSONNode? {
    let node = JSONNode(parsing: text)
    guard let elements = node?.elements, !elements.isEmpty,
      elements.allSatisfy({ $0["role"]?.string != nil })
    else { return nil }
    return node
  }

  // MARK: Grades

  private static let knownKeys: Set<String> = [
    "doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "filter", "metrics", "doc_hash",
    "prompt_hash", "target_hash",
  ]

  private func grade(_ answer: inout ImportedAnswer, from row: RecordField) {
    let filter = row["filter"].text("the filter's name") ?? "none"
    let metrics = metrics(row)
    for metric in metrics {
      let field = row[metric]
      let name = Self.grader(filter: filter, metric: metric, isOnly: metrics.count == 1)
      switch field.node?.value {
      case .number?, .bool?: break
      case nil: continue
      default:
        collection.leaveOut("values of the metric '\(metric)' that are no numbers", at: row.place)
        continue
      }
      if answer.call.grades.contains(where: { $0.name == name }) {
        row.note(.unfit(found: "a second row with the filter '\(filter)' for this doc_id", expected: "one"))
        return
      }
      answer.grade(
        name, answer: filtered(row["filtered_resps"]), score: field.score(collection.options.scoreRange))
    }
  }

  private func metrics(_ row: RecordField) -> [String] {
    if row["metrics"].exists {
      return row["metrics"].elements("a list of metric names").compactMap { $0.name() }
    }
    return row.members().filter { key, field in
      guard !Self.knownKeys.contains(key), case .number? = field.node?.value else { return false }
      return true
    }.map(\.key)
  }

  /// The filter where it tells graders apart, else the metric, else both.
  private static func grader(filter: String, metric: String, isOnly: Bool) -> String {
    if filter == "none" { return metric }
    return isOnly ? filter : "\(filter)/\(metric)"
  }

  /// What the filter made of the answer; `nil` where it found nothing.
  private func filtered(_ field: RecordField) -> String? {
    let text = field.node?.elements?.first?.string ?? field.node?.string
    return text == "[invalid]" ? nil : text
  }
}
