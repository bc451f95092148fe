import Recording
import RoutingCore
import Testing

@Suite("A recording")
struct RecorderTests {
  private static let grids: [RecordingGrid] = [
    Setup.grid(),
    Setup.grid(k: ["2", "3", "4"], layers: [1]),
    Setup.grid(layers: [3]),
    Setup.grid(k: ["4>2", "3>1"], layers: [3, 4]),
    Setup.grid(k: ["1", "2", "4"], boots: [.tokens(4)], layers: [3], schedules: [.progressive]),
    Setup.grid(k: ["4>2"], boots: [.tokens(4)], layers: [4], schedules: [.progressive]),
  ]

  @Test("Every policy of the grid that was recorded can be replayed on every query", arguments: grids.indices)
  func coversItsGrid(_ index: Int) async throws {
    let grid = Self.grids[index]
    let config = Setup.config([grid])
    let store = MemoryStore()
    let queries = Setup.queries(12)
    let summary = try await Setup.recorder(config, FakeModel(), store).record(queries)
    #expect(summary.stop == nil)
    let trace = try Trace.of(header: config.header, records: await store.records(queries)) { _ in .none }
    let policies = grid.policies.map(Policy.scheme)
    #expect(!policies.isEmpty)
    let replayer = try Replayer(
      trace: trace, policies: policies, options: ReplayOptions(prices: .tokens(for: trace)))
    let replay = await replayer.replay(trace.workloads[0], minCoverage: .standard)
    for (policy, outcomes) in zip(policies, replay.outcomes) {
      let isCovered = outcomes.gaps.allSatisfy { $0.isCovered }
      #expect(isCovered, "\(policy)")
    }
  }

  @Test("Each distinct call is made once, and a second run asks nothing")
  func asksOnce() async throws {
    let config = Setup.config([Setup.grid(layers: [2, 3])])
    let store = MemoryStore()
    let model = FakeModel()
    let queries = Setup.queries(8)
    let summary = try await Setup.recorder(config, model, store).record(queries)
    let asked = model.requests
    #expect(asked.count == summary.progress.allCalls)
    #expect(Set(asked.map { "\($0.model)\n\($0.messages.map(\.content))" }).count == asked.count)
    let again = FakeModel()
    let second = try await Setup.recorder(config, again, MemoryStore()).record(await store.records(queries))
    #expect(again.requests.isEmpty)
    #expect(second.progress.queries == 8)
  }

  @Test("What is shown to a merge depends on the set only, not on how it was ranked")
  func mergesAreOfSets() async throws {
    let config = Setup.config([Setup.grid(k: ["2"], boots: [.tokens(2), .tokens(4), .tokens(6), .full])])
    let store = MemoryStore()
    _ = try await Setup.recorder(config, FakeModel(), store).record(Setup.queries(6))
    for calls in await store.calls.values {
      let sets = calls.filter { $0.role == .merge }.map { $0.members ?? [] }
      #expect(Set(sets).count == sets.count)
    }
  }

  @Test("Rankings name who was shown where, in an order that differs from query to query")
  func showsInChangingOrder() async throws {
    let config = Setup.config([Setup.grid(k: ["2"], boots: [.tokens(3)])])
    let store = MemoryStore()
    _ = try await Setup.recorder(config, FakeModel(), store).record(Setup.queries(20))
    let shown = await store.calls.values.flatMap { $0 }.compactMap(\.shown)
    #expect(shown.count == 20)
    #expect(shown.allSatisfy { Set($0) == ["a", "b", "c", "d"] })
    #expect(Set(shown).count > 8)
  }

