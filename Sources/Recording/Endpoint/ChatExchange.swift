import Foundation
import RoutingCore

/// Reads the reply to one request from its transfer.
struct ChatExchange {
  /// The longest reply read, in bytes.
  static let sizeLimit = 64 << 20

  let request: ChatRequest
  let settings: EndpointSettings
  let clock: any EndpointClock

  /// The whole reply, or why there is none. `sentAt` is the clock's moment of sending.
  func reply(from events: HTTPClient.Events, sentAt: Int64) async -> Result<ChatReply, CallFailure> {
    var reader = ReplyReader(sentAt: sentAt, deadlineSeconds: settings.deadlineSeconds)
    do {
      for try await event in events {
        try reader.take(event)
        // The rest is read aside, so that the connection can serve again.
        if reader.isDone {
          Task { for try await _ in events {} }
          break
        }
      }
      return .success(try reader.reply(to: request))
    } catch {
      let cause =
        Task.isCancelled ? .cancelled : error as? EndpointError.Cause ?? .broken("\(type(of: error))")
      let redactor = Redactor(key: settings.apiKey, messages: request.messages)
      let advice = reader.head.map { RetryAdvice($0, unixSeconds: clock.unixSeconds) } ?? RetryAdvice()
      return .failure(CallFailure(cause: cause.redacted(by: redactor), advice: advice))
    }
  }
}

/// The state of one reply: its head, and what its kind of body has brought so far.
struct ReplyReader {
  private(set) var head: HTTPHead?
  private let sentAt: Int64
  private let deadlineSeconds: Double
  private var assembler: ReplyAssembler
  private var events = EventStream()
  private var body: [UInt8] = []
  private var size = 0
  private var lastMoment: Int64

  init(sentAt: Int64, deadlineSeconds: Double) {
    self.sentAt = sentAt
    self.deadlineSeconds = deadlineSeconds
    assembler = ReplyAssembler(sentAt: sentAt)
    lastMoment = sentAt
  }

  /// Nothing that follows matters.
  var isDone: Bool { isStream && assembler.isDone }

  mutating func take(_ event: HTTPClient.Event) throws(EndpointError.Cause) {
    switch event {
    case .head(let head): self.head = head
    case .bytes(let bytes, let moment):
      lastMoment = moment
      size += bytes.count
      if size > ChatExchange.sizeLimit { throw .unreadable("it is longer than 64 MiB") }
      if Double(moment - sentAt) > deadlineSeconds * 1e6 { throw .tooSlow(seconds: deadlineSeconds) }
      guard isStream else { return body.append(contentsOf: bytes) }
      for data in events.events(completedBy: bytes) { try assembler.take(event: data, at: moment) }
    }
  }

  /// The reply after the last byte.
  mutating func reply(to request: ChatRequest) throws(EndpointError.Cause) -> ChatReply {
    guard let head else { throw .broken("no reply") }
    guard (200..<300).contains(head.status) else {
      throw .refused(status: head.status, ServerFault(body: body))
    }
    if isStream {
      try finishStream()
    } else {
      try assembler.take(document: body, at: lastMoment)
    }
    return assembler.reply(
      isStreamed: isStream, continuing: request.continuesLastMessage ? request.messages.last?.content : nil)
  }

  private var isStream: Bool {
    guard let head, (200..<300).contains(head.status) else { return false }
    return head["content-type"]?.lowercased().hasPrefix("text/event-stream") ?? false
  }

  private mutating func finishStream() throws(EndpointError.Cause) {
    // Half an event is no more than a cut.
    if let rest = events.rest(), WireJSON(rest) != nil || rest.elementsEqual("[DONE]".utf8) {
      try assembler.take(event: rest, at: lastMoment)
    }
    guard assembler.isComplete else { throw .cutStream }
  }
}

extension EndpointError.Cause {
  /// The same cause, what a server or library said masked, and named as what it means.
  func redacted(by redactor: Redactor) -> EndpointError.Cause {
    func masked(_ text: String) -> String { redactor.masked(text, limit: 300) ?? "" }
    switch self {
    case .refused(let status, let fault) where fault.saysContextTooLong:
      return .contextTooLong(status: status, fault.redacted(by: redactor))
    case .refused(let status, let fault): return .refused(status: status, fault.redacted(by: redactor))
    case .unreachable(let why): return .unreachable(masked(why))
    case .broken(let why): return .broken(masked(why))
    case .unreadable(let what): return .unreadable(masked(what))
    default: return self
    }
  }
}
