package import RoutingCore

/// An endpoint's whole answer. `nil` means that the endpoint did not say, never 0.
package struct ChatReply: Sendable, Equatable {
  /// What was written; of a continued answer only what is new.
  package var text: String
  package var finishReason: String?

  // MARK: Usage, as reported
  package var inputTokens: Int32?
  /// The part of `inputTokens` that the endpoint took from its cache.
  package var cachedInputTokens: Int32?
  package var outputTokens: Int32?
  /// The part of `outputTokens` spent on reasoning.
  package var reasoningTokens: Int32?
  /// The endpoint reported usage that cannot be true, such as a negative count; it was left out.
  package var hasImplausibleUsage = false
  /// UTF-8 byte offsets in `text` at which its tokens end, increasing; only where the bytes of the reported tokens
  /// are the text.
  package var tokenEnds: [Int32]?

  // MARK: Time, of the last attempt, limits and waits left out
  /// From sending to the first part of the text; to the end where the text is empty. `nil` unless streamed.
  package var timeToFirstToken: Microseconds?
  /// From sending to the end of the reply.
  package var duration: Microseconds?

  // MARK: Origin
  /// The model that answered, in the endpoint's words.
  package var resolvedModel: String?
  /// How many times the call was sent, this one included.
  package var attempts = 1
  /// The model reasoned out of sight: a cut of `text` is not what a boot would have shown.
  package var hidesReasoning = false

  package init(text: String) { self.text = text }

  /// `reported` only where both counts are; otherwise the caller has to estimate.
  package var tokenSource: TokenSource? {
    inputTokens != nil && outputTokens != nil ? .reported : nil
  }
}