  @Test("A ranking nobody can read is asked once more and then recorded as a gap, both attempts paid")
  func unreadableRankings() async throws {
    let config = Setup.config([Setup.grid(k: ["2"], boots: [.tokens(3)])])
    let store = MemoryStore()
    let model = FakeModel(.mumbles)
    let summary = try await Setup.recorder(config, model, store).record(Setup.queries(1))
    let rankings = model.requests.filter { $0.messages[0].content.contains("square brackets") }
    #expect(rankings.count == 2)
    #expect(summary.progress.unreadableRankings == 1)
    let ranking = try #require(await store.calls["q0"]?.first { $0.role == .ranking })
    #expect(ranking.order == .unparsable)
    #expect(
      ranking.inputTokens == rankings.reduce(0) { $0 + Int32($1.messages[0].content.utf8.count / 4 + 1) })
    #expect(await store.calls["q0"]?.contains { $0.role == .merge } == false)
  }

  @Test("A refused call is recorded as failed, and the others go on")
  func refusedCalls() async throws {
    let config = Setup.config([Setup.grid(k: ["1"], boots: [.full])])
    let store = MemoryStore()
    let summary = try await Setup.recorder(config, FakeModel(.refuses("What is 2")), store).record(
      Setup.queries(4))
    #expect(summary.stop == nil)
    #expect(await store.calls["q2"]?.filter { $0.role == .response }.allSatisfy { $0.error != nil } == true)
    #expect(await store.calls["q3"]?.contains { $0.error != nil } == false)
  }

  @Test("An endpoint out of reach ends the recording; what came before is kept and not asked again")
  func endpointGone() async throws {
    let config = Setup.config([Setup.grid()])
    let store = MemoryStore()
    let queries = Setup.queries(10)
    let summary = try await Setup.recorder(config, FakeModel(.goesAway(after: 17)), store).record(queries)
    guard case .endpoint = summary.stop else {
      Issue.record("\(String(describing: summary.stop))")
      return
    }
    #expect(await store.calls.values.reduce(0) { $0 + $1.count } == 17)
    let model = FakeModel()
    let rest = try await Setup.recorder(config, model, MemoryStore()).record(await store.records(queries))
    let whole = FakeModel()
    let undisturbed = try await Setup.recorder(config, whole, MemoryStore()).record(queries)
    #expect(rest.progress.allCalls + 17 == undisturbed.progress.allCalls)
  }

  @Test("It stops before it would spend more than the limit", arguments: [0, 1000, 4000, 1_000_000])
  func spendingLimit(_ limit: Int) async throws {
    let config = Setup.config([Setup.grid()])
    let prices = Dictionary(
      uniqueKeysWithValues: config.models.map { ($0.name, ModelPrice(input: 1, output: 2)) })
    let spending = Spending(prices: prices, limit: Cost(picodollars: Int128(limit)))
    let summary = try await Setup.recorder(config, FakeModel(), MemoryStore(), spending).record(
      Setup.queries(6))
    #expect(await spending.total <= Cost(picodollars: Int128(limit)))
    #expect((summary.stop == .limit) == (limit < 1_000_000))
  }

  @Test("Every set of a size is merged where asked, whether or not a ranking reaches it")
  func everySet() async throws {
    var grid = Setup.grid(k: ["1"], boots: [.full])
    grid.everySetOf = [2]
    let store = MemoryStore()
    _ = try await Setup.recorder(Setup.config([grid]), FakeModel(), store).record(Setup.queries(2))
    let sets = await store.calls["q1"]?.filter { $0.role == .merge }.compactMap(\.members)
    #expect(
      Set(sets ?? []) == [["a", "b"], ["a", "c"], ["a", "d"], ["b", "c"], ["b", "d"], ["c", "d"]])
  }

  @Test("Samples are answers with seeds of their own")
  func samples() async throws {
    var grid = Setup.grid(k: ["1"], boots: [.full])
    grid.samples = 3
    var config = Setup.config([grid])
    for index in config.models.indices { config.models[index].seed = 7 }
    let model = FakeModel()
    let store = MemoryStore()
    _ = try await Setup.recorder(config, model, store).record(Setup.queries(1))
    #expect(await store.calls["q0"]?.filter { $0.role == .response }.count == 12)
    #expect(Set(model.requests.filter { $0.model == "a" }.compactMap(\.seed)) == [7, 8, 9])
  }
}
