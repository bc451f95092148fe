import Recording
import RoutingCore
import Testing

/// How live runs are compared with what a trace predicts.
@Suite("Fidelity")
struct FidelityTests {
  private static let id = "k=1,boot=none,layers=2,selector=static:c>a,aggregator=first"

  /// A recorded query whose answers read two cached tokens each, and the outcome of a run that repeats it.
  private func repeated() async throws -> (LiveConfig, QueryRecord, Policy, SchemeOutcome) {
    let config = Setup.config([Setup.grid()])
    let store = MemoryStore()
    _ = try await Setup.recorder(config, FakeModel(), store).record(Setup.queries(1))
    var query = await store.records(Setup.queries(1))[0]
    for index in query.calls.indices where query.calls[index].role == .response {
      query.calls[index].cachedInputTokens = 2
    }
    let policy = try Policy(id: Self.id, aggregator: "recorded", selector: "recorded")
    guard case .scheme(let scheme) = policy else { throw SchemeGap.onlyOffline(Self.id) }
    let runner = SchemeRunner(scheme, header: config.header, drafting: .cuts, seed: config.seed)
    return (config, query, policy, try await runner.run(query, from: RecordedCalls(query)))
  }

  @Test("A run that repeats the trace differs by nothing, cached tokens included")
  func same() async throws {
    let (config, query, policy, outcome) = try await repeated()
    var fidelity = Fidelity()
    try await fidelity.add(outcome, of: policy, recorded: query, header: config.header)
    #expect(fidelity.queries == 1)
    #expect(fidelity.tokens.live == fidelity.tokens.predicted && fidelity.tokens.count == 1)
    #expect(fidelity.texts[.response] == Fidelity.Texts(same: 1, compared: 1))
    let answer = try #require(query.calls.first { $0.role == .response && $0.model == "c" })
    let tokens = try #require(fidelity.stages[.completion])
    #expect(tokens.predictedInput == Int64(try #require(answer.inputTokens)))
    #expect(tokens.liveInput == tokens.predictedInput && tokens.liveOutput == tokens.predictedOutput)
  }

  @Test("Live minus predicted tokens are averaged with 1.96 standard errors, and other words counted")
  func different() async throws {
    let (config, query, policy, outcome) = try await repeated()
    var fidelity = Fidelity()
    for extra: Int32 in [5, -1] {
      var live = outcome
      let tokens = try #require(live.stages[0].calls[0].outputTokens)
      live.stages[0].calls[0].outputTokens = tokens + extra
      live.stages[0].calls[0].text = "other words"
      try await fidelity.add(live, of: policy, recorded: query, header: config.header)
    }
    #expect(zip(fidelity.tokens.live, fidelity.tokens.predicted).map { $0 - $1 } == [5, -1])
    // Mean 2; variance (3² + 3²) / 1, of the mean 9.
    let difference = try #require(fidelity.tokens.difference)
    #expect(difference.mean == 2)
    #expect(abs(difference.low - (2 - 1.96 * 3)) < 1e-12 && abs(difference.high - (2 + 1.96 * 3)) < 1e-12)
    #expect(fidelity.texts[.response] == Fidelity.Texts(same: 0, compared: 2))
  }

  @Test("What the trace does not predict is listed with the reason")
  func unpredicted() async throws {
    let (config, query, policy, outcome) = try await repeated()
    var bare = query
    bare.calls = []
    var fidelity = Fidelity()
    try await fidelity.add(outcome, of: policy, recorded: bare, header: config.header)
    #expect(fidelity.queries == 0 && fidelity.tokens.count == 0)
    #expect(fidelity.unpredicted.map(\.query) == [query.query])
    #expect(fidelity.unpredicted[0].reason.contains("c"))
  }
  @Test("So is a query that nobody ever merged, which by itself is a trace without an aggregator")
  func unmerged() async throws {
    let (config, query, _, outcome) = try await repeated()
    var unmerged = query
    unmerged.calls.removeAll { $0.role == .merge || $0.role == .ranking }
    let policy = try Policy(id: "k=2,boot=3,layers=2,selector=recorded,aggregator=recorded")
    var fidelity = Fidelity()
    try await fidelity.add(outcome, of: policy, recorded: unmerged, header: config.header)
    #expect(fidelity.queries == 0)
    #expect(fidelity.unpredicted.map(\.query) == [query.query])
    #expect(fidelity.unpredicted[0].reason.contains("recorded"))
  }
}
