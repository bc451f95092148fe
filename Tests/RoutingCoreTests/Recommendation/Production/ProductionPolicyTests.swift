import RoutingCore
import Testing

/// From recommendations to what runs.
@Suite struct ProductionPolicyTests {
  /// Workload x: "b" is best, then "c"; workload y: "c", then "a". Everybody answers everything.
  private static let scores = [
    "x": ["a": 0, "b": 1_000_000, "c": 500_000], "y": ["a": 500_000, "b": 0, "c": 1_000_000],
  ]

  private static func sketch(_ models: [String] = ["a", "b", "c"]) -> TraceSketch {
    TraceSketch(
      models: models.map { ModelDeclaration(name: $0) },
      queries: ["x", "y"].flatMap { workload in
        (0..<20).map { number in
          query(
            zip(models, ["a", "b", "c"]).map { name, role in
              response(name, in: 10, out: 5, answer: role, score: scores[workload]?[role])
            }, name: "\(workload)\(number)", workload: workload)
        }
      })
  }

  /// A policy chosen by λ from a few schemes and the single models.
  private func policy(
    _ sketch: TraceSketch, ids: [String], rule: ChoiceRule = ChoiceRule(aim: .objective(lambda: 0)),
    shares: [String: Double] = ["x": 0.5, "y": 0.5]
  ) async throws -> ProductionPolicy {
    let trace = try sketch.trace()
    let policies = try ids.map { try Policy(id: $0) }
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 100
    let traffic = TrafficShares(trace.workloads, shares: shares)
    func recommend(_ trace: Trace, _ workload: Workload, _ shares: TrafficShares?) async throws
      -> Recommendation
    {
      let runner = try SweepRunner(
        trace: trace, policies: policies, prices: .tokens(for: trace), settings: settings)
      let evidence = await runner.evidence(workload, shares: shares)
      return try await Recommender(
        evidence, summary: runner.summary(evidence), trace: trace, rule: rule, settings: settings
      ).recommend()
    }
    var recommendations: [Recommendation] = []
    for workload in trace.workloads { recommendations.append(try await recommend(trace, workload, nil)) }
    let pooled = trace.pooled(as: "default", traffic)
    return try ProductionPolicy(
      ProductionSource(
        trace: trace, policies: policies, header: sketch.header, settings: settings, samples: .first,
        grader: nil, rule: rule, sentence: "the best", fleetBudget: nil, prices: nil,
        recommendations: recommendations, shares: traffic,
        overall: try await recommend(pooled, pooled.workloads[0], traffic), regrets: []))
  }

  private let prior = "k=1,boot=none,layers=2,selector=prior,aggregator=first"

  @Test("Where prior selects nothing it is frozen in pool order, as it was replayed, so that ties fall alike")
  func frozenWhole() async throws {
    // On x every candidate answers differently: a vote of all three is a tie, which the first in order wins.
    let vote = "k=3,boot=none,layers=2,selector=prior,aggregator=vote"
    let policy = try await policy(Self.sketch(), ids: [vote])
    let decision = policy.decision(for: "x")
    #expect(decision.policy.description == "k=3,boot=none,layers=2,selector=static:a>b>c,aggregator=vote")
    let trace = try Self.sketch().trace()
    let replayed = try await trace.replay(all: [vote, decision.policy.description], .tokens)
    #expect(replayed[0].outcomes.scores == replayed[1].outcomes.scores)
  }

