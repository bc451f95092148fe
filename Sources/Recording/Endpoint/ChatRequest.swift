package import RoutingCore

/// One message of a conversation.
package struct ChatMessage: Sendable, Hashable {
  package enum Role: String, Sendable, CaseIterable {
    case system, user, assistant
  }

  package var role: Role
  package var content: String

  package init(_ role: Role, _ content: String) {
    self.role = role
    self.content = content
  }
}

/// What is asked of an endpoint: one answer to one conversation.
package struct ChatRequest: Sendable, Equatable {
  /// The endpoint's name of the model.
  package var model: String
  package var messages: [ChatMessage]
  /// The most tokens to write; sent under the name the endpoint takes (`EndpointSettings.tokenLimit`).
  package var maxTokens: Int?
  /// Finite.
  package var temperature: Double?
  /// Finite.
  package var topP: Double?
  package var seed: Int64?
  package var stop: [String] = []
  /// Whether the last message is the start of an answer, to be written on.
  package var continuesLastMessage = false
  /// Whether to ask for token log probabilities, whose bytes give exact token ends.
  package var logprobs = false
  /// Whether to stream, which gives the time to the first token.
  package var stream = false
  /// An object merged into the body, such as `{"cache_prompt":false}`. It may not repeat what is set above.
  package var extra: RawJSON?

  package init(model: String, messages: [ChatMessage], maxTokens: Int? = nil) {
    self.model = model
    self.messages = messages
    self.maxTokens = maxTokens
  }
}
