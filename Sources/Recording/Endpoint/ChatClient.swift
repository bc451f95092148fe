/// Sends requests to one endpoint and keeps to its limits.
package protocol ChatClient: Sendable {
  /// - Throws: `EndpointError`.
  func send(_ request: ChatRequest) async throws -> ChatReply
}

extension Endpoint: ChatClient {}
