extension ServerFault {
  /// Reads an `error` member: an object with `message`, `type` and `code` (a string or a number), or a string.
  init(_ error: WireJSON) {
    self.init(
      message: error.string ?? error["message"]?.string, type: error["type"]?.string, code: Self.code(error))
  }

  /// Reads the body of a reply with an error status, in any of the forms servers use.
  init(body: [UInt8]) {
    guard let document = WireJSON(body) else {
      let text = String(decoding: body.prefix(4096), as: UTF8.self)
      // A page for people says nothing in its first words.
      self.init(message: text.drop(while: \.isWhitespace).hasPrefix("<") ? nil : text)
      return
    }
    self.init(document["error"] ?? document)
    message = message ?? document["detail"].map { $0.string ?? $0.text } ?? document["message"]?.string
  }

  var saysContextTooLong: Bool {
    if code == "context_length_exceeded" || type == "exceed_context_size_error" { return true }
    let words = message?.lowercased() ?? ""
    return ["maximum context length", "context length exceeded", "exceeds the available context size"]
      .contains { words.contains($0) }
  }

  /// Without the request's secrets and texts, on one line, at most 300 characters.
  func redacted(by redactor: Redactor) -> ServerFault {
    ServerFault(
      message: redactor.masked(message, limit: 300), type: redactor.masked(type, limit: 100),
      code: redactor.masked(code, limit: 100))
  }

  private static func code(_ error: WireJSON) -> String? {
    error["code"].flatMap { $0.string ?? $0.integer.map { String($0) } }
  }
}
