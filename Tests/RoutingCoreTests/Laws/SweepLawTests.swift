import RoutingCore
import Testing

/// What holds for whole sweeps: means, intervals and win shares.
@Suite struct SweepLawTests {
  private static let ids = [
    "k=1,boot=5,layers=2,selector=length,aggregator=vote",
    "k=2,boot=20,layers=2,selector=recorded:judge,aggregator=recorded,continuation=stream",
    "k=3>1,boot=5,layers=3,selector=recorded:editor,aggregator=recorded,schedule=progressive",
    "k=2,boot=none,layers=2,selector=static:m4>m1,aggregator=mean",
    "k=2,boot=full,layers=1,selector=random,aggregator=first", "single:m1", "moa", "blender", "oracle",
  ]

  private func sweep(_ sketch: TraceSketch, ids: [String] = ids, threads: Int = 1) async throws
    -> WorkloadSweep
  {
    let trace = try sketch.trace()
    var settings = SweepSettings()
    settings.replicates = 200
    settings.threads = threads
    settings.costUnit = .tokens
    settings.lambdas = ["0", "0.001", "1"].compactMap { Lambda($0) }
    let policies = try ids.map { try Policy(id: $0) }
    let runner = try SweepRunner(
      trace: trace, policies: policies, prices: .tokens(for: trace), settings: settings)
    return await runner.sweep(trace.workloads[0])
  }

  private static let complete = RandomTrace.sketch(seed: 21, queries: 16)
  private static let partial = RandomTrace.sketch(seed: 22, queries: 40, missing: 700)

  @Test("Threads change nothing", arguments: [2, 3, 8])
  func threads(count: Int) async throws {
    let one = try await sweep(Self.partial)
    let many = try await sweep(Self.partial, threads: count)
    #expect(one.comparedRows == many.comparedRows)
    #expect(one.policies.map(Figures.init) == many.policies.map(Figures.init))
    #expect(one.excluded == many.excluded)
    #expect(one.leftOut == many.leftOut)
  }

  @Test("The order of the queries changes nothing")
  func permutation() async throws {
    var turned = Self.partial
    turned.queries.reverse()
    let one = try await sweep(Self.partial)
    let other = try await sweep(turned)
    #expect(one.policies.map(Figures.init) == other.policies.map(Figures.init))
    #expect(one.excluded == other.excluded)
  }

  @Test("A sweep of one policy equals its row in a larger sweep where everything is covered", arguments: ids)
  func alone(id: String) async throws {
    let all = try await sweep(Self.complete)
    let one = try await sweep(Self.complete, ids: [id])
    #expect(all.comparedRows == 16)
    let policy = try Policy(id: id)
    let row = try #require(all.policies.first { $0.policy == policy })
    #expect(Figures(row, alone: true) == Figures(one.policies[0], alone: true))
  }

  @Test("The stages sum to the mean cost, and the objective is the score less λ times it")
  func sums() async throws {
    for policy in try await sweep(Self.complete).policies {
      let stages = Stage.allCases.reduce(0) { $0 + policy.costByStage[$1, default: -1] }
      #expect(abs(stages - policy.cost.mean) < 1e-9 * policy.cost.mean)
      // Counted in tokens, the cost is the tokens.
      #expect(abs(policy.inputTokens + policy.outputTokens - policy.cost.mean) < 1e-9 * policy.cost.mean)
      for objective in policy.objectives {
        #expect(
          abs(objective.mean - (policy.score.mean - objective.lambda * policy.cost.mean))
            < 1e-12 * (1 + objective.lambda * policy.cost.mean))
      }
    }
  }

  @Test("Win shares sum to 1 over what may be recommended, and bounds have none")
  func winShares() async throws {
    let policies = try await sweep(Self.complete).policies
    for index in 0..<3 {
      let shares = policies.compactMap { $0.objectives[index].winShare }
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    }
    for policy in policies {
      #expect((policy.objectives[0].winShare == nil) == policy.policy.isBound)
      #expect(!(policy.policy.isBound && policy.isOnFrontier))
    }
  }

  @Test("Over many blocks of rows threads change nothing, and the sums are those of a plain loop")
  func blocks() async throws {
    var draws = Draws(seed: 31)
    let queries = (0..<5000).map { index in
      query(
        ["a", "b"].map { name in
          response(
            name, in: Int32(draws.below(99)), out: Int32(draws.below(40)), ttft: 0.1, took: 0.2,
            answer: "x", score: draws.below(1_000_001))
        }, name: "q\(index)")
    }
    let trace = try TraceSketch("a", "b", queries: queries).trace()
    let ids = ["single:a", "k=1,boot=10,layers=2,selector=length,aggregator=first", "oracle"]
    let one = try await trace.replay(all: ids, .tokens)
    let many = try await trace.replay(all: ids, ReplaySetup(unit: .tokens, threads: 4))
    for (left, right) in zip(one, many) {
      #expect(left.outcomes.scores == right.outcomes.scores)
      #expect(left.outcomes.costs == right.outcomes.costs)
      #expect(left.ledger == right.ledger)
    }
    let plain = queries.reduce(0) { $0 + Int128($1.calls[0].inputTokens! + $1.calls[0].outputTokens!) }
    #expect(one[0].bill == Bill(boot: plain))
  }
}

