package import RoutingCore

/// Makes the calls of the scheme at their endpoints.
package struct LiveCalls: Sendable {
  let config: LiveConfig
  /// By endpoint name.
  let clients: [String: any ChatClient]

  package init(config: LiveConfig, clients: [String: any ChatClient]) {
    self.config = config
    self.clients = clients
  }

  /// The call as it is to be recorded; one that the endpoint refused for good carries its error.
  ///
  /// - Throws: `EndpointError` where nothing can be recorded: the endpoint is out of reach, rejects the key,
  ///   or stayed unavailable.
  package func make(_ call: SchemeCall, for query: QueryRecord) async throws -> CallRecord {
    if call.role != .ranking { return try await record(call, for: query).record }
    var first = try await record(call, for: query)
    guard first.record.error == nil, first.record.order == .unparsable else { return first.record }
    // Once more with the candidates in the opposite order; both attempts are paid for.
    var again = call
    again.shown.reverse()
    let second = try await record(again, for: query)
    guard second.record.error == nil else { return first.record }
    first = (Self.joined(first.record, second.record), second.isRepaired)
    return first.record
  }

  /// Two attempts as one call: the second's content, the use of both.
  private static func joined(_ first: CallRecord, _ second: CallRecord) -> CallRecord {
    func sum(_ left: Int32?, _ right: Int32?) -> Int32? {
      guard let left, let right else { return left ?? right }
      return left + right
    }
    var call = second
    call.inputTokens = sum(first.inputTokens, second.inputTokens)
    call.cachedInputTokens = sum(first.cachedInputTokens, second.cachedInputTokens)
    call.outputTokens = sum(first.outputTokens, second.outputTokens)
    call.reasoningTokens = sum(first.reasoningTokens, second.reasoningTokens)
    if first.tokenSource == .estimated { call.tokenSource = .estimated }
    // A first token after a failed attempt is not the first token of the call.
    call.timeToFirstToken = nil
    call.duration = first.duration.flatMap { first in
      second.duration.flatMap { Microseconds(count: Int128(first.count + $0.count)) }
    }
    if call.timeToFirstToken == nil, let duration = call.duration { call.timeToFirstToken = duration }
    // Token ends belong to one text; the joined output counts two.
    call.tokenEnds = nil
    call.extra = RawJSON(text: #"{"lightreplay.attempts":2}"#)
    return call
  }

  private func record(
    _ call: SchemeCall, for query: QueryRecord
  ) async throws -> (record: CallRecord, isRepaired: Bool) {
    let (model, limit, extra) = try player(of: call)
    guard let client = clients[model.endpoint] else {
      throw SchemeGap.unknownTool(kind: "endpoint", name: model.endpoint, known: clients.keys.sorted())
    }
    var record = CallRecord(role: call.role)
    record.model = model.name
    record.tool = call.tool
    record.sample = call.sample
    record.layer = call.layer
    record.members = call.members
    record.bootBudget = call.bootBudget
    if call.role == .ranking { record.shown = call.shown.map(\.candidate) }
    let request = try request(call, for: query, model: model, limit: limit, extra: extra)
    do {
      let reply = try await client.send(request)
      let isRepaired = fill(&record, from: reply, request, call)
      return (record, isRepaired)
    } catch let error as EndpointError where error.isAboutRequest {
      record.error = error.json
      return (record, false)
    }
  }

  /// Who would make the call, about how many input tokens it has, and how many output tokens at most.
  func mostTokens(_ call: SchemeCall, for query: QueryRecord) throws -> (
    model: String, input: Int32, output: Int32
  ) {
    let (model, limit, extra) = try player(of: call)
    let request = try request(call, for: query, model: model, limit: limit, extra: extra)
    let bytes = request.messages.reduce(0) { $0 + $1.content.utf8.count }
    return (model.name, TokenEstimator.tokens(bytes: bytes), limit)
  }

  /// Who makes the call, with at most how many output tokens.
  private func player(of call: SchemeCall) throws -> (LiveModel, Int32, RawJSON?) {
    switch call.role {
    case .ranking: return try toolPlayer(config.selectors, call.tool, "selector")
    case .merge: return try toolPlayer(config.aggregators, call.tool, "aggregator")
    case .response, .boot, .continuation, .refinement:
      guard let model = config.model(named: call.model ?? "") else {
        throw SchemeGap.unknownTool(kind: "model", name: call.model ?? "", known: config.models.map(\.name))
      }
      var limit = model.maxTokens
      if case .tokens(let budget) = call.bootBudget ?? .full {
        if call.role == .boot { limit = min(limit, budget) }
        if call.role == .continuation { limit = max(1, limit - budget) }
      }
      return (model, limit, nil)
    }
  }

  private func toolPlayer(
    _ tools: [LiveTool], _ name: String?, _ kind: String
  ) throws -> (LiveModel, Int32, RawJSON?) {
    guard let tool = tools.first(where: { $0.name == name }), let model = config.model(named: tool.model)
    else {
      throw SchemeGap.unknownTool(kind: kind, name: name ?? "", known: tools.map(\.name))
    }
    return (model, tool.maxTokens ?? model.maxTokens, tool.extra)
  }
}
