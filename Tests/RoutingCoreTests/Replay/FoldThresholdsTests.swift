import RoutingCore
import Testing

/// Thresholds that are quantiles of the signal on the other folds (Scheme.md, "Adaptive k").
@Suite struct FoldThresholdsTests {
  /// Two candidates, so that the agreement is the similarity of their texts: 0, 1/2, 1/√3, 1/√2 or 1.
  private static let texts = ["y", "x y z w", "x y z", "x y", "x"]

  /// A query whose agreement is the one at `level`; the smaller k scores 0.1, the larger 0.9.
  private func query(_ name: String, level: Int, workload: String = "w") -> QueryRecord {
    RoutingCoreTests.query(
      [
        response("a", in: 1, out: 1, answer: "1", score: 100_000, text: "x"),
        response("b", in: 1, out: 1, answer: "2", score: 900_000, text: Self.texts[level]),
      ], name: name, workload: workload)
  }

  private func sketch(_ levels: [(fold: UInt8, levels: [Int])]) -> TraceSketch {
    TraceSketch(
      "a", "b",
      queries: levels.flatMap { fold, levels in
        zip(SinglesSketch.names(fold: fold, levels.count), levels).map { query($0, level: $1) }
      })
  }

  /// Which queries of a fold stop, in the order of their names in `sketch`.
  private func stopped(_ threshold: String, in sketch: TraceSketch, fold: UInt8) async throws -> [Bool] {
    let trace = try sketch.trace()
    let row = try await trace.replay(
      "k=1|2@agreement:\(threshold),boot=1,layers=2,selector=length,aggregator=mean", .tokens)
    let stopped = try #require(row.outcomes.stopped)
    return sketch.queries.map(\.query).filter { TraceSketch.digest($0).fold == fold }.map { name in
      stopped[trace.rows.query.firstIndex(of: name)!]
    }
  }

  @Test(
    "A fold stops by the nearest-rank quantile of the others",
    arguments: [
      // Others of fold 0, sorted: 0, 1/2, 1/√2, 1. Fold 0 itself has 1/√3 and 1.
      ("q0.25", [true, true]), ("q0.5", [true, true]), ("q0.500001", [false, true]),
      ("q0.75", [false, true]),
      ("q0", [true, true]), ("q1", [false, true]),
    ])
  func nearestRank(threshold: String, expected: [Bool]) async throws {
    let sketch = sketch([(0, [2, 4]), (1, [4, 1, 3]), (2, [0])])
    #expect(try await stopped(threshold, in: sketch, fold: 0) == expected)
  }

  @Test("A query's own fold never moves its threshold, another fold does")
  func noLeakage() async throws {
    let own = sketch([(0, [2, 2, 2]), (1, [3])])
    #expect(try await stopped("q0.5", in: own, fold: 0) == [false, false, false])
    // With its own fold the median would be 1/√3, and all would stop.
    var changed = own
    for (index, level) in [(1, 0), (2, 4)] {
      changed.queries[index].calls[1].text = Self.texts[level]
      #expect(try await stopped("q0.5", in: changed, fold: 0)[0] == false)
    }
    changed.queries[3].calls[1].text = Self.texts[1]
    #expect(try await stopped("q0.5", in: changed, fold: 0)[0])
  }

  @Test("Queries of another workload do not count; without any of another fold the query is not covered")
  func workloads() async throws {
    var sketch = sketch([(0, [2])])
    sketch.queries.append(query(SinglesSketch.names(fold: 1, 1)[0], level: 0, workload: "x"))
    let row = try await sketch.trace().replay(
      "k=1|2@agreement:q0.5,boot=1,layers=2,selector=length,aggregator=mean", .tokens)
    #expect(row.gap == Gap(.noThreshold))
    #expect(row.reason == "no query of another fold to take the quantile of the signal from")
  }

  @Test("Neither threads nor other policies move a quantile")
  func threads() async throws {
    let trace = try RandomTrace.sketch(seed: 3, queries: 40).trace()
    let ids = ["q0.2", "q0.5", "0.4"].map {
      "k=1|3@agreement:\($0),boot=5,layers=2,selector=recorded:judge,aggregator=vote"
    }
    let policies = try ids.map { try Policy(id: $0) }
    let together = try await trace.replay(all: policies, ReplaySetup(unit: .tokens, threads: 4))
    for (policy, row) in zip(policies, together) {
      let alone = try await trace.replay(all: [policy], .tokens)[0]
      #expect(alone.outcomes.stopped == row.outcomes.stopped)
      #expect(alone.outcomes.costs == row.outcomes.costs)
    }
  }
}
