import RoutingCore
import Testing

/// `prior` ranks by mean score on other folds (Scheme.md, "Selectors").
@Suite struct PriorSelectorTests {
  /// Names of queries by fold of their group, which is the query.
  private static let byFold = Dictionary(
    grouping: (0..<200).map { "q\($0)" }, by: { TraceSketch.digest($0).fold })

  private func names(fold: UInt8, _ count: Int) throws -> [String] {
    Array(try #require(Self.byFold[fold]).prefix(count))
  }

  private func graded(_ name: String, a: Int?, b: Int?, workload: String = "w") -> QueryRecord {
    query(
      [response("a", in: 1, out: 1, score: a), response("b", in: 1, out: 1, score: b)], name: name,
      workload: workload)
  }

  private let id = "k=1,boot=none,layers=2,selector=prior,aggregator=first"

  /// Who is chosen for a query, read off the score of the answer.
  private func chosen(for name: String, in sketch: TraceSketch) async throws -> Int32 {
    let trace = try sketch.trace()
    let row = try #require(trace.rows.query.firstIndex(of: name))
    let replay = try await trace.replay(id, .tokens)
    try #require(replay.outcomes.gaps[row] == .covered)
    return replay.outcomes.scores[row]
  }

  @Test("The better mean on the other folds is chosen, never the query's own fold")
  func otherFolds() async throws {
    let zero = try names(fold: 0, 2)
    let one = try names(fold: 1, 2)
    // On fold 0 "a" is far better, on fold 1 "b" a little: fold 0 sees only fold 1 and takes "b".
    let sketch = TraceSketch(
      "a", "b",
      queries: [
        graded(zero[0], a: 900_000, b: 0), graded(zero[1], a: 900_000, b: 1),
        graded(one[0], a: 400_000, b: 500_000), graded(one[1], a: 400_000, b: 500_000),
      ])
    #expect(try await chosen(for: zero[1], in: sketch) == 1)
    #expect(try await chosen(for: one[0], in: sketch) == 400_000)
  }

  @Test("Means count the queries a candidate answered, exactly; equal means fall to pool order")
  func means() async throws {
    let zero = try names(fold: 0, 1)
    let other = try names(fold: 1, 3)
    // Elsewhere "a" has 1/3 + 1/3 + 1/3 over three, "b" one third of a million over one.
    var sketch = TraceSketch(
      "a", "b",
      queries: [
        graded(zero[0], a: 111, b: 222), graded(other[0], a: 333_333, b: 333_333),
        graded(other[1], a: 333_333, b: nil), graded(other[2], a: 333_333, b: nil),
      ])
    #expect(try await chosen(for: zero[0], in: sketch) == 111)
    sketch.queries[1].calls[1].score = Score(millionths: 333_334)
    #expect(try await chosen(for: zero[0], in: sketch) == 222)
  }

  @Test("Other workloads do not count")
  func workloads() async throws {
    let zero = try names(fold: 0, 2)
    let one = try names(fold: 1, 2)
    let sketch = TraceSketch(
      "a", "b",
      queries: [
        graded(zero[0], a: 111, b: 222), graded(one[0], a: 500, b: 400),
        graded(one[1], a: 0, b: 900_000, workload: "x"), graded(zero[1], a: 0, b: 0, workload: "x"),
      ])
    let trace = try sketch.trace()
    let options = try ReplaySetup.tokens.options(for: trace)
    let replayer = try Replayer(trace: trace, policies: [try Policy(id: id)], options: options)
    let replay = await replayer.replay(trace.workloads[0])
    let row = try #require(trace.rows.query.firstIndex(of: zero[0]))
    #expect(replay.outcomes[0].scores[row] == 111)
  }

  @Test("Folds are of the group, so a group never informs its own queries")
  func groups() async throws {
    let one = try names(fold: 1, 1)
    let sketch = TraceSketch(
      "a", "b",
      queries: ["x", "y", "z"].map { name in
        var record = graded(name, a: 111, b: 900_000)
        record.group = "together"
        return record
      } + [graded(TraceSketch.digest("together").fold == 1 ? try names(fold: 2, 1)[0] : one[0], a: 2, b: 1)])
    // The group's queries see the fourth only, where "a" is better.
    #expect(try await chosen(for: "x", in: sketch) == 111)
  }

  @Test("Without any scored answer in other folds for an active candidate the query is not covered")
  func gap() async throws {
    let zero = try names(fold: 0, 2)
    let row = try await TraceSketch(
      "a", "b", queries: [graded(zero[0], a: 1, b: 2), graded(zero[1], a: 1, b: 2)]
    )
    .replay(id, .tokens)
    #expect(row.gap == Gap(.noPrior, 0))
    let one = try names(fold: 1, 1)
    let half = TraceSketch("a", "b", queries: [graded(zero[0], a: 1, b: 2), graded(one[0], a: 1, b: nil)])
    let trace = try half.trace()
    let position = try #require(trace.rows.query.firstIndex(of: zero[0]))
    #expect(try await trace.replay(id, .tokens).outcomes.gaps[position] == Gap(.noPrior, 1))
  }

  @Test("A failed call counts as a score of 0")
  func failures() async throws {
    let zero = try names(fold: 0, 1)
    let other = try names(fold: 1, 1)
    var sketch = TraceSketch(
      "a", "b", queries: [graded(zero[0], a: 111, b: 222), graded(other[0], a: 900_000, b: 100_000)])
    sketch.queries[1].calls[0] = sketch.queries[1].calls[0].failed
    #expect(try await chosen(for: zero[0], in: sketch) == 222)
  }

  @Test("Where failures are left out a failed call tells nothing of its candidate")
  func excludedFailures() async throws {
    let zero = try names(fold: 0, 1)
    let other = try names(fold: 1, 2)
    var sketch = TraceSketch(
      "a", "b",
      queries: [graded(zero[0], a: 111, b: 222)] + other.map { graded($0, a: 900_000, b: 500_000) })
    sketch.queries[1].calls[0] = sketch.queries[1].calls[0].failed
    // a: 0.9 and a failure, 0.45 on average; b: 0.5.
    #expect(try await chosen(for: zero[0], in: sketch) == 222)
    let trace = try sketch.trace()
    let row = try #require(trace.rows.query.firstIndex(of: zero[0]))
    let replay = try await trace.replay(id, ReplaySetup(unit: .tokens, excludesFailures: true))
    #expect(replay.outcomes.scores[row] == 111)
  }
}
