import RoutingCore

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
