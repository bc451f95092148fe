import Recording
import RoutingCore
import Testing

/// Policies carried out live, against what was recorded of the same model.
@Suite("A policy run live")
struct PolicyRunnerTests {
  @Test(
    "It asks each call once, and is booked stage by stage as predicted",
    arguments: [
      ("k=1,boot=3,layers=2,selector=recorded,aggregator=recorded,continuation=stream", 5),
      ("k=2,boot=3,layers=2,selector=recorded,aggregator=recorded,continuation=stream", 6),
      ("k=1,boot=full,layers=2,selector=recorded,aggregator=recorded", 5), ("single:b", 1), ("moa", 5),
      ("k=1,boot=none,layers=2,selector=static:c>a,aggregator=first", 1),
    ])
  func booked(_ id: String, _ requests: Int) async throws {
    var grid = Setup.grid(k: ["1", "2"], boots: [.tokens(3), .full])
    grid.everySetOf = [2, 4]
    var config = Setup.config([grid])
    // A model that cannot continue a prefix is predicted to start again, which a stream need not.
    for index in config.endpoints.indices { config.endpoints[index].continuation = .prefill }
    let store = MemoryStore()
    _ = try await Setup.recorder(config, FakeModel(), store).record(Setup.queries(4))
    let policy = try Policy(id: id, aggregator: "recorded", selector: "recorded")
    var fidelity = Fidelity()
    for query in await store.records(Setup.queries(4)) {
      let model = FakeModel()
      let clients = Dictionary(uniqueKeysWithValues: config.endpoints.map { ($0.name, model) })
      let runner = PolicyRunner(calls: LiveCalls(config: config, clients: clients))
      var bare = query
      bare.calls = []
      let outcome = try await runner.run(policy, on: bare)
      #expect(model.requests.count == requests)
      try await fidelity.add(outcome, of: policy, recorded: query, header: config.header)
    }
    #expect(fidelity.queries == 4 && fidelity.unpredicted.isEmpty)
    for (stage, tokens) in fidelity.stages {
      #expect(tokens.predictedInput == tokens.liveInput, "\(stage)")
      #expect(tokens.predictedOutput == tokens.liveOutput, "\(stage)")
    }
    for (role, texts) in fidelity.texts { #expect(texts.same == texts.compared, "\(role)") }
  }
}
