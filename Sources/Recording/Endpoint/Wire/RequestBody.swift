import RoutingCore

/// The JSON body of a chat request, keys sorted.
package struct RequestBody {
  private let request: ChatRequest
  private let settings: EndpointSettings

  package init(of request: ChatRequest, to settings: EndpointSettings) {
    self.request = request
    self.settings = settings
  }

  /// Throws `unusable` or `cannotContinue` when the endpoint cannot be asked this.
  package func text() throws(EndpointError.Cause) -> String {
    try check()
    var members = try setMembers()
    try Self.merge(settings.extra, into: &members)
    try Self.merge(request.extra, into: &members)
    return WireJSON.object(members).text
  }

  /// Keys that decide what a call is or what it is billed for: `extra` cannot set them.
  private static let reserved: Set = [
    "model", "messages", "n", "stream", "stream_options", "max_tokens", "max_completion_tokens",
    "continue_final_message", "add_generation_prompt",
  ]

  private func check() throws(EndpointError.Cause) {
    if request.model.isEmpty { throw .unusable("the request names no model") }
    guard let last = request.messages.last else { throw .unusable("the request has no messages") }
    if let limit = request.maxTokens, limit < 1 {
      throw .unusable("found a limit of \(limit) tokens; expected at least 1")
    }
    guard request.continuesLastMessage else { return }
    if settings.continuation == .none { throw .cannotContinue }
    if last.role != .assistant || last.content.isEmpty {
      throw .unusable("only a last message of the assistant that is not empty can be continued")
    }
  }

  private func setMembers() throws(EndpointError.Cause) -> [String: WireJSON] {
    var members: [String: WireJSON] = ["model": .string(request.model), "messages": messages]
    if let limit = request.maxTokens { members[settings.tokenLimit.rawValue] = .integer(limit) }
    members["temperature"] = try Self.decimal(request.temperature, "temperature")
    members["top_p"] = try Self.decimal(request.topP, "top_p")
    members["seed"] = request.seed.map { .integer($0) }
    if !request.stop.isEmpty { members["stop"] = .array(request.stop.map { .string($0) }) }
    if request.logprobs {
      members["logprobs"] = .bool(true)
      // llama.cpp reads none as 20 and 0 as no log probabilities at all.
      members["top_logprobs"] = .integer(1)
    }
    if request.stream {
      members["stream"] = .bool(true)
      members["stream_options"] = .object(["include_usage": .bool(true)])
    }
    if request.continuesLastMessage, settings.continuation == .continueFinalMessage {
      members["continue_final_message"] = .bool(true)
      members["add_generation_prompt"] = .bool(false)
    }
    return members
  }

  private var messages: WireJSON {
    var messages = request.messages.map { message in
      ["role": WireJSON.string(message.role.rawValue), "content": .string(message.content)]
    }
    if request.continuesLastMessage, settings.continuation == .prefix {
      messages[messages.count - 1]["prefix"] = .bool(true)
    }
    return .array(messages.map { .object($0) })
  }

  private static func decimal(_ value: Double?, _ name: String) throws(EndpointError.Cause) -> WireJSON? {
    guard let value else { return nil }
    guard let number = WireJSON.decimal(value) else {
      throw .unusable("found '\(value)' as \(name); expected a finite number")
    }
    return number
  }

  private static func merge(
    _ extra: RawJSON?, into members: inout [String: WireJSON]
  ) throws(EndpointError.Cause) {
    guard let extra else { return }
    for (name, value) in try object(extra).sorted(by: { $0.key < $1.key }) {
      guard members[name] == nil || members[name] == value else {
        throw .unusable("'extra' sets '\(name)' to another value than the request does; remove one of them")
      }
      members[name] = value
    }
  }

  /// The members of an `extra` object; throws `unusable` when it is none or sets a reserved key.
  static func object(_ extra: RawJSON) throws(EndpointError.Cause) -> [String: WireJSON] {
    guard case .object(let members)? = WireJSON(extra.text) else {
      throw .unusable("'extra' is not a JSON object")
    }
    if let name = members.keys.filter(reserved.contains).min() {
      throw .unusable("'extra' cannot set '\(name)'; it has a setting of its own or decides what is billed")
    }
    return members
  }
}
