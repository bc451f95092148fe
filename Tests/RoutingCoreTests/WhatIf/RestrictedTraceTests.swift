import RoutingCore
import Testing

@Suite struct RestrictedTraceTests {
  /// The sketch as if a model had never been recorded.
  private func without(_ model: String, _ sketch: TraceSketch) -> TraceSketch {
    var copy = sketch
    copy.header.models.removeAll { $0.name == model }
    copy.header.pool.removeAll { $0 == model }
    for index in copy.queries.indices {
      copy.queries[index].calls.removeAll { $0.model == model || $0.members?.contains(model) == true }
    }
    return copy
  }

  private func dropping(_ model: String, _ trace: Trace) throws -> Trace {
    let gone = try #require(trace.candidates.firstIndex(of: model))
    return trace.restricted(to: trace.candidates.indices.filter { $0 != gone })
  }

  private static let offline = PolicyFamilies.pairs.filter {
    !$0.selector.hasPrefix("recorded") && !$0.selector.hasPrefix("static")
  }

  @Test("Dropping a model equals importing without it", arguments: RandomTrace.pool)
  func equalsImport(model: String) async throws {
    let sketch = RandomTrace.sketch(seed: 5, queries: 8)
    let dropped = try dropping(model, sketch.trace())
    let imported = try without(model, sketch).trace()
    #expect(dropped.candidates == imported.candidates)
    #expect(dropped.poolCount == 3)
    for pair in Self.offline {
      let policies = pair.policies(layers: [1, 2, 3]).filter {
        if case .scheme(let scheme) = $0 { scheme.k.first <= 3 } else { true }
      }
      let setup = ReplaySetup.tokens
      let own = try await dropped.replay(all: policies, setup)
      let other = try await imported.replay(all: policies, setup)
      for (index, policy) in policies.enumerated() {
        let (a, b) = (own[index].outcomes, other[index].outcomes)
        #expect(a.scores == b.scores, "\(policy)")
        #expect(a.costs == b.costs, "\(policy)")
        #expect(a.latencies == b.latencies, "\(policy)")
        #expect(a.gaps == b.gaps, "\(policy)")
      }
    }
  }

  @Test("A recorded ranking over more candidates keeps the order of those left, and its bill")
  func ranking() async throws {
    // m3 m1 m2 at B = 20 without m3: m1 leads. Boot of m1 and m2, selection 4400, m1 restarts at 20 of 50 tokens.
    let trace = try dropping("m3", Bench.sketch.trace())
    let replay = try await trace.replay(Bench.id(k: "1"))
    #expect(replay.score == 900_000)
    #expect(replay.bill.selection == 4400)
    #expect(replay.bill.boot == 1250 + 2250)
    // (100 + 20) · 10 + 30 · 20.
    #expect(replay.bill.completion == 1800)
  }

  @Test("A ranking recorded for exactly the candidates left is preferred")
  func exact() async throws {
    let sketch = Bench.sketch.changing { calls in
      calls.append(RoutingCoreTests.ranking("m2 m1", boot: .tokens(20), in: 1, out: 1, took: 0.1))
    }
    let replay = try await dropping("m3", sketch.trace()).replay(Bench.id(k: "1"))
    #expect(replay.score == 200_000)
    #expect(replay.bill.selection == 100)
  }

  @Test("A merge of a set that lost a member is gone, not made smaller")
  func merges() async throws {
    let trace = try dropping("m2", Bench.sketch.trace())
    #expect(try await trace.replay(Bench.id()).score == 750_000)
    let other = try dropping("m1", Bench.sketch.trace())
    #expect(try await other.replay(Bench.id()).gap.kind == .noMerge)
  }

  @Test(
    "A dropped candidate that is also the judge is still paid, at its own price",
    arguments: [("m1", 200 * 10 + 5 * 20), ("m2", 200 * 30 + 5 * 30), ("m3", 200 * 1 + 5 * 4)])
  func payer(judge: String, bill: Int) async throws {
    var sketch = Bench.sketch
    for index in sketch.queries[0].calls.indices where sketch.queries[0].calls[index].role == .ranking {
      sketch.queries[0].calls[index].model = judge
    }
    let replay = try await dropping(judge, sketch.trace()).replay(Bench.id(k: "1", aggregator: "first"))
    #expect(replay.bill.selection == Int128(bill))
  }

  @Test("Whoever is dropped, the others are still paid at their own prices")
  func prices() async throws {
    for gone in ["m1", "m2", "m3"] {
      let trace = try dropping(gone, Bench.sketch.trace())
      for model in ["m1", "m2", "m3"] where model != gone {
        let own = try await trace.replay("single:\(model)")
        #expect(try await own.cost == Bench.sketch.replay("single:\(model)").cost, "\(model) without \(gone)")
      }
      // The judge: 200 · 20 + 5 · 80.
      #expect(try await trace.replay(Bench.id(k: "1", aggregator: "first")).bill.selection == 4400)
    }
  }

  @Test("Longer outputs cost more and take longer, in proportion")
  func outputLength() async throws {
    let factor = try #require(ScenarioFactor("1.5"))
    let trace = try Bench.sketch.trace().scalingOutputs(of: "m1", by: factor)
    let replay = try await trace.replay("single:m1")
    // 70 · 10 + 30 · 5 + 75 · 20; 1 s + 1.5 · 5 s.
    #expect(replay.bill.total == 700 + 150 + 1500)
    #expect(replay.latency == 8_500_000)
    #expect(try await trace.replay("single:m2").cost == Bench.sketch.replay("single:m2").cost)
  }
}
