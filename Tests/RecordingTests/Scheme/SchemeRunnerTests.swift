import Recording
import RoutingCore
import Testing

@Suite("A policy carried out")
struct SchemeRunnerTests {
  /// A query recorded over the whole grid, as a source of calls.
  private func recorded() async throws -> (LiveConfig, QueryRecord) {
    let config = Setup.config([Setup.grid(layers: [2, 3])])
    let store = MemoryStore()
    let queries = Setup.queries(1)
    _ = try await Setup.recorder(config, FakeModel(), store).record(queries)
    return (config, await store.records(queries)[0])
  }

  private func run(_ id: String, _ config: LiveConfig, _ query: QueryRecord) async throws -> SchemeOutcome {
    guard case .scheme(let policy) = try Policy(id: id, aggregator: "recorded", selector: "recorded") else {
      throw SchemeGap.onlyOffline(id)
    }
    let runner = SchemeRunner(policy, header: config.header, drafting: .cuts, seed: config.seed)
    return try await runner.run(query, from: RecordedCalls(query))
  }

  @Test("From a trace it takes the ranking's first k and gives their merge")
  func fromTrace() async throws {
    let (config, query) = try await recorded()
    let outcome = try await run("k=2,boot=3,layers=2,selector=recorded,aggregator=recorded", config, query)
    let ranking = try #require(query.calls.first { $0.role == .ranking && $0.bootBudget == .tokens(3) })
    guard case .order(let order) = ranking.order else { return }
    #expect(outcome.chosen == Array(order.prefix(2)))
    let merge = query.calls.first {
      $0.role == .merge && $0.layer == 2 && Set($0.members ?? []) == Set(order.prefix(2))
    }
    #expect(outcome.answer == merge?.text)
    #expect(outcome.stages.map(\.stage) == [.boot, .selection, .completion, .merge])
  }

  @Test("A fixed order starts only the chosen candidate and gives its answer")
  func fixedOrder() async throws {
    let (config, query) = try await recorded()
    let outcome = try await run("k=1,boot=none,layers=2,selector=static:c>a,aggregator=first", config, query)
    #expect(outcome.chosen == ["c"])
    #expect(outcome.answer == query.calls.first { $0.role == .response && $0.model == "c" }?.text)
    #expect(outcome.stages.map(\.stage) == [.completion])
  }

  @Test("The offline selectors choose as the replay does", arguments: ["consensus", "length"])
  func offlineSelectors(_ selector: String) async throws {
    let (config, query) = try await recorded()
    let id = "k=1,boot=3,layers=2,selector=\(selector),aggregator=first"
    let outcome = try await run(id, config, query)
    var trace = try Trace.of(header: config.header, records: [query]) { _ in .none }
    if selector == "consensus" {
      var similarities = SimilarityColumns()
      similarities.prefixes[3] =
        trace.prefixSimilarities(rows: 0..<1, cuts: [3]) { _, candidate in
          query.calls.first { $0.role == .response && $0.model == config.pool[candidate] }.map {
            CuttableText($0.text ?? "", tokenEnds: $0.tokenEnds, outputTokens: $0.outputTokens ?? -1)
          }
        }[0]
      trace = trace.adding(similarities)
    }
    var column = RankingColumn(rows: 1, poolCount: 4)
    try SelectorRegistry.selector(selector, for: trace).rank(
      RankingScope(
        trace: trace, rows: 0..<1, layer: 1, cut: 3, members: [CandidateSet([0, 1, 2, 3])],
        outputs: .responses),
      into: &column)
    #expect(outcome.chosen == [config.pool[Int(column.orders[0])]])
  }

