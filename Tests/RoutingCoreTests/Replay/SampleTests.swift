import RoutingCore
import Testing

/// `--samples all` makes every (query, sample) a row of its query's group (Scheme.md, "Coverage").
@Suite struct SampleTests {
  private let sketch = TraceSketch(
    "a", "b",
    queries: [
      query(
        [
          response("a", in: 1, out: 1, score: 100_000), response("b", in: 2, out: 1, score: 0),
          response("a", in: 1, out: 1, score: 300_000, sample: 2),
          response("b", in: 2, out: 1, score: 0, sample: 2),
          merge("a b", in: 5, out: 5, score: 700_000).with { $0.sample = 2 },
        ], name: "q1"),
      query([response("a", in: 1, out: 1, score: 500_000)], name: "q2"),
    ])

  @Test("By default every query is one row of sample 0")
  func first() async throws {
    let trace = try sketch.trace()
    #expect(trace.rows.query == ["q1", "q2"])
    #expect(Array(trace.rows.sample) == [0, 0])
    let row = try await trace.replay("single:a", .tokens)
    #expect(Array(row.outcomes.scores) == [100_000, 500_000])
  }

  @Test("All samples are rows, a query's in ascending order and one group")
  func all() async throws {
    let trace = try sketch.trace(samples: .all)
    #expect(trace.rows.query == ["q1", "q1", "q2"])
    #expect(Array(trace.rows.sample) == [0, 2, 0])
    #expect(Array(trace.rows.group) == [0, 0, 1])
    #expect(Array(trace.groups.rowStart) == [0, 2, 3])
    let row = try await trace.replay("single:a", .tokens)
    #expect(Array(row.outcomes.scores) == [100_000, 300_000, 500_000])
  }

  @Test("A sample uses its own calls only")
  func ownCalls() async throws {
    let trace = try sketch.trace(samples: .all)
    let row = try await trace.replay("moa", .tokens)
    // The merge is recorded for sample 2; sample 0 does not fall back to it; q2 lacks b.
    #expect(row.outcomes.gaps.map(\.kind) == [.noMerge, .covered, .noResponse])
    #expect(row.outcomes.scores[1] == 700_000)
  }

  @Test("Coverage counts rows")
  func coverage() async throws {
    let trace = try sketch.trace(samples: .all)
    var setup = ReplaySetup.tokens
    setup.minCoverage = try #require(CoverageShare(decimal: "0.666666"))
    // b covers 2 of 3 rows.
    #expect(try await trace.replay("single:b", setup).isKept)
  }

  @Test("A query without calls is still a row, of sample 0")
  func withoutCalls() throws {
    let trace = try TraceSketch("a", queries: [query([])]).trace(samples: .all)
    #expect(Array(trace.rows.sample) == [0])
  }

  @Test("Samples of a group are resampled together")
  func groups() async throws {
    let trace = try sketch.trace(samples: .all)
    let options = try ReplaySetup.tokens.options(for: trace)
    let replayer = try Replayer(trace: trace, policies: [.single("a")], options: options)
    let replay = await replayer.replay(trace.workloads[0])
    let sums = await GroupSums(replay, in: trace, policies: [0])
    #expect(Array(sums.counts) == [2, 1])
    #expect(Array(sums.scores[0]) == [400_000, 500_000])
    #expect(Array(sums.costs[0]) == [4, 2])
    #expect(sums.keys[0] == TraceSketch.digest("q1").key)
  }
}
