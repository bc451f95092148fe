import Foundation
package import RoutingCore

/// How an endpoint is reached and what it bears.
package struct EndpointSettings: Sendable {
  /// The name people gave it; it opens every error.
  package var name: String
  /// What comes before `/chat/completions`, such as `https://api.openai.com/v1`.
  package var baseURL: String
  package var apiKey: APIKey?
  package var tokenLimit = TokenLimitParameter.maxTokens
  package var continuation = ContinuationStyle.none
  /// Calls in flight at once, at least 1; halved when the endpoint says "too many", and slowly restored.
  package var concurrency = EndpointConfig.usualConcurrency
  /// Calls begun in any 60 seconds.
  package var requestsPerMinute: Int?
  /// Input and output tokens of the calls begun in any 60 seconds.
  package var tokensPerMinute: Int?
  /// The longest silence, from sending to the first byte and between bytes.
  package var timeoutSeconds = Double(EndpointConfig.usualTimeoutSeconds)
  /// The longest a call may take, however much the endpoint sends.
  package var deadlineSeconds = 3600.0
  /// How often a failed call is sent again.
  package var retries = EndpointConfig.usualRetries
  /// An object merged into the body of every call.
  package var extra: RawJSON?

  package init(name: String, baseURL: String) {
    self.name = name
    self.baseURL = baseURL
  }
}

/// The key that limits the length of an answer.
package enum TokenLimitParameter: String, Sendable, CaseIterable {
  /// The older name, which most servers take.
  case maxTokens = "max_tokens"
  /// OpenAI's name; reasoning tokens count.
  case maxCompletionTokens = "max_completion_tokens"
}

/// How an endpoint is told to write on from the last message.
package enum ContinuationStyle: String, Sendable, CaseIterable {
  /// It cannot.
  case none
  /// `"prefix":true` in the last message (DeepSeek, Mistral).
  case prefix
  /// `"continue_final_message":true,"add_generation_prompt":false` (vLLM, SGLang, TGI).
  case continueFinalMessage = "continue_final_message"
  /// A last message of the assistant is enough (llama.cpp, LMDeploy).
  case prefill
}
