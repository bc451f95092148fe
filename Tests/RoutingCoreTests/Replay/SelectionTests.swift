import RoutingCore
import Testing

/// Who is active and who is chosen (Scheme.md, "Active candidates").
@Suite struct SelectionTests {
  @Test("With k at least the number of candidates nothing is ranked and the order is the pool's")
  func nothingToSelect() async throws {
    let sketch = Bench.sketch.changing {
      $0.append(merge("m1 m2 m3", in: 100, out: 10, took: 2, score: 610_000))
    }
    let row = try await sketch.replay(Bench.id(k: "3"))
    // m1 1800 and m3 180 complete; m2 is short. The merge 100·20 + 10·80 = 2800.
    #expect(row.bill == Bench.bill(selection: 0, completion: 1980, merge: 2800))
    #expect(row.score == 610_000)
    // 3.0 + 4.0 + 2.0.
    #expect(row.latency == 9_000_000)
    let first = try await sketch.replay(Bench.id(k: "3", selector: "oracle", aggregator: "first"))
    #expect(first.score == 900_000)
  }

  @Test("A fixed order holds even with nothing to select")
  func staticKeepsItsOrder() async throws {
    let row = try await Bench.sketch.replay(
      Bench.id(k: "3", boot: "none", selector: "static:m3>m2", aggregator: "first"))
    #expect(row.score == 500_000)
  }

  @Test("prior falls to pool order with nothing to select, and needs no other folds")
  func priorTakesPoolOrder() async throws {
    let row = try await Bench.sketch.replay(
      Bench.id(k: "3", boot: "none", selector: "prior", aggregator: "first"))
    #expect(row.score == 900_000)
  }

  @Test("A candidate that declares skills is active only for queries that need one of them")
  func skills() async throws {
    var sketch = Bench.sketch
    sketch.header.models[1].skills = ["math", "law"]
    // Without m2 two are active: nothing to rank, boots 1250 + 160.
    let idle = try await sketch.replay(Bench.id())
    #expect(idle.bill == Bill(boot: 1410, completion: 1980, merge: 7600))
    sketch.queries[0].skills = ["law", "cooking"]
    let active = try await sketch.replay(Bench.id())
    #expect(active.bill == Bench.bill(completion: 1980))
  }

  @Test("A ranking of other members does not serve")
  func membersOfTheRanking() async throws {
    var sketch = Bench.sketch
    sketch.header.models[1].skills = ["math"]
    #expect(try await sketch.replay(Bench.id(k: "1")).gap == Gap(.noRanking, 1))
    let pair = sketch.changing { $0.append(ranking("m1 m3", boot: .tokens(20), in: 100, out: 5, took: 0.5)) }
    #expect(try await pair.replay(Bench.id(k: "1")).score == 900_000)
  }

  @Test("Omitted members are the active candidates")
  func omittedMembers() async throws {
    var sketch = Bench.sketch.changing(where: isRole(.ranking)) { $0.members = nil }
    #expect(try await sketch.replay(Bench.id()).bill == Bench.bill(completion: 1980))
    sketch.header.models[1].skills = ["math"]
    let pair = sketch.changing(where: isRole(.merge)) { $0.members = nil }
    let row = try await pair.replay(Bench.id())
    #expect(row.bill == Bill(boot: 1410, completion: 1980, merge: 7600))
  }

  @Test("An omitted layer is the role's first: 1 for a ranking, 2 for a merge, 3 for a refinement")
  func omittedLayer() async throws {
    let sketch = LayerBench.sketch.changing { calls in
      for index in calls.indices where calls[index].role != .merge || calls[index].layer == 2 {
        calls[index].layer = nil
      }
    }
    let row = try await sketch.replay(Bench.id(layers: 3))
    #expect(row.bill == Bench.bill(completion: 1980, merge: 14600, refinement: 5310))
  }

  @Test(
    "A query for which nobody is active is not covered", arguments: [Bench.id(), "moa", "blender", "oracle"])
  func nobodyActive(id: String) async throws {
    var sketch = Bench.sketch
    for index in sketch.header.models.indices { sketch.header.models[index].skills = ["math"] }
    #expect(try await sketch.replay(id).gap.kind == .noActiveCandidate)
  }

  @Test("k counts active candidates, not those that are idle")
  func kCountsActiveCandidates() async throws {
    let sketch = TraceSketch(
      models: [
        ModelDeclaration(name: "a"), ModelDeclaration(name: "b", skills: ["law"]),
        ModelDeclaration(name: "c"),
      ],
      queries: [
        query([
          response("a", in: 1, out: 1, answer: "x", score: 100_000),
          response("c", in: 1, out: 1, answer: "y", score: 300_000),
        ])
      ])
    let row = try await sketch.replay(
      Bench.id(k: "3", boot: "1", selector: "length", aggregator: "mean"), .tokens)
    #expect(row.score == 200_000)
    #expect(row.bill == Bill(boot: 4))
  }

  @Test("k above the pool is an error, not a row")
  func kAbovePool() async throws {
    let trace = try Bench.sketch.trace()
    await #expect(throws: PolicyError.kAbovePool(k: 4, pool: 3)) { try await trace.replay(Bench.id(k: "4")) }
  }

  @Test("Bare recorded needs exactly one recorded name and lists them otherwise")
  func bareRecorded() async throws {
    let two = try Bench.sketch.changing { calls in
      calls.append(ranking("m1 m2 m3", boot: .tokens(20), by: "editor", in: 1, out: 1))
      calls.append(merge("m1 m2", by: "blend", in: 1, out: 1, score: 0))
    }.trace()
    await #expect(
      throws: PolicyError.ambiguousRecorded(kind: "selector", recorded: ["editor", "judge"])
    ) { try await two.replay(Bench.id(aggregator: "first")) }
    await #expect(
      throws: PolicyError.ambiguousRecorded(kind: "aggregator", recorded: ["blend", "judge"])
    ) { try await two.replay(Bench.id(selector: "length")) }
    let named = try await two.replay(Bench.id(selector: "recorded:editor", aggregator: "recorded:blend"))
    #expect(named.gap == .covered)
    await #expect(
      throws: PolicyError.unknown(kind: "recorded selector", name: "editr", known: ["editor", "judge"])
    ) { try await two.replay(Bench.id(selector: "recorded:editr", aggregator: "first")) }
  }

  @Test("A trace with nothing recorded says so", arguments: ["selector", "aggregator"])
  func nothingRecorded(kind: String) async throws {
    let trace = try Bench.sketch.removing(where: isToolCall).trace()
    let id =
      kind == "selector" ? Bench.id(aggregator: "first") : Bench.id(selector: "length")
    await #expect(throws: PolicyError.ambiguousRecorded(kind: kind, recorded: [])) {
      try await trace.replay(id)
    }
  }
}
