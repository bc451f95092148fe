package import RoutingCore

/// Sends requests to one endpoint and keeps to its limits.
package protocol ChatClient: Sendable {
  /// - Throws: `EndpointError`.
  func send(_ request: ChatRequest) async throws -> ChatReply
}

extension Endpoint: ChatClient {}

extension EndpointSettings {
  /// Of a configured endpoint.
  ///
  /// - Parameter environment: where keys are looked up.
  /// - Throws: `EndpointError` where the variable that should hold the key is not set.
  package init(_ config: EndpointConfig, environment: [String: String]) throws(EndpointError) {
    self.init(name: config.name, baseURL: config.url)
    if let variable = config.keyVariable {
      guard let key = APIKey(variable: variable, of: environment) else {
        throw EndpointError(
          endpoint: config.name, attempts: 0,
          cause: .unusable("the environment variable '\(variable)' that should hold its key is not set"))
      }
      apiKey = key
    }
    tokenLimit = TokenLimitParameter(rawValue: config.maxTokensParameter) ?? .maxTokens
    continuation = ContinuationStyle(rawValue: config.continuation.rawValue) ?? .none
    concurrency = config.concurrency
    requestsPerMinute = config.requestsPerMinute
    tokensPerMinute = config.tokensPerMinute
    timeoutSeconds = Double(config.timeoutSeconds)
    retries = config.retries
    extra = config.extra
  }
}

extension EndpointError {
  /// Whether the request itself is refused, so that asking again in the same words would not help, while others may
  /// well succeed. Such a call is recorded as failed.
  var isAboutRequest: Bool {
    switch cause {
    case .contextTooLong: true
    case .refused(let status, _): !isRetryable && [200, 400, 413, 422].contains(status)
    default: false
    }
  }
}

extension WireJSON {
  /// Objects as one; later entries replace earlier ones of the same key.
  static func merged(_ objects: [RawJSON?]) -> RawJSON? {
    var members: [String: WireJSON] = [:]
    for object in objects.compactMap({ $0 }) {
      guard case .object(let more) = WireJSON(object.text) else { continue }
      members.merge(more) { _, new in new }
    }
    return members.isEmpty ? nil : WireJSON.object(members).raw
  }
}

extension ChatMessage {
  /// The messages of a conversation as a trace holds them: `[{"role": …, "content": …}, …]`.
  ///
  /// - Throws: `EndpointError` where it is something else, such as content in parts.
  static func list(_ json: RawJSON) throws(EndpointError) -> [ChatMessage] {
    guard let elements = WireJSON(json.text)?.array else { throw unreadable }
    var messages: [ChatMessage] = []
    for element in elements {
      guard let role = element["role"]?.string.flatMap(Role.init), let content = element["content"]?.string
      else {
        throw unreadable
      }
      messages.append(ChatMessage(role, content))
    }
    return messages
  }

  private static var unreadable: EndpointError {
    EndpointError(
      endpoint: "messages", attempts: 0,
      cause: .unusable("a query's messages are not a list of system, user and assistant texts"))
  }
}
