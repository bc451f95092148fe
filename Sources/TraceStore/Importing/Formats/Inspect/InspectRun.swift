import RoutingCore

/// Takes the samples of one Inspect log.
final class InspectRun {
  private let task: String
  private let model: String
  /// As the log's usage calls it.
  private let loggedModel: String
  private let collection: AnswerCollection
  private var conversations = 0

  init(task: String, model: String, loggedModel: String, collection: AnswerCollection) {
    self.task = task
    self.model = model
    self.loggedModel = loggedModel
    self.collection = collection
  }

  func take(_ sample: RecordField) {
    guard sample["id"].require("the sample's id"), let id = sample["id"].label() else { return }
    var answer = ImportedAnswer(workload: task, id: "\(task)/\(id)", model: model, place: sample.place)
    if let epoch = sample["epoch"].index("an epoch from 1", from: 1) { answer.call.sample = epoch - 1 }
    let attachments = InspectAttachments(sample["attachments"])
    answer.prompt = prompt(sample["input"], attachments)
    answer.reference = reference(sample["target"])
    let output = sample["output"]
    answer.call.text = text(output, attachments)
    answer.call.finishReason = output["choices"].elements("a list of choices").first?["stop_reason"].text()
    answer.call.error = sample["error"].node?.compact ?? failure(output["error"])
    if answer.call.text == nil, answer.call.error == nil {
      return collection.leaveOut("samples without an answer", at: sample.place)
    }
    setUsage(&answer, sample)
    setScores(&answer, sample["scores"])
    collection.add(answer)
  }

  func finish() {
    guard conversations > 0 else { return }
    collection.remark(
      "\(task): \(conversations) samples of \(model) are conversations of several calls; they count as one call "
        + "with the last answer and all tokens, and have no time")
  }

  // MARK: Content

  private func prompt(_ input: RecordField, _ attachments: InspectAttachments) -> ImportedPrompt? {
    guard input.require("the sample's input"), let node = input.node else { return nil }
    if let text = node.string { return ImportedPrompt(text: attachments.resolved(text)) }
    let turns = input.elements("a text or a list of messages").map { message in
      (
        message["role"].text("a role") ?? "user",
        message["content"].node.map { attachments.resolved(ImportedPrompt.text($0)) } ?? ""
      )
    }
    return turns.isEmpty ? nil : ImportedPrompt(turns: turns)
  }

  /// The target; the first of several, any of which is right.
  private func reference(_ target: RecordField) -> String? {
    if target.node?.elements != nil { return target.elements().first?.label() }
    return target.label()
  }

  private func text(_ output: RecordField, _ attachments: InspectAttachments) -> String? {
    let choices = output["choices"].node?.elements ?? []
    guard !choices.isEmpty else { return nil }
    if let text = output["completion"].text() { return attachments.resolved(text) }
    return choices[0]["message"]?["content"].map { attachments.resolved(ImportedPrompt.text($0)) }
  }

  /// An error as JSON: a string or an object.
  private func failure(_ field: RecordField) -> RawJSON? {
    field.node.flatMap { $0.string?.isEmpty ?? false ? nil : $0.compact }
  }

  // MARK: Usage

  private func setUsage(_ answer: inout ImportedAnswer, _ sample: RecordField) {
    let generated = (sample["messages"].node?.elements ?? [])
      .count { $0["role"]?.string == "assistant" && $0["source"]?.string != "input" }
    let total = sample["model_usage"][loggedModel]
    let isConversation = generated > 1 && total.exists
    if isConversation { conversations += 1 }
    let usage = isConversation ? total : sample["output"]["usage"]
    let input = usage["input_tokens"].tokens()
    let output = usage["output_tokens"].tokens()
    let read = usage["input_tokens_cache_read"].tokens()
    let written = usage["input_tokens_cache_write"].tokens()
    answer.setTokens(
      input: input.flatMap {
        Self.wholeInput(
          $0, output: output, read: read, written: written, total: usage["total_tokens"].tokens())
      },
      cached: read, output: output, reasoning: usage["reasoning_tokens"].tokens())
    answer.call.cost = usage["total_cost"].cost()
    if !isConversation { answer.call.duration = sample["output"]["time"].time() }
  }

  /// Input tokens with cached ones. Inspect leaves them out of `input_tokens`; older logs of some providers
  /// had them in it, which their total tells.
  private static func wholeInput(
    _ input: Int32, output: Int32?, read: Int32?, written: Int32?, total: Int32?
  ) -> Int32? {
    let cached = Int64(read ?? 0) + Int64(written ?? 0)
    let isWhole =
      total.map { Int64($0) == Int64(input) + Int64(output ?? 0) } ?? false && cached <= Int64(input)
    return isWhole ? input : Int32(exactly: Int64(input) + cached)
  }

  // MARK: Scores

  private func setScores(_ answer: inout ImportedAnswer, _ scores: RecordField) {
    for (scorer, score) in scores.members("scores by scorer") where !scorer.isEmpty {
      let text = score["answer"].label()
      guard score["value"].node?.members != nil else {
        answer.grade(scorer, answer: text, score: value(score["value"], scorer))
        continue
      }
      for (part, field) in score["value"].members() {
        answer.grade("\(scorer)/\(part)", answer: text, score: value(field, "\(scorer)/\(part)"))
      }
    }
  }

  /// Inspect's letters: correct, incorrect, partial, no answer; else a number.
  private func value(_ field: RecordField, _ scorer: String) -> Score? {
    switch field.node?.value {
    case .string("C")?: return .one
    case .string("I")?, .string("N")?: return .zero
    case .string("P")?: return Score(decimal: "0.5")
    case .array?:
      collection.leaveOut("values of the scorer '\(scorer)' that are lists", at: field.place)
      return nil
    // A scorer that could not decide writes NaN.
    case .number("NaN")?:
      collection.leaveOut("values of the scorer '\(scorer)' that are NaN", at: field.place)
      return nil
    case .string(let text)? where ["yes", "no"].contains(text.lowercased()):
      return text.lowercased() == "yes" ? .one : .zero
    default: return field.lenient.score(collection.options.scoreRange)
    }
  }
}

/// Long texts that a sample holds once and refers to as `attachment://KEY`.
struct InspectAttachments {
  private let field: RecordField

  init(_ field: RecordField) { self.field = field }

  func resolved(_ text: String) -> String {
    let mark = "attachment://"
    guard text.hasPrefix(mark) else { return text }
    return field[String(text.dropFirst(mark.count))].text() ?? text
  }
}
