import RoutingCore
import Testing

@Suite struct DomainTransferTests {
  /// m1 is right in workload a, m2 in workload b.
  private static let sketch = TraceSketch(
    "m1", "m2",
    queries: (0..<40).map { index in
      let isA = index < 20
      return query(
        [
          response("m1", in: 10, out: 10, score: isA ? 1_000_000 : 0),
          response("m2", in: 10, out: 20, score: isA ? 250_000 : 750_000),
        ], name: "q\(index)", workload: isA ? "a" : "b")
    })

  private func transfer(_ ids: [String]) async throws -> DomainTransfer {
    let trace = try Self.sketch.trace()
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 50
    let choices = try zip(trace.workloads, ids).map { (workload: $0, policy: Optional(try Policy(id: $1))) }
    return try #require(
      try await DomainTransfer(choices, trace: trace, prices: .tokens(for: trace), settings: settings))
  }

  @Test("Each choice is scored on every workload, against that workload's own")
  func matrix() async throws {
    let transfer = try await transfer(["single:m1", "single:m2"])
    let there = try #require(transfer.cells[0][1])
    #expect(there.score == 0)
    #expect(there.againstOwn?.score.mean == -0.75)
    #expect(there.againstOwn?.cost.mean == -10)
    let back = try #require(transfer.cells[1][0])
    #expect(back.againstOwn?.score.mean == -0.75)
    #expect(transfer.cells[0][0]?.againstOwn?.score.mean == 0)
  }

  @Test("Prior is carried over in the order it has where it was chosen")
  func frozenPrior() async throws {
    let prior = "k=1,boot=none,layers=2,selector=prior,aggregator=first"
    let transfer = try await transfer([prior, prior])
    #expect(
      transfer.choices.map { $0?.description } == [
        "k=1,boot=none,layers=2,selector=static:m1>m2,aggregator=first",
        "k=1,boot=none,layers=2,selector=static:m2>m1,aggregator=first",
      ])
    #expect(transfer.cells[0][1]?.score == 0)
    #expect(transfer.cells[1][1]?.score == 0.75)
  }
}
