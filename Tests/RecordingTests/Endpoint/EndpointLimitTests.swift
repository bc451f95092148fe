import Foundation
import Recording
import ScriptedServer
import Testing

@Suite struct EndpointLimitTests {
  @Test(
    "300 calls are in flight at once, and every one is answered",
    .enabled(
      if: OpenFileLimit.raise(toHold: 1200), "the system allows too few open files; see ulimit -H -n"))
  func manyInFlight() async throws {
    let barrier = Barrier(size: 300)
    let server = try LoopbackServer { request in
      var reply = ScriptedReply.answer("number \(request.bodyText.filter(\.isNumber))")
      reply.steps.insert(.wait(barrier), at: 0)
      return reply
    }
    let asking = try Asking(server) { $0.concurrency = 300 }
    defer { server.stop() }
    let texts = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<300 {
        group.addTask {
          let request = ChatRequest(model: "m", messages: [ChatMessage(.user, "\(number)")])
          return try await asking.endpoint.send(request).text
        }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(texts == Set((0..<300).map { "number \($0)" }))
    #expect(server.mostInFlight == 300)
    #expect(server.log.count == 300)
  }

  @Test("No more calls are in flight than the concurrency allows", arguments: [1, 3])
  func concurrency(limit: Int) async throws {
    let asking = try Asking(.answer()) { $0.concurrency = limit }
    defer { asking.server.stop() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<30 { group.addTask { _ = try await asking.endpoint.send(Asking.request()) } }
      try await group.waitForAll()
    }
    #expect(asking.server.mostInFlight <= limit)
    #expect(asking.server.log.count == 30)
  }

  @Test("Requests per minute hold over any minute")
  func requestsPerMinute() async throws {
    let asking = try Asking(.answer()) { $0.requestsPerMinute = 10 }
    defer { asking.server.stop() }
    for _ in 0..<25 { _ = try await asking.endpoint.send(Asking.request()) }
    #expect(asking.clock.sleeps == [60_000_000, 60_000_000])
  }

  @Test("Tokens per minute count what was used, once that is known")
  func tokensPerMinute() async throws {
    // A call is expected to take 13 tokens of input and 50 of output; 15 are reported.
    let asking = try Asking(.answer()) { $0.tokensPerMinute = 100 }
    defer { asking.server.stop() }
    for _ in 0..<3 { _ = try await asking.endpoint.send(Asking.request()) }
    #expect(asking.clock.sleeps == [])
    _ = try await asking.endpoint.send(Asking.request())
    #expect(asking.clock.sleeps == [60_000_000])
  }

  @Test(
    "Retry-After is honoured in seconds, as a date and in milliseconds",
    arguments: [
      ("Retry-After", "7", 7_000_000), ("Retry-After", "0.25", 250_000),
      ("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT", 30_000_000), ("retry-after-ms", "1500", 1_500_000),
      ("Retry-After", "Sun, 06 Nov 1994 08:49:07 GMT", 0),
    ] as [(String, String, Int64)])
  func retryAfter(header: String, value: String, wait: Int64) async throws {
    let asking = try Asking(.refusal(429, "null", headers: [(header, value)]), .answer())
    let reply = try await asking.reply()
    #expect(reply.attempts == 2)
    #expect(asking.clock.now == wait)
  }

  @Test("A server that wants to be left alone for longer than ten minutes is not asked again")
  func longRetryAfter() async throws {
    let asking = try Asking(.refusal(429, "null", headers: [("Retry-After", "3600")]))
    #expect(try await asking.failure()?.attempts == 1)
  }

  @Test("What the server says about retrying overrides the status")
  func shouldRetry() async throws {
    let never = try Asking(.refusal(500, "null", headers: [("x-should-retry", "false")]))
    #expect(try await never.failure()?.attempts == 1)
    let again = try Asking(.refusal(400, "null", headers: [("x-should-retry", "true")]), .answer())
    #expect(try await again.reply().attempts == 2)
  }

  @Test("Too many requests halve the calls in flight")
  func halving() async throws {
    let asking = try Asking(.refusal(429, "null"), .answer()) { $0.concurrency = 8 }
    _ = try await asking.reply()
    // Halved to 4, and a quarter gained back by the call that went well.
    #expect(await asking.endpoint.load == EndpointLoad(inFlight: 0, waiting: 0, concurrency: 4))
  }

  @Test("Cancelling a call ends its transfer")
  func cancelTransfer() async throws {
    let asking = try Asking(.stream([ScriptedReply.pieces[1]], end: [.silence]))
    defer { asking.server.stop() }
    let call = Task { try await asking.endpoint.send(Asking.request(stream: true)) }
    while asking.server.log.isEmpty { await Task.yield() }
    call.cancel()
    await #expect(throws: EndpointError(endpoint: "loop", attempts: 1, cause: .cancelled)) {
      try await call.value
    }
    // The server sees the client hang up.
    while asking.server.log.first?.outcome == nil { await Task.yield() }
    #expect(asking.server.log.map(\.outcome) == [.abandoned])
    #expect(await asking.endpoint.load.inFlight == 0)
  }

  @Test("Cancelling a call that waits for its turn leaves the others their order")
  func cancelWaiting() async throws {
    let barrier = Barrier()
    let server = try LoopbackServer { _ in
      var reply = ScriptedReply.answer()
      reply.steps.insert(.wait(barrier), at: 0)
      return reply
    }
    let asking = try Asking(server) { $0.concurrency = 1 }
    defer { server.stop() }
    let first = Task { try await asking.endpoint.send(Asking.request()) }
    while barrier.waiting == 0 { await Task.yield() }
    let second = Task { try await asking.endpoint.send(Asking.request()) }
    while await asking.endpoint.load.waiting < 1 { await Task.yield() }
    let third = Task { try await asking.endpoint.send(Asking.request()) }
    while await asking.endpoint.load.waiting < 2 { await Task.yield() }
    second.cancel()
    await #expect(throws: EndpointError(endpoint: "loop", attempts: 0, cause: .cancelled)) {
      try await second.value
    }
    barrier.open()
    #expect(try await first.value.text == "It is 42.")
    #expect(try await third.value.text == "It is 42.")
    #expect(server.log.count == 2)
  }
}
