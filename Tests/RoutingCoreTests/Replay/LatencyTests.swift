import RoutingCore
import Testing

/// Latency: stages in sequence, candidates of a stage in parallel; unknown is unknown (Scheme.md, "Latency").
@Suite struct LatencyTests {
  private func boot(cut: String, ttft: Int128, took: Int128, out: Int32) async throws -> Int64? {
    let call = response("a", in: 1, out: out, score: 0).with {
      $0.timeToFirstToken = Microseconds(count: ttft)
      $0.duration = Microseconds(count: took)
      $0.prefixes = [prefix(.tokens(Int32(cut) ?? 1), score: 0)]
    }
    let sketch = TraceSketch("a", queries: [query([call])])
    return try await sketch.replay(
      Bench.id(k: "1", boot: cut, layers: 1, selector: "length", aggregator: "first"), .tokens
    ).latency
  }

  @Test(
    "Boot times are rounded half to even, to the microsecond",
    arguments: [
      // 0 + 1/2 · d: 0.5 → 0, 1.5 → 2, 2.5 → 2.
      ("1", 0, 1, 2, 0), ("1", 0, 3, 2, 2), ("1", 0, 5, 2, 2),
      // The sum is rounded: 1 + 1/2 = 1.5 → 2, 2.5 → 2, 1 + 3/2 = 2.5 → 2, 3 + 1/2 = 3.5 → 4.
      ("1", 1, 2, 2, 2), ("1", 2, 3, 2, 2), ("1", 1, 4, 2, 2), ("1", 3, 4, 2, 4),
      // 1/3 · 1 = 0.33 → 0; 2/3 → 1; 10 + 1/3 · 7 = 12.33 → 12.
      ("1", 0, 1, 3, 0), ("2", 0, 1, 3, 1), ("1", 10, 17, 3, 12),
      // The whole answer takes the whole time.
      ("3", 10, 17, 3, 17), ("4", 10, 17, 3, 17), ("full", 10, 17, 3, 17), ("1", 10, 17, 0, 17),
      // The longest times and answers there are: 1 / (2³¹ − 1) · 10¹³ = 4656.61.
      ("1", 0, 10_000_000_000_000, 2_147_483_647, 4657),
      ("2147483646", 0, 10_000_000_000_000, 2_147_483_647, 9_999_999_995_343),
    ] as [(String, Int128, Int128, Int32, Int64)])
  func bootTime(cut: String, ttft: Int128, took: Int128, out: Int32, expected: Int64) async throws {
    #expect(try await boot(cut: cut, ttft: ttft, took: took, out: out) == expected)
  }

  @Test(
    "One time without the other is unknown, whatever the budget", arguments: ["20", "full"], [true, false])
  func halfKnown(boot: String, lacksFirst: Bool) async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m3")) {
      if lacksFirst { $0.timeToFirstToken = nil } else { $0.duration = nil }
    }
    let row = try await sketch.replay(Bench.id(boot: boot, selector: "length", aggregator: "first"))
    #expect(row.gap == .covered)
    #expect(row.latency == nil)
  }

  @Test("An unknown time of any stage makes the whole unknown, and leaves the bill alone", arguments: 0..<5)
  func unknownStage(index: Int) async throws {
    let sketch = Bench.sketch.changing { $0[index].duration = nil }
    let row = try await sketch.replay(Bench.id())
    #expect(row.latency == nil)
    #expect(row.bill == Bench.bill(completion: 1980))
  }

  @Test("Unknown times of refinements make the whole unknown")
  func unknownRefinement() async throws {
    let sketch = LayerBench.sketch.changing(where: isRole(.refinement)) { $0.duration = nil }
    #expect(try await sketch.replay(Bench.id(layers: 3)).latency == nil)
  }

  @Test("Times that are not used do not matter")
  func unusedTimes() async throws {
    let sketch = Bench.sketch.changing(where: isRole(.merge)) { $0.duration = nil }
    #expect(try await sketch.replay(Bench.id(k: "1")).latency == 5_900_000)
    let idle = Bench.sketch.changing(where: isResponse("m2")) { $0.duration = nil }
    #expect(try await idle.replay(Bench.id(boot: "none", selector: "static:m1>m3")).latency == 7_000_000)
    #expect(try await idle.replay("single:m2").latency == nil)
  }

  @Test(
    "A completion's time is rounded as a sum, too",
    arguments: [(1, 2, 4), (2, 3, 4), (3, 4, 8)] as [(Int128, Int128, Int64)])
  func completionTime(ttft: Int128, took: Int128, expected: Int64) async throws {
    let call = response("a", in: 1, out: 2, score: 0).with {
      $0.timeToFirstToken = Microseconds(count: ttft)
      $0.duration = Microseconds(count: took)
    }
    // Half the answer is booted and half completed, each in ttft + 1/2 · 1: 1.5 → 2, 2.5 → 2, 3.5 → 4.
    let row = try await TraceSketch("a", queries: [query([call])]).replay(
      Bench.id(k: "1", boot: "1", selector: "length", aggregator: "first"), .tokens)
    #expect(row.latency == expected)
  }

  @Test("Percentiles are nearest rank")
  func percentiles() throws {
    // Of 1 … 20 s: ⌈0.5·20⌉ = 10, ⌈0.95·20⌉ = 19, ⌈0.99·20⌉ = 20; mean 10.5.
    let summary = try #require(LatencySummary(microseconds: (1...20).reversed().map { $0 * 1_000_000 }))
    #expect(summary.p50 == 10)
    #expect(summary.p95 == 19)
    #expect(summary.p99 == 20)
    #expect(summary.mean == 10.5)
  }

  @Test(
    "Percentiles are those of the sorted times, far apart or close, weighted or not",
    arguments: [1, 100, 5000, 1_000_000_000, 9_000_000_000_000], [false, true])
  func sorted(spread: Int, isWeighted: Bool) throws {
    var draws = Draws(seed: 41)
    let times = (0..<3000).map { _ in Int64(1_000_000 + draws.below(spread)) }
    let weights = isWeighted ? times.map { _ in Int64(1 + draws.below(5)) } : nil
    let all = zip(times, weights ?? times.map { _ in 1 }).flatMap { Array(repeating: $0, count: Int($1)) }
      .sorted()
    func percentile(_ percent: Int) -> Double { Double(all[(all.count * percent + 99) / 100 - 1]) / 1e6 }
    let summary = try #require(LatencySummary(microseconds: times, weights: weights))
    #expect(summary.p50 == percentile(50))
    #expect(summary.p95 == percentile(95))
    #expect(summary.p99 == percentile(99))
    #expect(abs(summary.mean - Double(all.reduce(0, +)) / Double(all.count) / 1e6) < 1e-9 * summary.mean)
  }

  @Test("One time is every percentile")
  func oneTime() throws {
    let summary = try #require(LatencySummary(microseconds: [2_500_000]))
    #expect([summary.mean, summary.p50, summary.p95, summary.p99] == [2.5, 2.5, 2.5, 2.5])
  }

  @Test("One unknown time, or none at all, is no latency")
  func unknown() {
    #expect(LatencySummary(microseconds: [1, -1, 2]) == nil)
    #expect(LatencySummary(microseconds: []) == nil)
  }
}