  @Test("prior is frozen as the order over all queries of its workload, the default's over all workloads")
  func frozen() async throws {
    let policy = try await policy(Self.sketch(), ids: [prior, "single:a"])
    func selector(_ decision: ProductionDecision) -> String? {
      if case .scheme(let scheme) = decision.policy { scheme.selector } else { nil }
    }
    #expect(selector(policy.decision(for: "x")) == "static:b")
    #expect(selector(policy.decision(for: "y")) == "static:c")
    // Over both workloads c has a mean of 0.75, b of 0.5, a of 0.25.
    #expect(selector(policy.fallback) == "static:c")
    #expect(
      policy.workloads.allSatisfy {
        !$0.regimes.map(\.means.policy.description).contains { $0.contains("prior") }
      })
  }

  @Test("The default's order follows the traffic")
  func traffic() async throws {
    let policy = try await policy(Self.sketch(), ids: [prior], shares: ["x": 0.9, "y": 0.1])
    // b: 0.9, c: 0.9 · 0.5 + 0.1 = 0.55.
    #expect(policy.fallback.policy.description.contains("static:b,"))
    #expect(
      policy.shares == [
        ProductionShare(workload: "x", share: 0.9), ProductionShare(workload: "y", share: 0.1),
      ])
  }

  @Test("Where skills leave some candidates out, the order names as many as it takes")
  func skills() async throws {
    var sketch = Self.sketch()
    sketch.header.models[1].skills = ["s"]
    for index in sketch.queries.indices where sketch.queries[index].query == "x0" {
      sketch.queries[index].skills = ["s"]
    }
    let policy = try await policy(sketch, ids: [prior])
    // b is active for one query of x only; the others start c.
    #expect(policy.decision(for: "x").policy.description.contains("static:b>c,"))
    #expect(policy.pool[1] == ProductionModel(name: "b", skills: ["s"]))
  }

  @Test(
    "A model whose name a static order cannot hold is an error, not another policy",
    arguments: ["b>b", "b,k=2"])
  func unnameable(name: String) async throws {
    await #expect(throws: ProductionPolicyError.cannotFreeze(policy: prior)) {
      _ = try await policy(Self.sketch(["a", name, "c"]), ids: [prior])
    }
  }

  @Test("A label finds its own decision, any other and none the default")
  func lookup() async throws {
    let policy = try await policy(Self.sketch(), ids: ["single:a", "single:b", "single:c"])
    #expect(policy.decision(for: "x").policy == .single("b"))
    #expect(policy.decision(for: "y").policy == .single("c"))
    #expect(policy.decision(for: "z") == policy.fallback)
    #expect(policy.decision(for: nil) == policy.fallback)
    #expect(policy.fallback.policy == .single("c"))
  }

  @Test("The best single model is held to the score that all policies set")
  func bestSingle() async throws {
    // The vote of all three in order scores what its first holder does: nothing beats b alone on x.
    let rule = ChoiceRule(aim: .leastCost, scoreTarget: .shareOfBest(0.9))
    let policy = try await policy(
      Self.sketch(),
      ids: ["k=1,boot=none,layers=2,selector=static:b,aggregator=first", "single:a", "single:c"],
      rule: rule)
    // On x the best scores 1 and neither single model reaches 0.9: the better one is the nearest.
    #expect(policy.decision(for: "x").bestSingle == PolicyMeans(policy: .single("c"), score: 0.5, cost: 15))
    #expect(policy.decision(for: "y").bestSingle?.policy == .single("c"))
  }

  @Test("Who ranks and merges comes with model and prompt, from the header or from who was paid")
  func tools() async throws {
    var sketch = Bench.sketch
    sketch.header.selectors = [ToolDeclaration(name: "judge", model: "m3", prompt: "Rank.\nBest first.")]
    let trace = try sketch.trace()
    let id = Bench.id()
    let policies = [try Policy(id: id)]
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 10
    let runner = try SweepRunner(
      trace: trace, policies: policies, prices: .tokens(for: trace), settings: settings)
    let rule = ChoiceRule(aim: .objective(lambda: 0))
    let evidence = await runner.evidence(trace.workloads[0])
    let recommendation = try await Recommender(
      evidence, summary: runner.summary(evidence), trace: trace, rule: rule, settings: settings
    ).recommend()
    let policy = try ProductionPolicy(
      ProductionSource(
        trace: trace, policies: policies, header: sketch.header, settings: settings, samples: .first,
        grader: nil, rule: rule, sentence: "", fleetBudget: nil, prices: nil,
        recommendations: [recommendation], shares: TrafficShares(trace.workloads, shares: ["w": 1]),
        overall: recommendation, regrets: []))
    let decision = policy.decision(for: "w")
    #expect(decision.selector == ToolDeclaration(name: "judge", model: "m3", prompt: "Rank.\nBest first."))
    #expect(decision.aggregator == ToolDeclaration(name: "judge", model: "judge"))
    #expect(policy.callees == ["m1", "m2", "m3", "judge"])
  }
}

@Suite struct SharedPolicyRegretTests {
  @Test("What is lost is own minus shared score, shared minus own cost, and both at λ")
  func regret() async throws {
    let sketch = TraceSketch(
      "a", "b",
      queries: (0..<30).map { number in
        query(
          [
            response("a", in: 10, out: 0, score: 800_000),
            response("b", in: 30, out: 0, score: number < 15 ? 1_000_000 : 0),
          ], name: "q\(number)")
      })
    let trace = try sketch.trace()
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 200
    let runner = try SweepRunner(
      trace: trace, policies: [.single("a"), .single("b")], prices: .tokens(for: trace), settings: settings)
    let evidence = await runner.evidence(trace.workloads[0])
    let regret = try #require(evidence.regret(of: .single("b"), against: .single("a"), lambda: 0.01))
    #expect(regret.queries == 30)
    #expect(regret.scoreLoss.mean == 0.3)
    #expect(regret.extraCost == ProductionFigure(mean: 20, low: 20, high: 20))
    // 0.3 + 0.01 · 20.
    #expect(regret.objectiveLoss?.mean == 0.5)
    #expect(regret.scoreLoss.low < 0.3 && regret.scoreLoss.high > 0.3)
    let none = try #require(evidence.regret(of: .single("a"), against: .single("a"), lambda: nil))
    #expect(none.scoreLoss == ProductionFigure(mean: 0, low: 0, high: 0))
    #expect(none.objectiveLoss == nil)
  }
}

@Suite struct SignificantDigitsTests {
  @Test(
    "Six significant digits, and the double nearest to them",
    arguments: [
      (0.000130690625, 0.000130691), (0.00000564375, 0.00000564375), (123456.789, 123457),
      (1234567.8, 1_234_570), (-0.3333333333, -0.333333), (0, 0), (1, 1), (0.9999999, 1),
      (2.5e-13, 2.5e-13),
    ] as [(Double, Double)])
  func rounding(value: Double, expected: Double) {
    #expect(value.rounded(significantDigits: 6) == expected)
  }
}
