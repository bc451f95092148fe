import Foundation
import Recording
import ScriptedServer
import Testing

#if canImport(FoundationNetworking)
  // Reads the log by its address.
  import FoundationNetworking
#endif

@Suite struct ModelServerTests {
  private func endpoint(_ server: LoopbackServer) throws -> Endpoint {
    var settings = EndpointSettings(name: "model", baseURL: server.baseURL)
    settings.continuation = .prefill
    return try Endpoint(settings: settings, clock: JumpClock())
  }

  private func request(_ text: String, limit: Int? = nil, stream: Bool = false) -> ChatRequest {
    var request = ChatRequest(model: "m", messages: [ChatMessage(.user, text)], maxTokens: limit)
    request.temperature = 0
    request.logprobs = true
    request.stream = stream
    return request
  }

  @Test("Streamed or whole, the same request has the same answer, with exact token ends")
  func sameAnswer() async throws {
    let server = try ModelServer().server
    defer { server.stop() }
    let endpoint = try endpoint(server)
    for number in 0..<10 {
      let whole = try await endpoint.send(request("question \(number)"))
      let streamed = try await endpoint.send(request("question \(number)", stream: true))
      #expect(whole.text == streamed.text)
      #expect(whole.tokenEnds == streamed.tokenEnds)
      #expect(whole.tokenEnds?.count == whole.outputTokens.map(Int.init))
      #expect(streamed.outputTokens == whole.outputTokens)
      #expect(whole.finishReason == "stop")
    }
  }

  @Test("At a smaller limit the text is a prefix, and continued it is the whole")
  func prefixes() async throws {
    let server = try ModelServer().server
    defer { server.stop() }
    let endpoint = try endpoint(server)
    let whole = try await endpoint.send(request("how many?"))
    let ends = try #require(whole.tokenEnds)
    for limit in [1, 3, ends.count] {
      let start = try await endpoint.send(request("how many?", limit: limit))
      #expect(start.outputTokens == Int32(limit))
      #expect(start.finishReason == (limit < ends.count ? "length" : "stop"))
      #expect(Array(start.text.utf8) == Array(whole.text.utf8.prefix(Int(ends[limit - 1]))))
      var rest = request("how many?", stream: true)
      rest.messages.append(ChatMessage(.assistant, start.text))
      rest.continuesLastMessage = true
      #expect(start.text + (try await endpoint.send(rest).text) == whole.text)
    }
  }

  @Test("Asked for a list of names, it writes all of them once, in an order of its own")
  func rankings() async throws {
    let server = try ModelServer().server
    defer { server.stop() }
    let endpoint = try endpoint(server)
    var orders: Set<String> = []
    for number in 0..<20 {
      let text = try await endpoint.send(
        request("\(number): LLM1 said a. LLM2 said b. LLM3 said c. Answer with a list like [LLM2, LLM1].")
      ).text
      #expect(text.matches(of: /LLM[0-9]/).map { String($0.output) }.sorted() == ["LLM1", "LLM2", "LLM3"])
      orders.insert(text)
    }
    #expect(orders.count == 6)
  }

  @Test("With faults every answer still arrives, and the log shows each request served once")
  func faults() async throws {
    var options = ModelServer.Options()
    options.faultPercent = 50
    let server = try ModelServer(options).server
    defer { server.stop() }
    let endpoint = try endpoint(server)
    var attempts = 0
    for number in 0..<40 {
      attempts += try await endpoint.send(request("question \(number)", stream: true)).attempts
    }
    #expect(attempts > 50)
    #expect(server.log.count == attempts)
    let address = try #require(
      URL(string: server.baseURL)?.deletingLastPathComponent().appendingPathComponent("requests"))
    let log = try #require(
      try JSONSerialization.jsonObject(with: try await URLSession.shared.data(from: address).0)
        as? [[String: Any]])
    #expect(log.count == attempts)
    #expect(log.allSatisfy { $0["model"] as? String == "m" })
  }
}
