import Foundation

/// One connection: reads requests, plays replies.
struct HTTPConnection {
  let socket: Socket
  private var buffer: [UInt8] = []

  init(socket: Socket) { self.socket = socket }

  /// The next request; `nil` when the client has hung up.
  mutating func request() -> ReceivedRequest? {
    let blank = Array("\r\n\r\n".utf8)
    var end = buffer.firstRange(of: blank)
    while end == nil {
      guard fill() else { return nil }
      end = buffer.firstRange(of: blank)
    }
    guard let end else { return nil }
    let lines = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    buffer.removeSubrange(..<end.upperBound)
    if headers["expect"] != nil { _ = socket.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    while buffer.count < length { guard fill() else { return nil } }
    let opening = lines.first?.split(separator: " ") ?? []
    guard opening.count == 3 else { return nil }
    defer { buffer.removeSubrange(..<length) }
    return ReceivedRequest(
      method: String(opening[0]), path: String(opening[1]), headers: headers,
      body: Array(buffer[..<length]))
  }

  private mutating func fill() -> Bool {
    let bytes = socket.received()
    buffer += bytes
    return !bytes.isEmpty
  }

  /// Plays a reply; afterwards the connection can serve again only if the outcome is `served` and the framing
  /// says where the body ended.
  func play(_ reply: ScriptedReply) -> ServedOutcome {
    guard reply.framing == .raw || socket.send(head(of: reply)) else { return .abandoned }
    for step in reply.steps {
      switch step {
      case .send(let bytes): guard socket.send(framed(bytes, reply.framing)) else { return .abandoned }
      case .pause(let milliseconds): Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      case .wait(let barrier): barrier.arrive()
      case .cut: return .cut
      case .reset:
        socket.reset()
        return .cut
      case .silence:
        while !socket.received().isEmpty {}
        return .abandoned
      }
    }
    guard reply.framing == .chunked else { return .served }
    return socket.send(Array("0\r\n\r\n".utf8)) ? .served : .abandoned
  }

  private func head(of reply: ScriptedReply) -> [UInt8] {
    var text = "HTTP/1.1 \(reply.status) Scripted\r\n"
    for header in reply.headers { text += "\(header.name): \(header.value)\r\n" }
    switch reply.framing {
    case .length:
      let length = reply.steps.reduce(0) { if case .send(let bytes) = $1 { $0 + bytes.count } else { $0 } }
      let isAnnounced = reply.headers.contains { $0.name.lowercased() == "content-length" }
      if !isAnnounced { text += "Content-Length: \(length)\r\n" }
    case .chunked: text += "Transfer-Encoding: chunked\r\n"
    case .close, .raw: text += "Connection: close\r\n"
    }
    return Array((text + "\r\n").utf8)
  }

  private func framed(_ bytes: [UInt8], _ framing: ScriptedReply.Framing) -> [UInt8] {
    guard framing == .chunked else { return bytes }
    return Array((String(bytes.count, radix: 16) + "\r\n").utf8) + bytes + Array("\r\n".utf8)
  }
}
