import Foundation

/// Writes an answer as a chat completion, whole or streamed.
struct ChatWriter {
  private let request: ModelRequest
  private let tokens: [String]
  private let finishReason: String

  /// Cuts the answer at the request's token limit.
  init(_ request: ModelRequest, tokens: [String]) {
    self.request = request
    self.tokens = Array(tokens.prefix(request.maxTokens))
    finishReason = tokens.count > request.maxTokens ? "length" : "stop"
  }

  var reply: ScriptedReply {
    guard request.streams else { return .json(JSONText.of(whole)) }
    let pieces = tokens.enumerated().map { chunk(["content": $0.element], logprobs: [$0.element]) }
    var last = chunk([:])
    last["choices"] = [
      ["index": 0, "delta": [String: Any](), "finish_reason": finishReason] as [String: Any]
    ]
    var count = chunk([:])
    count["choices"] = [Any]()
    count["usage"] = usage
    let events = (pieces + [last, count]).map { "data: " + JSONText.of($0) + "\n\n" }
    return .stream(events + ["data: [DONE]\n\n"])
  }

  private var whole: [String: Any] {
    var choice: [String: Any] = [
      "index": 0, "finish_reason": finishReason,
      "message": ["role": "assistant", "content": tokens.joined()],
    ]
    if request.wantsLogprobs { choice["logprobs"] = logprobs(tokens) }
    return [
      "id": "chatcmpl-0", "object": "chat.completion", "created": 0, "model": request.model,
      "choices": [choice],
      "usage": usage,
    ]
  }

  private func chunk(_ delta: [String: Any], logprobs shown: [String] = []) -> [String: Any] {
    var choice: [String: Any] = ["index": 0, "delta": delta, "finish_reason": NSNull()]
    if request.wantsLogprobs { choice["logprobs"] = logprobs(shown) }
    return [
      "id": "chatcmpl-0", "object": "chat.completion.chunk", "created": 0, "model": request.model,
      "choices": [choice], "usage": NSNull(),
    ]
  }

  private func logprobs(_ tokens: [String]) -> [String: Any] {
    let entries: [[String: Any]] = tokens.map {
      ["token": $0, "logprob": -0.5, "bytes": $0.utf8.map { Int($0) }, "top_logprobs": [Any]()]
    }
    return ["content": entries]
  }

  private var usage: [String: Any] {
    [
      "prompt_tokens": request.promptTokens, "completion_tokens": tokens.count,
      "total_tokens": request.promptTokens + tokens.count, "prompt_tokens_details": ["cached_tokens": 0],
      "completion_tokens_details": NSNull(),
    ]
  }
}

enum JSONText {
  /// Keys sorted.
  static func of(_ value: Any) -> String {
    let data = try? JSONSerialization.data(
      withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}
