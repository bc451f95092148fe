import Foundation

/// What a deterministic model reads of a chat request.
struct ModelRequest {
  struct Message {
    let role: String
    let content: String
  }

  let model: String
  let messages: [Message]
  let maxTokens: Int
  /// 0 at temperature 0, where seeds make no difference.
  let seed: Int
  let streams: Bool
  let wantsLogprobs: Bool

  /// `nil` where the body is no chat request.
  init?(_ body: [UInt8]) {
    guard let document = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
      let model = document["model"] as? String, let list = document["messages"] as? [[String: Any]],
      !list.isEmpty
    else { return nil }
    var messages: [Message] = []
    for item in list {
      guard let role = item["role"] as? String, let content = item["content"] as? String else { return nil }
      messages.append(Message(role: role, content: content))
    }
    self.model = model
    self.messages = messages
    maxTokens = document["max_tokens"] as? Int ?? document["max_completion_tokens"] as? Int ?? 4096
    seed = (document["temperature"] as? Double ?? 1) > 0 ? document["seed"] as? Int ?? 0 : 0
    streams = document["stream"] as? Bool ?? false
    wantsLogprobs = document["logprobs"] as? Bool ?? false
  }

  /// One token per four bytes of a message, rounded up, and four for its role.
  var promptTokens: Int { messages.reduce(0) { $0 + ($1.content.utf8.count + 3) / 4 + 4 } }
}
