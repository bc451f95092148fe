import Recording
import ScriptedServer
import Testing

@Suite struct SecrecyTests {
  /// Errors in which a server repeats what it was sent.
  static let echoes = [
    (400, "bad prompt: \(Asking.prompt)"), (500, "request was {'content': '\(Asking.prompt.prefix(40))'"),
    (401, "Incorrect API key provided: \(Asking.secret)."), (403, "key \(Asking.secret.prefix(12))***"),
    (400, "Authorization: Bearer \(Asking.secret)"),
  ]

  @Test("Neither key nor prompt is in an error, its JSON or its dump", arguments: echoes)
  func masked(status: Int, message: String) async throws {
    let body = WireJSON.object(["error": .object(["message": .string(message), "code": .string(message)])])
    let asking = try Asking(.json(body.text, status: status)) { $0.retries = 1 }
    let error = try #require(await asking.failure())
    var texts = ["\(error)", String(reflecting: error), error.json.text]
    dump(error, to: &texts[0])
    for text in texts {
      #expect(!text.contains("very-sec"), "\(text)")
      #expect(!text.contains("Featherstone"), "\(text)")
      #expect(!text.contains("grandmother's maiden"), "\(text)")
      #expect(text.contains("…"), "\(text)")
    }
  }

  @Test("Garbage and cut replies say nothing of what they hold", arguments: [false, true])
  func garbage(stream: Bool) async throws {
    let script: ScriptedReply =
      stream ? .stream(["data: \(Asking.prompt)\(Asking.secret)\n\n"]) : .json(Asking.prompt + Asking.secret)
    let error = try #require(await Asking(script, configure: { $0.retries = 0 }).failure(stream: stream))
    #expect(!"\(error) \(error.json.text)".contains("Featherstone"))
    #expect(!"\(error) \(error.json.text)".contains("secret"))
  }

  @Test("Settings print without the key")
  func settings() throws {
    let asking = try Asking(.answer())
    defer { asking.server.stop() }
    var text = "\(asking.endpoint.settings) \(asking.endpoint)"
    dump(asking.endpoint, to: &text)
    #expect(!text.contains("very-secret"))
  }
}
