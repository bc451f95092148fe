import RoutingCore

extension LiveCalls {
  /// What is sent for a call.
  func request(
    _ call: SchemeCall, for query: QueryRecord, model: LiveModel, limit: Int32, extra: RawJSON?
  ) throws -> ChatRequest {
    var request = ChatRequest(model: model.remoteName, messages: try messages(call, for: query, model: model))
    request.maxTokens = Int(limit)
    request.temperature = model.temperature.flatMap(Double.init)
    request.topP = model.topP.flatMap(Double.init)
    request.seed = model.seed.map { $0 &+ Int64(call.sample) }
    request.stream = model.stream
    request.logprobs = model.logprobs && call.role != .ranking
    request.continuesLastMessage = call.role == .continuation
    request.extra = WireJSON.merged([model.extra, extra])
    return request
  }

  private func messages(
    _ call: SchemeCall, for query: QueryRecord, model: LiveModel
  ) throws -> [ChatMessage] {
    let system = model.system.map { [ChatMessage(.system, $0)] } ?? []
    switch call.role {
    case .response, .boot: return try system + asked(query)
    case .continuation:
      return try system + asked(query) + [ChatMessage(.assistant, call.context ?? "")]
    case .ranking, .merge:
      let tools = call.role == .ranking ? config.selectors : config.aggregators
      guard let tool = tools.first(where: { $0.name == call.tool }) else { return system }
      let names = call.shown.indices.map(RankingReader.name)
      let answers = zip(names, call.shown).map { "\($0):\n\($1.text)" }.joined(separator: "\n\n")
      return try [
        ChatMessage(
          .user,
          tool.prompt.filled([
            .query: question(query), .answers: answers, .names: names.joined(separator: ", "),
          ]))
      ]
    case .refinement:
      return try system + [
        ChatMessage(
          .user,
          config.refinementPrompt.filled([.query: question(query), .merge: call.context ?? ""]))
      ]
    }
  }

  private func asked(_ query: QueryRecord) throws -> [ChatMessage] {
    if let messages = query.messages { return try ChatMessage.list(messages) }
    return [ChatMessage(.user, query.prompt ?? "")]
  }

  /// The query as other models are shown it: the prompt, or a conversation with its roles.
  private func question(_ query: QueryRecord) throws -> String {
    guard let messages = query.messages else { return query.prompt ?? "" }
    let list = try ChatMessage.list(messages)
    if list.count == 1 { return list[0].content }
    return list.map { "\($0.role.rawValue): \($0.content)" }.joined(separator: "\n\n")
  }

  /// Takes over what the endpoint answered; returns whether a ranking had to be mended.
  func fill(
    _ record: inout CallRecord, from reply: ChatReply, _ request: ChatRequest, _ call: SchemeCall
  ) -> Bool {
    record.text = reply.text
    record.finishReason = reply.finishReason
    record.inputTokens = reply.inputTokens
    record.cachedInputTokens = reply.cachedInputTokens
    record.outputTokens = reply.outputTokens
    record.reasoningTokens = reply.reasoningTokens
    record.timeToFirstToken = reply.timeToFirstToken
    record.duration = reply.duration
    record.tokenEnds = reply.tokenEnds
    record.tokenSource = .reported
    if record.inputTokens == nil {
      let bytes = request.messages.reduce(0) { $0 + $1.content.utf8.count }
      record.inputTokens = TokenEstimator.tokens(bytes: bytes)
      record.tokenSource = .estimated
    }
    if record.outputTokens == nil {
      record.outputTokens =
        reply.tokenEnds.map { Int32($0.count) } ?? TokenEstimator.tokens(bytes: reply.text.utf8.count)
      record.tokenSource = .estimated
    }
    guard call.role == .ranking else { return false }
    let reading = RankingReader.read(reply.text, count: call.shown.count)
    record.order = reading.order.map { .order($0.map { call.shown[$0].candidate }) } ?? .unparsable
    record.tokenEnds = nil
    if case .repaired(_, let repairs) = reading {
      let list = repairs.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
      record.extra = RawJSON(text: "{\"lightreplay.repaired\":[\(list)]}")
      return true
    }
    return false
  }
}
