import RoutingCore
import Testing

@Suite struct EvidenceTests {
  /// Two queries, answered by "a" (scores 1 and 0, 10 tokens each) and "b" (0.5 each, 20 and 40 tokens).
  private func evidence(_ policies: [Policy] = [.single("a"), .single("b"), .oracle], replicates: Int = 400)
    async throws -> Evidence
  {
    let sketch = TraceSketch(
      "a", "b",
      queries: [(1_000_000, 20), (0, 40)].enumerated().map { index, pair in
        query(
          [
            response("a", in: 9, out: 1, score: pair.0),
            response("b", in: Int32(pair.1), out: 0, score: 500_000),
          ], name: "q\(index)")
      })
    let trace = try sketch.trace()
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = replicates
    let replayer = try Replayer(
      trace: trace, policies: policies, options: try ReplaySetup.tokens.options(for: trace))
    return await Evidence(replayer.replay(trace.workloads[0]), trace: trace, settings: settings)
  }

  @Test("Means are plain means over the compared rows")
  func means() async throws {
    let evidence = try await evidence()
    #expect((0..<3).map { evidence.meanScore($0) } == [0.5, 0.5, 0.75])
    // The oracle takes a (10 tokens) on the first query, b (40) on the second.
    #expect((0..<3).map { evidence.meanCost($0) } == [10, 30, 25])
  }

  @Test("A replicate mean is Σ w x / Σ w n with the weights of the groups")
  func replicates() async throws {
    let evidence = try await evidence()
    let weights = PoissonWeights(seed: 1)
    let keys = ["q0", "q1"].map { TraceSketch.digest($0).key }
    var checked = 0
    for replicate in 0..<400 {
      let drawn = keys.map { Int(weights.weight(group: $0, replicate: UInt32(replicate), attempt: 0)) }
      guard drawn[0] + drawn[1] > 0 else { continue }
      checked += 1
      let rows = Double(drawn[0] + drawn[1])
      // a scores 1 on q0 only; b costs 20 and 40.
      #expect(abs(evidence.scoreReplicates(0)[replicate] - Double(drawn[0]) / rows) < 1e-12)
      let cost = Double(20 * drawn[0] + 40 * drawn[1]) / rows
      #expect(abs(evidence.costReplicates(1)[replicate] - cost) < 1e-12)
    }
    #expect(checked > 300)
  }

  @Test("The interval of a score takes in four pseudo-rows, its mean and error do not")
  func scoreInterval() async throws {
    let estimate = try await evidence().score(1)
    // b scores 0.5 on every row, so only the pseudo-rows spread.
    #expect(estimate.mean == 0.5)
    #expect(estimate.standardError == 0)
    #expect(estimate.low < 0.4)
    #expect(estimate.high > 0.6)
    let cost = try await evidence().cost(0)
    #expect([cost.mean, cost.low, cost.high, cost.standardError] == [10, 10, 10, 0])
  }

  @Test("The largest objective wins a replicate; ties fall to the cheaper")
  func winShares() async throws {
    let evidence = try await evidence([.single("a"), .single("a"), .single("b"), .oracle])
    let shares = evidence.winShares(lambda: 1)
    // At λ = 1 a token costs more than any score: a wins throughout, and the first of two equals takes it.
    #expect(shares[0] == 1)
    #expect(shares[1] == 0)
    #expect(shares[2] == 0)
    #expect(shares[3] == nil)
  }

  @Test("The frontier holds what no other recommendable policy beats at no more cost")
  func frontier() async throws {
    // a and b score alike, b is dearer.
    #expect(try await evidence().frontier == [0])
    #expect(try await evidence([.single("b"), .oracle]).frontier == [0])
  }

  @Test("Ties fall to the smaller k, budget, layers, then id; nothing booted counts as B = 0")
  func tieRanks() throws {
    let ids = [
      "k=1,boot=none,layers=3,selector=prior,aggregator=vote",
      "k=1,boot=5,layers=1,selector=length,aggregator=vote",
      "k=1,boot=5,layers=2,selector=consensus,aggregator=vote",
      "k=1,boot=5,layers=2,selector=length,aggregator=vote",
      "k=1,boot=full,layers=1,selector=length,aggregator=vote", "single:m1", "single:m2", "blender",
      "k=2,boot=5,layers=2,selector=length,aggregator=vote",
      "k=2>1,boot=5,layers=3,selector=length,aggregator=vote",
      "k=10,boot=5,layers=2,selector=length,aggregator=vote", "moa",
    ]
    let policies = try ids.map { try Policy(id: $0) }
    #expect(policies.reversed().sorted { TieRank($0) < TieRank($1) }.map(\.description) == ids)
  }
}