  @Test(
    "An adaptive policy takes the k that the agreement of what is written so far says, as the replay does",
    arguments: [BootBudget.tokens(3), .full], ["recorded", "consensus", "length"])
  func adaptive(boot: BootBudget, selector: String) async throws {
    var grid = Setup.grid(layers: [2])
    grid.everySetOf = [2]
    let config = Setup.config([grid])
    let store = MemoryStore()
    let queries = Setup.queries(12)
    _ = try await Setup.recorder(config, FakeModel(), store).record(queries)
    var taken: Set<Int> = []
    for query in await store.records(queries) {
      let trace = try Trace.of(header: config.header, records: [query]) { _ in .none }
      var similarities = SimilarityColumns()
      similarities.prefixes[boot.cut] =
        trace.prefixSimilarities(rows: 0..<1, cuts: [boot.cut]) { _, candidate in
          query.calls.first { $0.role == .response && $0.model == config.pool[candidate] }.map {
            CuttableText($0.text ?? "", tokenEnds: $0.tokenEnds, outputTokens: $0.outputTokens ?? -1)
          }
        }[0]
      let whole = trace.adding(similarities)
      for threshold in ["0.05", "0.1", "0.2"] {
        let id = "k=1|2@agreement:\(threshold),boot=\(boot),layers=2,selector=\(selector),aggregator=first"
        let outcome = try await run(id, config, query)
        let replayer = try Replayer(
          trace: whole, policies: [try Policy(id: id)], options: ReplayOptions(prices: .tokens(for: whole)))
        let replayed = await replayer.replay(whole.workloads[0]).outcomes[0]
        #expect(replayed.gaps[0] == .covered)
        #expect(outcome.chosen.count == (replayed.stopped?.first == true ? 1 : 2))
        taken.insert(outcome.chosen.count)
      }
    }
    #expect(taken == [1, 2])
  }

  @Test(
    "Every selector runs live, or says that only a replay can rank by it",
    arguments: SelectorRegistry.entries.map(\.name))
  func everySelector(name: String) async throws {
    let (config, query) = try await recorded()
    let selector = name == "static" ? "static:b" : name
    let boot = SelectorRegistry.needsPrefixes(selector) ? "3" : "none"
    let id = "k=1,boot=\(boot),layers=2,selector=\(selector),aggregator=first"
    if SelectorRegistry.runsLive(selector) {
      #expect(try await run(id, config, query).chosen.count == 1)
    } else {
      await #expect(throws: SchemeGap.onlyOffline(selector)) { try await run(id, config, query) }
    }
  }

  @Test(
    "Every aggregator runs live, or says that only a replay can merge by it",
    arguments: AggregatorRegistry.entries.map(\.name))
  func everyAggregator(name: String) async throws {
    let (config, query) = try await recorded()
    let id = "k=2,boot=3,layers=2,selector=recorded,aggregator=\(name)"
    if AggregatorRegistry.isBound(name) {
      await #expect(throws: SchemeGap.onlyOffline(name)) { try await run(id, config, query) }
    } else {
      #expect(try await !run(id, config, query).answer.isEmpty)
    }
  }

  @Test("A margin needs a ranking with scores, and a quantile the training queries")
  func adaptiveRefused() async throws {
    let (config, query) = try await recorded()
    await #expect(throws: SchemeGap.noRankingScores) {
      try await run("k=1|2@margin:0.5,boot=3,layers=2,selector=recorded,aggregator=recorded", config, query)
    }
    await #expect(throws: SchemeGap.onlyOffline("1|2@agreement:q0.5")) {
      try await run(
        "k=1|2@agreement:q0.5,boot=3,layers=2,selector=recorded,aggregator=recorded", config, query)
    }
    var scored = query
    for index in scored.calls.indices where scored.calls[index].role == .ranking {
      scored.calls[index].scores = [900_000, 400_000, 0, 0]
    }
    for (threshold, count) in [("0.5", 1), ("0.500001", 2)] {
      let id = "k=1|2@margin:\(threshold),boot=3,layers=2,selector=recorded,aggregator=recorded"
      #expect(try await run(id, config, scored).chosen.count == count)
    }
  }

  @Test("What only a replay can know is refused in words")
  func onlyOffline() async throws {
    let (config, query) = try await recorded()
    await #expect(throws: SchemeGap.onlyOffline("oracle")) {
      try await run("k=1,boot=3,layers=2,selector=oracle,aggregator=first", config, query)
    }
  }

  @Test("A missing call is named by its role")
  func missingCall() async throws {
    let (config, query) = try await recorded()
    await #expect(throws: SchemeGap.notRecorded(.ranking)) {
      try await run("k=2,boot=5,layers=2,selector=recorded,aggregator=recorded", config, query)
    }
  }
}
