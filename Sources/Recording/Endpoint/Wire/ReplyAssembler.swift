import RoutingCore

/// Puts a reply together from its parts: the chunks of a stream, or one whole document.
///
/// Moments are microseconds of an `EndpointClock`.
package struct ReplyAssembler {
  private let sentAt: Int64
  private var text = ""
  private var boundaries = TokenBoundaries()
  /// As last reported.
  private var usage: WireJSON?
  private var timings: WireJSON?
  private var finishReason: String?
  private var resolvedModel: String?
  private var hasReasoning = false
  private var firstTextAt: Int64?
  private var lastPartAt: Int64
  /// `[DONE]` was seen.
  package private(set) var isDone = false

  package init(sentAt: Int64) {
    self.sentAt = sentAt
    lastPartAt = sentAt
  }

  /// Whether the answer has ended, if not the stream: what follows is usage at most.
  package var isComplete: Bool { isDone || finishReason != nil }

  /// Takes the data of an event.
  package mutating func take(event data: [UInt8], at moment: Int64) throws(EndpointError.Cause) {
    if isDone { return }
    lastPartAt = moment
    if data.elementsEqual("[DONE]".utf8) {
      isDone = true
      return
    }
    guard let document = WireJSON(data), case .object = document else {
      throw .unreadable("an event of the stream is not a JSON object")
    }
    try takeCommon(document)
    guard let choice = Self.firstChoice(document) else { return }
    take(choice, content: choice["delta"] ?? choice["message"], at: moment)
  }

  /// Takes a reply that was not streamed.
  package mutating func take(document data: [UInt8], at moment: Int64) throws(EndpointError.Cause) {
    lastPartAt = moment
    guard let document = WireJSON(data), case .object = document else {
      throw .unreadable("the body is not a JSON object")
    }
    try takeCommon(document)
    guard let choice = Self.firstChoice(document), let message = choice["message"] else {
      throw .unreadable("it has no 'choices' with a 'message'")
    }
    take(choice, content: message, at: moment)
    isDone = true
  }

  /// The reply. `prefix` is the text that it continues, which some servers repeat.
  package func reply(isStreamed: Bool, continuing prefix: String?) -> ChatReply {
    let text = withoutEcho(of: prefix)
    let usage = ReportedUsage(usage: usage, timings: timings, hasText: !text.isEmpty)
    var reply = ChatReply(text: text)
    reply.finishReason = finishReason
    reply.inputTokens = usage.input
    reply.cachedInputTokens = usage.cached
    reply.outputTokens = usage.output
    reply.reasoningTokens = usage.reasoning
    reply.hasImplausibleUsage = usage.isImplausible
    reply.tokenEnds = boundaries.ends(in: text)
    reply.duration = Microseconds(count: Int128(lastPartAt - sentAt))
    if isStreamed {
      reply.timeToFirstToken = Microseconds(count: Int128((firstTextAt ?? lastPartAt) - sentAt))
    }
    reply.resolvedModel = resolvedModel
    reply.hidesReasoning = hasReasoning || usage.reasoning ?? 0 > 0
    return reply
  }

  private mutating func takeCommon(_ document: WireJSON) throws(EndpointError.Cause) {
    if let error = document["error"] { throw .refused(status: 200, ServerFault(error)) }
    resolvedModel = document["model"]?.string ?? resolvedModel
    usage = document["usage"] ?? usage
    timings = document["timings"] ?? timings
  }

  private mutating func take(_ choice: WireJSON, content: WireJSON?, at moment: Int64) {
    if let reason = choice["finish_reason"]?.string { finishReason = reason }
    if let entries = choice["logprobs"]?["content"]?.array { boundaries.append(entries) }
    let thoughts = content?["reasoning_content"] ?? content?["reasoning"]
    if thoughts?.string?.isEmpty == false { hasReasoning = true }
    let part =
      Self.text(of: content?["content"], hasReasoning: &hasReasoning) ?? content?["refusal"]?.string ?? ""
    guard !part.isEmpty else { return }
    text += part
    firstTextAt = firstTextAt ?? moment
  }

  /// The choice with index 0: only one is asked for.
  private static func firstChoice(_ document: WireJSON) -> WireJSON? {
    document["choices"]?.array?.first { $0["index"]?.integer ?? 0 == 0 }
  }

  /// A string, or the texts among parts such as `{"type":"text","text":"…"}`.
  private static func text(of content: WireJSON?, hasReasoning: inout Bool) -> String? {
    guard let parts = content?.array else { return content?.string }
    if parts.contains(where: { $0["type"]?.string == "thinking" }) { hasReasoning = true }
    return parts.compactMap { $0["type"]?.string == "text" ? $0["text"]?.string : nil }.joined()
  }

  /// llama.cpp repeats the prefix unless it streams, others do or do not. Where tokens are known, they tell; else a
  /// repeated prefix of 8 bytes or more is taken for an echo.
  private func withoutEcho(of prefix: String?) -> String {
    guard let prefix, text.utf8.starts(with: prefix.utf8) else { return text }
    let rest = String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    if boundaries.ends(in: text) != nil { return text }
    return boundaries.ends(in: rest) != nil || prefix.utf8.count >= 8 ? rest : text
  }
}
