import Recording
import ScriptedServer
import Testing

@Suite struct EndpointFaultTests {
  /// Faults that pass: the script of the first attempt, whether streamed, and the cause named after the last.
  static let passing: [(name: String, script: ScriptedReply, stream: Bool, type: String)] = [
    ("429", .refusal(429, #"{"message":"slow down","code":"rate_limit_exceeded"}"#), false, "rate_limited"),
    ("408", .refusal(408, "null"), false, "refused"),
    ("409", .refusal(409, "null"), true, "refused"),
    ("500", .refusal(500, #"{"message":"oops","type":"server_error","code":null}"#), false, "refused"),
    ("503", .json("<html>unavailable</html>", status: 503), true, "refused"),
    ("a stream cut between events", .stream([ScriptedReply.pieces[1]], end: [.cut]), true, "broken"),
    ("a stream reset", .stream([ScriptedReply.pieces[1]], end: [.reset]), true, "broken"),
    (
      "a stream cut after its last text", .stream(Array(ScriptedReply.pieces[..<4]), end: [.cut]), true,
      "broken"
    ),
    ("a stream that ends without its end", .stream(Array(ScriptedReply.pieces[..<3])), true, "cut_stream"),
    ("a stream that ends inside an event", .stream(["data: {\"choices\":[{\"del"]), true, "cut_stream"),
    ("an empty stream", .stream([]), true, "cut_stream"),
    ("a stream of garbage", .stream(["data: }{\n\n"]), true, "unreadable"),
    ("garbage", .json("{\"choices\": garb"), false, "unreadable"),
    ("an empty body", .json(""), false, "unreadable"),
    ("a body without choices", .json("{\"choices\":[]}"), false, "unreadable"),
    ("an error inside a reply", .refusal(200, #"{"message":"overloaded","code":502}"#), false, "refused"),
    (
      "an error inside a stream",
      .stream([ScriptedReply.pieces[1], "data: {\"error\":{\"message\":\"overloaded\"}}\n\n"]), true,
      "refused"
    ),
    ("a reply cut before its length", Self.short, false, "broken"),
    ("no HTTP", Self.raw("nonsense\r\n\r\n"), false, "unreadable"),
    ("a closed connection", Self.raw(""), false, "broken"),
  ]

  private static let short: ScriptedReply = {
    var reply = ScriptedReply.json("{\"choices\":")
    reply.headers.append(("Content-Length", "500"))
    reply.steps.append(.cut)
    return reply
  }()

  private static func raw(_ text: String) -> ScriptedReply {
    var reply = ScriptedReply(steps: [.send(Array(text.utf8)), .cut])
    reply.framing = .raw
    return reply
  }

  @Test("A fault that may pass is asked again, once, and nothing of it stays", arguments: passing.indices)
  func asksAgain(index: Int) async throws {
    let fault = Self.passing[index]
    let good = fault.stream ? ScriptedReply.stream(ScriptedReply.pieces) : .answer()
    let asking = try Asking(fault.script, good)
    let reply = try await asking.reply(stream: fault.stream)
    #expect(reply.text == "It is 42.", "\(fault.name)")
    #expect(reply.attempts == 2, "\(fault.name)")
    #expect(asking.server.log.count == 2, "\(fault.name)")
    #expect(asking.clock.sleeps.count == 1, "\(fault.name)")
  }

  @Test("A fault that stays is reported after the last retry, by its cause", arguments: passing.indices)
  func givesUp(index: Int) async throws {
    let fault = Self.passing[index]
    let asking = try Asking(fault.script) { $0.retries = 2 }
    let error = try #require(await asking.failure(stream: fault.stream))
    #expect(error.cause.type == fault.type, "\(fault.name): \(error)")
    #expect(error.isRetryable, "\(fault.name)")
    #expect(error.attempts == 3, "\(fault.name)")
    #expect(asking.server.log.count == 3, "\(fault.name)")
  }

  @Test(
    "A refusal that no wait changes is reported at once",
    arguments: [
      (400, #"{"message":"bad role","type":"invalid_request_error","param":null,"code":null}"#),
      (401, #"{"message":"no key","code":"invalid_api_key"}"#), (404, #"{"message":"no model","code":404}"#),
      (429, #"{"message":"no money","type":"insufficient_quota","code":"insufficient_quota"}"#),
      (307, #"{"message":"moved"}"#), (200, #"{"message":"bad role","code":400}"#),
    ])
  func refused(status: Int, error: String) async throws {
    let asking = try Asking(.refusal(status, error))
    let failure = try #require(await asking.failure())
    #expect(!failure.isRetryable)
    #expect(failure.attempts == 1)
    #expect(asking.server.log.count == 1)
    #expect(asking.clock.sleeps == [])
  }

  @Test(
    "Error bodies are read in every form servers use",
    arguments: [
      (
        #"{"error":{"message":"no","type":"t","code":"c"}}"#, ServerFault(message: "no", type: "t", code: "c")
      ),
      (
        #"{"error":{"message":"no","type":"t","param":null,"code":400}}"#,
        ServerFault(message: "no", type: "t", code: "400")
      ),
      (
        #"{"object":"error","message":"no","type":"t","code":40001}"#,
        ServerFault(message: "no", type: "t", code: "40001")
      ),
      (#"{"error":"no"}"#, ServerFault(message: "no")), (#"{"detail":"no"}"#, ServerFault(message: "no")),
      (#"{"detail":[{"msg":"no"}]}"#, ServerFault(message: #"[{"msg":"no"}]"#)),
      ("no\n such  thing", ServerFault(message: "no such thing")), ("<html>no</html>", ServerFault()),
      ("", ServerFault()),
      (#"{"error":{"message":null,"code":null}}"#, ServerFault()),
    ])
  func errorBodies(body: String, fault: ServerFault) async throws {
    let failure = try await Asking(.json(body, status: 400)).failure()
    #expect(failure?.cause == .refused(status: 400, fault))
  }

  @Test(
    "A prompt too long for the model is a cause of its own",
    arguments: [
      #"{"message":"too long","code":"context_length_exceeded"}"#,
      #"{"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","code":400}"#,
      #"{"message":"This model's maximum context length is 4096 tokens.","code":400}"#,
    ])
  func contextTooLong(error: String) async throws {
    let failure = try #require(await Asking(.refusal(400, error)).failure())
    #expect(failure.cause.type == "context_too_long")
    #expect(!failure.isRetryable)
  }

  @Test("A server that never answers is given up after the timeout", arguments: [false, true])
  func silence(afterHead: Bool) async throws {
    var script = ScriptedReply.stream(afterHead ? [ScriptedReply.pieces[1]] : [], end: [.silence])
    if !afterHead { script.framing = .raw }
    let asking = try Asking(script) { settings in
      settings.timeoutSeconds = 0.02
      settings.retries = 1
    }
    let failure = try #require(await asking.failure(stream: true))
    #expect(failure.cause == .silent(seconds: 0.02))
    #expect(failure.attempts == 2)
    #expect(asking.server.log.count == 2)
  }

  @Test("Nobody at the address")
  func unreachable() async throws {
    let asking = try Asking(.answer()) { settings in
      settings.baseURL = "http://127.0.0.1:1/v1"
      settings.retries = 1
    }
    let failure = try #require(await asking.failure())
    #expect(failure.cause.type == "unreachable")
    #expect(failure.attempts == 2)
  }

  @Test("A server that asks for a password is answered like any refusal")
  func passwordAsked() async throws {
    let script = ScriptedReply.refusal(
      401, #"{"message":"who?"}"#, headers: [("WWW-Authenticate", "Basic realm=x")])
    #expect(try await Asking(script).failure()?.cause == .refused(status: 401, ServerFault(message: "who?")))
  }

  @Test("A redirect is not followed: the key stays where it was meant for")
  func redirect() async throws {
    let other = try LoopbackServer(.answer())
    defer { other.stop() }
    let script = ScriptedReply.json(
      "{}", status: 307, headers: [("Location", other.baseURL + "/chat/completions")])
    let failure = try #require(await Asking(script).failure())
    #expect(failure.cause.type == "refused")
    #expect(other.log.isEmpty)
  }

  @Test("A call past its deadline ends, however much the server sends")
  func deadline() async throws {
    // The clock jumps past the deadline while the first attempt waits for its next byte.
    let barrier = Barrier()
    let asking = try Asking(
      .stream([ScriptedReply.pieces[1]], end: [.wait(barrier), .send(Array(": still here\n".utf8))])
    ) {
      $0.deadlineSeconds = 5
      $0.retries = 0
    }
    let call = Task { try await asking.failure(stream: true) }
    while barrier.waiting == 0 { await Task.yield() }
    try await asking.clock.sleep(until: 6_000_000)
    barrier.open()
    #expect(try await call.value?.cause == .tooSlow(seconds: 5))
  }
}
