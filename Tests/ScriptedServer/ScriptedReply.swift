/// What the server does with one request.
package struct ScriptedReply: Sendable {
  package var status = 200
  package var headers: [(name: String, value: String)] = [("Content-Type", "application/json")]
  package var framing = Framing.length
  package var steps: [Step] = []

  /// How the client learns where the body ends.
  package enum Framing: Sendable {
    case length, chunked
    /// By the closed connection.
    case close
    /// No head is written: the steps are all there is.
    case raw
  }

  package enum Step: Sendable {
    /// Written at once; under `chunked` one chunk.
    case send([UInt8])
    case pause(milliseconds: Int)
    /// Until the barrier opens.
    case wait(Barrier)
    /// Closes the connection, whatever is missing.
    case cut
    /// Closes the connection with a reset.
    case reset
    /// Says nothing more until the client hangs up.
    case silence
  }

  package init(status: Int = 200, steps: [Step] = []) {
    self.status = status
    self.steps = steps
  }

  /// A JSON body.
  package static func json(
    _ body: String, status: Int = 200, headers: [(name: String, value: String)] = []
  ) -> ScriptedReply {
    var reply = ScriptedReply(status: status, steps: [.send(Array(body.utf8))])
    reply.headers += headers
    return reply
  }

  /// A chunked stream of events, one write per element.
  package static func stream(_ pieces: [String], end: [Step] = []) -> ScriptedReply {
    stream(bytes: pieces.map { Array($0.utf8) }, end: end)
  }

  package static func stream(bytes pieces: [[UInt8]], end: [Step] = []) -> ScriptedReply {
    var reply = ScriptedReply(steps: pieces.map { .send($0) } + end)
    reply.headers = [("Content-Type", "text/event-stream")]
    reply.framing = .chunked
    return reply
  }
}

/// A request as the server read it.
package struct ReceivedRequest: Sendable {
  /// 0 for the first that arrived.
  package internal(set) var number = 0
  package let method: String
  package let path: String
  /// By lowercased name.
  package let headers: [String: String]
  package let body: [UInt8]

  init(method: String, path: String, headers: [String: String], body: [UInt8]) {
    (self.method, self.path, self.headers, self.body) = (method, path, headers, body)
  }

  package var bodyText: String { String(decoding: body, as: UTF8.self) }
}

/// How a request ended.
package enum ServedOutcome: String, Sendable {
  /// Every step was done.
  case served
  /// The script closed the connection.
  case cut
  /// The client hung up first.
  case abandoned
}
