import RoutingCore
import Testing

/// Policies are compared only on queries that every compared policy covers (Scheme.md, "Coverage").
@Suite struct CoverageTests {
  /// `count` queries answered by "a"; "b" answers all but the queries at `missing`.
  private func sketch(count: Int, missing: Set<Int>) -> TraceSketch {
    TraceSketch(
      "a", "b",
      queries: (0..<count).map { index in
        let name = index < 10 ? "q0\(index)" : "q\(index)"
        let a = response("a", in: 10, out: 1, score: index % 2 == 0 ? 1_000_000 : 0)
        let b = response("b", in: 20, out: 2, score: 500_000)
        return query(missing.contains(index) ? [a] : [a, b], name: name)
      })
  }

  @Test("Every kept policy is compared on the same rows, and billed on those only")
  func compared() async throws {
    let trace = try sketch(count: 20, missing: [3]).trace()
    let rows = try await trace.replay(all: ["single:a", "single:b"], .tokens)
    #expect(rows.map(\.isKept) == [true, true])
    #expect(rows[0].compared == Array(0..<20).filter { $0 != 3 })
    // 19 rows of 11 and of 22 tokens.
    #expect(rows.map(\.bill) == [Bill(boot: 209), Bill(boot: 418)])
  }

  @Test("A policy below the share is not kept, and does not narrow the others' rows")
  func notKept() async throws {
    let trace = try sketch(count: 20, missing: [3, 4]).trace()
    let rows = try await trace.replay(all: ["single:a", "single:b"], .tokens)
    // 18 of 20 is 0.9 < 0.95.
    #expect(rows.map(\.isKept) == [true, false])
    #expect(rows[0].compared == Array(0..<20))
  }

  @Test(
    "Shares are compared as exact fractions",
    arguments: [
      // 2 of 3 is 0.666…: above 0.666666, below 0.666667.
      ("0.666666", 3, 1, true), ("0.666667", 3, 1, false), ("0.95", 20, 1, true), ("0.950001", 20, 1, false),
      ("1", 20, 0, true), ("1", 20, 1, false), ("0", 20, 19, true),
    ] as [(String, Int, Int, Bool)])
  func exactShares(share: String, count: Int, missing: Int, kept: Bool) async throws {
    let trace = try sketch(count: count, missing: Set(0..<missing)).trace()
    var setup = ReplaySetup.tokens
    setup.minCoverage = try #require(CoverageShare(decimal: share))
    #expect(try await trace.replay("single:b", setup).isKept == kept)
  }

  @Test("A policy that covers nothing is never kept, and a share is a number from 0 to 1")
  func coversNothing() async throws {
    let trace = try sketch(count: 2, missing: [0, 1]).trace()
    var setup = ReplaySetup.tokens
    setup.minCoverage = try #require(CoverageShare(decimal: "0"))
    let row = try await trace.replay("oracle", setup)
    #expect(!row.isKept)
    #expect(CoverageShare(decimal: "1.1") == nil)
    #expect(CoverageShare(decimal: "-0.1") == nil)
    #expect(CoverageShare(decimal: "95%") == nil)
  }

  @Test("A sweep lists what is left out with its most frequent reason, and how single models differ there")
  func leftOut() async throws {
    let trace = try sketch(count: 20, missing: [3, 5]).trace()
    let policies: [Policy] = [.single("a"), .single("b"), .oracle]
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 100
    settings.minCoverage = try #require(CoverageShare(decimal: "0.9"))
    let runner = try SweepRunner(
      trace: trace, policies: policies, prices: .tokens(for: trace), settings: settings)
    let sweep = await runner.sweep(trace.workloads[0])
    #expect(sweep.rows == 20)
    #expect(sweep.comparedRows == 18)
    #expect(sweep.policies.map(\.covered) == [20, 18, 18])
    #expect(sweep.excluded.isEmpty)
    // Rows 3 and 5 are odd: a scores 0 there, and 10 of 18 elsewhere; b has no answers there.
    #expect(sweep.leftOut.map(\.model) == ["a"])
    #expect(sweep.leftOut[0].rows == 2)
    #expect(sweep.leftOut[0].leftOutMean == 0)
    #expect(abs(sweep.leftOut[0].comparedMean - 10.0 / 18) < 1e-12)
    // Variance of the mean of 10 ones and 8 zeros: (10·8/18) / 17 / 18; the two zeros have none.
    #expect(abs(sweep.leftOut[0].standardError - (80.0 / 18 / 17 / 18).squareRoot()) < 1e-12)
    #expect(sweep.leftOut[0].differs)
  }

  @Test("An excluded policy keeps its count and says why")
  func excluded() async throws {
    let trace = try sketch(count: 20, missing: [0, 1, 2]).trace()
    var settings = SweepSettings()
    settings.replicates = 100
    let runner = try SweepRunner(
      trace: trace, policies: [.single("a"), .single("b")], prices: .tokens(for: trace), settings: settings)
    let sweep = await runner.sweep(trace.workloads[0])
    #expect(sweep.policies.map(\.policy) == [.single("a")])
    #expect(sweep.excluded.map(\.policy) == [.single("b")])
    #expect(sweep.excluded.map(\.covered) == [17])
    #expect(sweep.excluded.map(\.reason) == ["no recorded answer of b (3 of 20 queries)"])
    #expect(sweep.leftOut.isEmpty)
  }

  @Test("A sweep that keeps nothing has no policies, only reasons")
  func nothingKept() async throws {
    let trace = try sketch(count: 4, missing: [0, 1]).trace()
    let runner = try SweepRunner(
      trace: trace, policies: [.single("b")], prices: .tokens(for: trace), settings: SweepSettings())
    let sweep = await runner.sweep(trace.workloads[0])
    #expect(sweep.policies.isEmpty)
    #expect(sweep.comparedRows == 0)
    #expect(sweep.excluded.map(\.covered) == [2])
  }

  @Test("Workloads are compared apart, sorted by name")
  func workloads() async throws {
    var sketch = sketch(count: 4, missing: [0, 1])
    for index in 2..<4 { sketch.queries[index].workload = "another" }
    let trace = try sketch.trace()
    #expect(trace.workloads.map(\.name) == ["another", "w"])
    let rows = try await trace.replay(all: ["single:a", "single:b"], .tokens)
    #expect(rows.map(\.bill) == [Bill(boot: 22), Bill(boot: 44)])
  }
}
