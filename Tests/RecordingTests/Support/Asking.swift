import Recording
import ScriptedServer

/// A server that plays replies, an endpoint that asks it, and the clock between them.
struct Asking {
  static let secret = "sk-very-secret-0123456789abcdef"
  static let prompt = "My grandmother's maiden name is Featherstonehaugh."

  let server: LoopbackServer
  let endpoint: Endpoint
  let clock = JumpClock()

  init(
    _ server: LoopbackServer, configure: (inout EndpointSettings) -> Void = { _ in }
  ) throws {
    self.server = server
    var settings = EndpointSettings(name: "loop", baseURL: server.baseURL)
    settings.apiKey = APIKey(variable: "KEY", of: ["KEY": Self.secret])
    settings.timeoutSeconds = 60
    configure(&settings)
    endpoint = try Endpoint(settings: settings, seed: 7, clock: clock)
  }

  init(
    _ replies: ScriptedReply..., configure: (inout EndpointSettings) -> Void = { _ in }
  ) throws {
    try self.init(LoopbackServer { replies[min($0.number, replies.count - 1)] }, configure: configure)
  }

  static func request(stream: Bool = false) -> ChatRequest {
    var request = ChatRequest(model: "m", messages: [ChatMessage(.user, prompt)], maxTokens: 50)
    request.stream = stream
    return request
  }

  /// Asks once and stops the server.
  func reply(stream: Bool = false) async throws -> ChatReply {
    defer { server.stop() }
    return try await endpoint.send(Self.request(stream: stream))
  }

  /// Why asking once fails.
  func failure(stream: Bool = false) async throws -> EndpointError? {
    do {
      _ = try await reply(stream: stream)
      return nil
    } catch let error as EndpointError {
      return error
    }
  }
}

extension ScriptedReply {
  static let usage = #"{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}"#

  /// A whole completion.
  static func answer(_ text: String = "It is 42.", usage: String = Self.usage) -> ScriptedReply {
    .json(
      #"{"model":"m-1","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"\#(text)"}}],"usage":\#(usage)}"#
    )
  }

  /// The pieces of a streamed completion of `It is 42.`
  static let pieces = [
    #"data: {"model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null}"#
      + "\n\n",
    #"data: {"model":"m-1","choices":[{"index":0,"delta":{"content":"It is"}}],"usage":null}"# + "\n\n",
    #"data: {"model":"m-1","choices":[{"index":0,"delta":{"content":" 42."}}],"usage":null}"# + "\n\n",
    #"data: {"model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}"# + "\n\n",
    #"data: {"model":"m-1","choices":[],"usage":\#(usage)}"# + "\n\n", "data: [DONE]\n\n",
  ]

  static func refusal(_ status: Int, _ error: String, headers: [(name: String, value: String)] = [])
    -> ScriptedReply
  {
    .json(#"{"error":\#(error)}"#, status: status, headers: headers)
  }
}
