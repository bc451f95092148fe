import RoutingCore
import Testing

@Suite struct DegradedReplayTests {
  private let judged = "k=1,boot=20,layers=2,selector=recorded,aggregator=first"

  /// The worked example 40 times with a perfect judge; on odd queries m1 and m3 swap their scores.
  private static let sketch: TraceSketch = {
    var sketch = Bench.sketch
    sketch.queries = (0..<40).map { index in
      var record = Bench.sketch.queries[0]
      record.query = "q\(index)"
      for place in record.calls.indices {
        let isEven = index % 2 == 0
        switch (record.calls[place].role, record.calls[place].model) {
        case (.ranking, _):
          record.calls[place].order = .order(isEven ? ["m1", "m3", "m2"] : ["m3", "m1", "m2"])
        case (.response, "m1"): record.calls[place].score = Score(millionths: isEven ? 900_000 : 100_000)
        case (.response, "m3"): record.calls[place].score = Score(millionths: isEven ? 100_000 : 900_000)
        default: break
        }
      }
      return record
    }
    return sketch
  }()

  private func basis(_ share: String?) throws -> ScenarioBasis {
    let trace = try Self.sketch.trace()
    var settings = SweepSettings()
    settings.replicates = 20
    var request = GridRequest()
    request.selectors = ["recorded", "random"]
    request.aggregators = ["first"]
    request.k = [KSchedule(constant: 1)]
    var basis = ScenarioBasis(
      trace: trace, prices: Bench.prices, request: request, rule: ChoiceRule(aim: .objective(lambda: 0)),
      settings: settings, workloads: trace.workloads)
    basis.degradation = try share.map { try #require(Share($0)) }
    return basis
  }

  /// What the judged policy scores and costs at a degradation.
  private func means(_ share: String?) async throws -> (score: Double, cost: Double) {
    let result = try await WhatIf(
      try basis(nil),
      scenarios: [
        Scenario(name: "s", changes: [.degradeSelector(try #require(Share(share ?? "0")))])
      ])
    let standing = try #require(result.scenarios[0].unchanged[0])
    #expect(standing.policy?.description == judged)
    return (standing.score.mean, standing.cost.mean * 1e12)
  }

  @Test("Random on no query it is itself, and between the two ends it is linear")
  func linear() async throws {
    let (none, half, all) = (try await means("0"), try await means("0.5"), try await means("1"))
    #expect(none.score == 0.9)
    // Boot 3660, ranking 4400; m1 goes on for (100 + 20) · 10 + 30 · 20, m3 for 80 + 20 + 20 · 4.
    #expect(abs(none.cost - (3660 + 4400 + (1800 + 180) / 2)) < 1e-6)
    #expect(all.score < 0.9)
    #expect(abs(half.score - (none.score + all.score) / 2) < 1e-6)
    #expect(abs(half.cost - (none.cost + all.cost) / 2) < 1)
  }

  @Test("Random on every query it scores as a random selector does, and its ranking is still paid")
  func all() async throws {
    let trace = try Self.sketch.trace()
    let random = try await trace.replay("k=1,boot=20,layers=2,selector=random,aggregator=first")
    let rows = Double(trace.rows.count)
    let score = random.outcomes.scores.reduce(0.0) { $0 + Double($1) } / rows / 1e6
    let cost = random.outcomes.costs.reduce(0.0) { $0 + Double($1) } / rows
    let all = try await means("1")
    #expect(abs(all.score - score) < 1e-12)
    #expect(abs(all.cost - (cost + 4400)) < 1e-6)
  }
}
