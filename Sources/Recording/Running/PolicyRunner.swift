package import RoutingCore

/// Runs a policy live: the LightRouter scheme as a gateway would carry it out.
package struct PolicyRunner: Sendable {
  private let calls: LiveCalls
  private let store: (any CallStore)?
  private let answer: (@Sendable (QueryRecord, String) -> String?)?

  /// - Parameters:
  ///   - store: keeps every call; `nil` keeps none.
  ///   - answer: reads an answer out of a text, for votes.
  package init(
    calls: LiveCalls, store: (any CallStore)? = nil,
    answer: (@Sendable (QueryRecord, String) -> String?)? = nil
  ) {
    self.calls = calls
    self.store = store
    self.answer = answer
  }

  /// - Throws: `SchemeGap`, `EndpointError`.
  package func run(_ policy: Policy, on query: QueryRecord) async throws -> SchemeOutcome {
    let (scheme, header) = try Self.scheme(of: policy, in: calls.config.header)
    let restarting = Set(
      calls.config.models.filter { model in
        calls.config.endpoints.first { $0.name == model.endpoint }?.continuation == PrefixContinuation.none
      }.map(\.name))
    // A stream goes on by itself, so its prefix is a cut of what comes anyway.
    let drafting: SchemeRunner.Drafting =
      scheme.continuation == .stream ? .cuts : .calls(restarting: restarting)
    let runner = SchemeRunner(
      scheme, header: header, drafting: drafting, seed: calls.config.seed, answer: answer)
    let outcome = try await runner.run(query, from: LiveSource(query, calls: calls, store: store))
    if scheme.continuation == .stream { return StreamBooking(boot: scheme.boot).booked(outcome) }
    guard case .single = policy else { return outcome }
    // The tokens of a baseline's candidates are booked under boot (Scheme.md, "Baselines and bounds").
    var booked = outcome
    for index in booked.stages.indices where booked.stages[index].stage == .completion {
      booked.stages[index].stage = .boot
    }
    return booked
  }

  /// A baseline as the scheme that does the same.
  static func scheme(of policy: Policy, in header: TraceHeader) throws -> (SchemePolicy, TraceHeader) {
    switch policy {
    case .scheme(let scheme): return (scheme, header)
    case .single(let name):
      var narrowed = header
      narrowed.pool = [name]
      narrowed.models = header.models.map { model in
        var bare = model
        bare.skills = []
        return bare
      }
      return (
        SchemePolicy(
          k: KSchedule(constant: 1), boot: .none, layers: 2, selector: "static:\(name)",
          aggregator: AggregatorRegistry.first),
        narrowed
      )
    case .moa(let aggregator):
      return (.moa(aggregator: aggregator, poolCount: header.pool.count), header)
    case .blender(let selector): return (.blender(selector: selector), header)
    case .oracle: throw SchemeGap.onlyOffline("\(policy)")
    }
  }
}
