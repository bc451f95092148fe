import Recording
import RoutingCore
import ScriptedServer
import Testing

@Suite struct EndpointTests {
  @Test("A whole reply gives text, usage and origin, and no time to the first token")
  func whole() async throws {
    let reply = try await Asking(.answer()).reply()
    #expect(reply.text == "It is 42.")
    #expect(reply.finishReason == "stop")
    #expect(reply.inputTokens == 12)
    #expect(reply.outputTokens == 3)
    #expect(reply.cachedInputTokens == nil)
    #expect(reply.tokenSource == .reported)
    #expect(reply.resolvedModel == "m-1")
    #expect(reply.attempts == 1)
    #expect(reply.timeToFirstToken == nil)
    #expect(reply.duration != nil)
  }

  @Test("A streamed reply gives the same and the time to the first token")
  func streamed() async throws {
    let reply = try await Asking(.stream(ScriptedReply.pieces)).reply(stream: true)
    #expect(reply.text == "It is 42.")
    #expect(reply.finishReason == "stop")
    #expect(reply.inputTokens == 12)
    #expect(reply.outputTokens == 3)
    #expect(reply.timeToFirstToken != nil)
    #expect(reply.duration != nil)
  }

  @Test("A reply asked for as a stream may come whole")
  func wholeInsteadOfStream() async throws {
    let reply = try await Asking(.answer()).reply(stream: true)
    #expect(reply.text == "It is 42.")
    #expect(reply.timeToFirstToken == nil)
  }

  @Test("Comments, CRLF, event names and data over several lines are part of the protocol")
  func eventForms() async throws {
    let reply = try await Asking(
      .stream([
        ": keep-alive\r\n\r\n", ": again\n",
        "event: message\r\nid: 1\r\ndata: {\"choices\":[{\"delta\":\r\ndata: {\"content\":\"It is 42.\"}}]}\r\n\r\n",
        "data:{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n: bye\n\ndata: [DONE]",
      ])
    ).reply(stream: true)
    #expect(reply.text == "It is 42.")
  }

  @Test("Bytes that come one by one, inside characters too, are one text")
  func singleBytes() async throws {
    let text = #"data: {"choices":[{"delta":{"content":"größer 答え 🙂"},"finish_reason":"stop"}]}"# + "\r\n\r\n"
    let pieces = (text + "data: [DONE]\r\n\r\n").utf8.map { [$0] }
    let reply = try await Asking(.stream(bytes: pieces)).reply(stream: true)
    #expect(reply.text == "größer 答え 🙂")
  }

  @Test("Slow bytes are no silence")
  func slow() async throws {
    var steps: [ScriptedReply.Step] = []
    for piece in ScriptedReply.pieces { steps += [.pause(milliseconds: 2), .send(Array(piece.utf8))] }
    var script = ScriptedReply.stream([])
    script.steps = steps
    let reply = try await Asking(script).reply(stream: true)
    #expect(reply.text == "It is 42.")
    #expect(reply.attempts == 1)
  }

  @Test("Bytes behind the end mark change nothing, and the connection serves again")
  func behindTheEnd() async throws {
    let asking = try Asking(
      .stream(ScriptedReply.pieces + ["data: {\"choices\":[{\"delta\":{\"content\":\"!\"}}]}\n\n"]))
    defer { asking.server.stop() }
    for _ in 0..<3 {
      let reply = try await asking.endpoint.send(Asking.request(stream: true))
      #expect(reply.text == "It is 42.")
      #expect(reply.attempts == 1)
    }
    #expect(asking.server.log.count == 3)
  }

  @Test("The address, the key and the body are what the protocol asks for")
  func wire() async throws {
    let asking = try Asking(.answer()) { settings in settings.baseURL += "/" }
    _ = try await asking.reply()
    let request = try #require(asking.server.log.first).request
    #expect(request.method == "POST")
    #expect(request.path == "/v1/chat/completions")
    #expect(request.headers["authorization"] == "Bearer \(Asking.secret)")
    #expect(request.headers["content-type"] == "application/json")
    #expect(
      request.bodyText
        == #"{"max_tokens":50,"messages":[{"content":"\#(Asking.prompt)","role":"user"}],"model":"m"}"#)
  }

  @Test("Without a key no authorization is sent")
  func keyless() async throws {
    let asking = try Asking(.answer()) { $0.apiKey = nil }
    _ = try await asking.reply()
    #expect(asking.server.log.first?.request.headers["authorization"] == nil)
  }

  @Test("A body of several megabytes arrives whole")
  func largeBody() async throws {
    let asking = try Asking(.answer())
    defer { asking.server.stop() }
    let text = String(repeating: "0123456789abcdef", count: 200_000)
    _ = try await asking.endpoint.send(ChatRequest(model: "m", messages: [ChatMessage(.user, text)]))
    let body = try #require(asking.server.log.first).request.body
    #expect(
      body.count == text.utf8.count + #"{"messages":[{"content":"","role":"user"}],"model":"m"}"#.utf8.count)
  }

  @Test("An implausible usage is left out and flagged")
  func implausibleUsage() async throws {
    let reply = try await Asking(
      .answer(usage: #"{"prompt_tokens":-3,"completion_tokens":"9","total_tokens":6}"#)
    ).reply()
    #expect(reply.inputTokens == nil)
    #expect(reply.outputTokens == nil)
    #expect(reply.tokenSource == nil)
    #expect(reply.hasImplausibleUsage)
  }

  @Test("A missing usage is a gap without a flag")
  func missingUsage() async throws {
    let reply = try await Asking(.answer(usage: "null")).reply()
    #expect(reply.inputTokens == nil)
    #expect(reply.tokenSource == nil)
    #expect(!reply.hasImplausibleUsage)
  }
}
