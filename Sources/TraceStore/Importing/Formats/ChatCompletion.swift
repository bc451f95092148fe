import RoutingCore

/// The body of an OpenAI-compatible answer: Chat Completions, Completions or Responses.
struct ChatCompletion {
  private let body: RecordField

  init(_ body: RecordField) { self.body = body }

  /// One answer for each choice that has a text; empty where none has.
  func answers(_ template: ImportedAnswer) -> [ImportedAnswer] {
    if body["output"].exists { return [response(template)].compactMap { $0 } }
    guard body["choices"].require("the model's choices") else { return [] }
    let choices = body["choices"].elements()
    return choices.enumerated().compactMap { position, choice in
      guard let text = text(choice) else { return nil }
      var answer = template
      answer.call.sample = choice["index"].index("the choice's number") ?? Int32(clamping: position)
      answer.call.text = text
      answer.call.finishReason = choice["finish_reason"].text()
      // The counts are of all choices together.
      if choices.count == 1 { setTokens(&answer) }
      return answer
    }
  }

  private func text(_ choice: RecordField) -> String? {
    if choice["text"].exists { return choice["text"].text() }
    let message = choice["message"]
    guard message.require("the model's message") else { return nil }
    if let content = message["content"].node { return ImportedPrompt.text(content) }
    return message["refusal"].text()
  }

  /// The Responses form: `output` is a list of items, of which the messages hold the text.
  private func response(_ template: ImportedAnswer) -> ImportedAnswer? {
    let messages = body["output"].elements().filter { $0["type"].node?.string == "message" }
    guard !messages.isEmpty else { return nil }
    var answer = template
    answer.call.text = messages.compactMap { $0["content"].node.map(ImportedPrompt.text) }.joined()
    answer.call.finishReason = body["status"].text()
    let usage = body["usage"]
    answer.setTokens(
      input: usage["input_tokens"].tokens(), cached: usage["input_tokens_details"]["cached_tokens"].tokens(),
      output: usage["output_tokens"].tokens(),
      reasoning: usage["output_tokens_details"]["reasoning_tokens"].tokens())
    return answer
  }

  private func setTokens(_ answer: inout ImportedAnswer) {
    let usage = body["usage"]
    // DeepSeek counts cache hits beside the details.
    let cached =
      usage["prompt_tokens_details"]["cached_tokens"].tokens() ?? usage["prompt_cache_hit_tokens"].tokens()
    answer.setTokens(
      input: usage["prompt_tokens"].tokens(), cached: cached, output: usage["completion_tokens"].tokens(),
      reasoning: usage["completion_tokens_details"]["reasoning_tokens"].tokens())
  }
}