/// `sweep` adds up block by block what `evidence` holds for every row; both say the same.
@Suite struct SweepTotalsTests {
  /// 5000 queries, some in groups, answered by "a" and mostly by "b".
  private static func sketch(missing: Int) -> TraceSketch {
    var draws = Draws(seed: 32)
    let queries = (0..<5000).map { index in
      let names = missing > 0 && draws.below(missing) == 0 ? ["a"] : ["a", "b"]
      return query(
        names.map { name in
          response(
            name, in: Int32(draws.below(99)), out: Int32(1 + draws.below(40)), ttft: 0.1,
            took: 0.2 + Double(draws.below(1_000_000)) / 100, answer: "\(draws.below(3))",
            score: draws.below(1_000_001))
        }, name: "q\(index)", group: index % 3 == 0 ? "g\(index / 9)" : nil)
    }
    return TraceSketch("a", "b", queries: queries)
  }

  private func expectSame(_ sketch: TraceSketch, minCoverage: CoverageShare, threads: Int) async throws {
    let trace = try sketch.trace()
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 40
    settings.threads = threads
    settings.minCoverage = minCoverage
    settings.lambdas = ["0", "0.001"].compactMap { Lambda($0) }
    var request = GridRequest()
    request.selectors = ["length", "random"]
    let grid = try Grid(request, for: trace)
    let runner = try SweepRunner(
      trace: trace, policies: grid.policies, prices: .tokens(for: trace), settings: settings)
    for workload in trace.workloads {
      let sweep = await runner.sweep(workload)
      #expect(sweep == (await runner.summary(runner.evidence(workload))))
      #expect(!sweep.policies.isEmpty)
    }
  }

  @Test("Where every policy covers every row", arguments: [1, 2, 5])
  func whole(threads: Int) async throws {
    try await expectSame(Self.sketch(missing: 0), minCoverage: .standard, threads: threads)
  }

  @Test("Where some miss few rows, or too many", arguments: [.none, .standard, .all] as [CoverageShare])
  func gaps(minCoverage: CoverageShare) async throws {
    try await expectSame(Self.sketch(missing: 40), minCoverage: minCoverage, threads: 2)
    try await expectSame(Self.sketch(missing: 4), minCoverage: minCoverage, threads: 3)
  }

  @Test("Every kind of policy, where replicates draw nothing at first", arguments: [0, 300])
  func kinds(missing: Int) async throws {
    let sketch = RandomTrace.sketch(seed: 23, queries: 4, missing: missing)
    try await expectSame(sketch, minCoverage: .none, threads: 2)
  }
}

/// The figures of a summary that can be compared; `alone` leaves out those that depend on rivals.
private struct Figures: Equatable {
  let policy: Policy
  let covered: Int
  let score: Estimate
  let cost: Estimate
  let tokens: [Double]
  let stages: [Stage: Double]
  let latency: LatencySummary?
  /// λ, mean, low, high and win share.
  let objectives: [[Double?]]
  let isOnFrontier: Bool
  let failures: Int

  init(_ summary: PolicySummary) { self.init(summary, alone: false) }

  init(_ summary: PolicySummary, alone: Bool) {
    policy = summary.policy
    covered = summary.covered
    score = summary.score
    cost = summary.cost
    tokens = [summary.inputTokens, summary.outputTokens]
    stages = summary.costByStage
    latency = summary.latency
    objectives = summary.objectives.map {
      [$0.lambda, $0.mean, $0.low, $0.high, alone ? nil : $0.winShare]
    }
    isOnFrontier = alone || summary.isOnFrontier
    failures = summary.failures
  }
}
