import RoutingCore
import Testing

/// Two workloads of different size and their traffic, pooled.
@Suite struct TrafficSharesTests {
  /// Workload "x" has one query, "y" three; "a" is right on x only, "b" on y only; "a" costs 10 tokens, "b" 20.
  private let sketch = TraceSketch(
    "a", "b",
    queries: [("x", 1)].map { Self.graded($0.0, $0.1, a: 1_000_000, b: 0) }
      + (1...3).map { Self.graded("y", $0, a: 0, b: 1_000_000) })

  private static func graded(_ workload: String, _ number: Int, a: Int, b: Int) -> QueryRecord {
    query(
      [
        response("a", in: 10, out: 0, ttft: 0, took: Double(number), score: a),
        response("b", in: 20, out: 0, score: b),
      ], name: "\(workload)\(number)", workload: workload)
  }

  private func evidence(_ shares: [String: Double], policies: [Policy] = [.single("a"), .single("b")])
    async throws -> Evidence
  {
    let trace = try sketch.trace()
    let shares = TrafficShares(trace.workloads, shares: shares)
    let pooled = trace.pooled(as: "all", shares)
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 50
    let runner = try SweepRunner(
      trace: pooled, policies: policies, prices: .tokens(for: pooled), settings: settings)
    return await runner.evidence(pooled.workloads[0], shares: shares)
  }

  @Test(
    "Means over all workloads weigh each by its share, not by its queries",
    arguments: [(0.25, 0.25), (0.5, 0.5), (0.9, 0.9)])
  func means(share: Double, expected: Double) async throws {
    let evidence = try await evidence(["x": share, "y": 1 - share])
    // "a" is right on all of x and none of y.
    #expect(abs(evidence.meanScore(0) - expected) < 1e-6)
    #expect(abs(evidence.meanScore(1) - (1 - expected)) < 1e-6)
    #expect(abs(evidence.meanCost(0) - 10) < 1e-9)
  }

  @Test("Shares by number of queries are the plain mean, and count every row once")
  func plain() async throws {
    let evidence = try await evidence(["x": 0.25, "y": 0.75])
    #expect(evidence.weights == nil)
    #expect(evidence.meanScore(0) == 0.25)
  }

  @Test("A workload without traffic is not asked about")
  func noTraffic() async throws {
    let evidence = try await evidence(["x": 0, "y": 1])
    #expect(evidence.rows == 3)
    #expect(evidence.replay.rowCount == 3)
    #expect(evidence.meanScore(0) == 0)
  }

  @Test("A policy must cover every workload, not only most queries")
  func coverage() async throws {
    var sketch = sketch
    // 3 of 4 queries are enough for 0.7, but nothing of x is covered.
    sketch.queries[0].calls.removeFirst()
    let trace = try sketch.trace()
    let shares = TrafficShares(trace.workloads, shares: ["x": 0.25, "y": 0.75])
    let pooled = trace.pooled(as: "all", shares)
    var settings = SweepSettings()
    settings.minCoverage = try #require(CoverageShare(decimal: "0.7"))
    let runner = try SweepRunner(
      trace: pooled, policies: [.single("a"), .single("b")], prices: .tokens(for: pooled), settings: settings)
    let evidence = await runner.evidence(pooled.workloads[0], shares: shares)
    #expect(evidence.kept.map { evidence.replay.policies[$0] } == [.single("b")])
  }

  @Test("A workload that is compared in part still weighs its whole share")
  func partlyCompared() async throws {
    var sketch = sketch
    // Of y two of three queries are compared.
    sketch.queries[3].calls.removeLast()
    let trace = try sketch.trace()
    let shares = TrafficShares(trace.workloads, shares: ["x": 0.5, "y": 0.5])
    let pooled = trace.pooled(as: "all", shares)
    var settings = SweepSettings()
    settings.minCoverage = try #require(CoverageShare(decimal: "0.6"))
    let runner = try SweepRunner(
      trace: pooled, policies: [.single("a"), .single("b")], prices: .tokens(for: pooled), settings: settings)
    let evidence = await runner.evidence(pooled.workloads[0], shares: shares)
    #expect(evidence.replay.compared == [0, 1, 2])
    #expect(abs(evidence.meanScore(0) - 0.5) < 1e-6)
  }

  @Test(
    "Percentiles of latency follow the traffic",
    arguments: [([1, 1, 1, 1], 2.0), ([1, 1, 1, 9], 4), ([9, 1, 1, 1], 1)] as [([Int64], Double)])
  func latency(weights: [Int64], median: Double) throws {
    let summary = try #require(
      LatencySummary(microseconds: [1_000_000, 2_000_000, 3_000_000, 4_000_000], weights: weights))
    #expect(summary.p50 == median)
  }

  @Test("Equal weights leave every percentile at its nearest rank", arguments: [1, 7, 20, 99, 101])
  func nearestRank(count: Int) throws {
    let times = (1...count).map { Int64($0) * 1_000_000 }
    let plain = try #require(LatencySummary(microseconds: times))
    let weighted = try #require(
      LatencySummary(microseconds: times, weights: times.map { _ in 1_000_003 }))
    #expect(plain == weighted)
    #expect(plain.p95 == Double((95 * count + 99) / 100))
  }
}
