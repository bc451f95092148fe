import RoutingCore
import Testing

/// k-schedules: where k shrinks, the selector ranks the last layer's outputs again (Scheme.md, "Schedules").
@Suite struct KScheduleReplayTests {
  @Test("2>1 merges two, ranks them again over full answers, and one writes on alone")
  func completion() async throws {
    let row = try await LayerBench.shrinking.replay(Bench.id(k: "2>1", layers: 3))
    // The re-ranking 280, the layer-2 merge 7600, m1 alone 4240; no merge at layer 3.
    #expect(row.bill == Bench.bill(selection: 4680, completion: 1980, refinement: 4240))
    #expect(row.score == 960_000)
    // 8.5 + 0.125 + 0.75.
    #expect(row.latency == 9_375_000)
  }

  @Test("The last k repeats")
  func lastRepeats() async throws {
    let row = try await LayerBench.shrinking.replay(Bench.id(k: "2>1", layers: 4))
    #expect(row.bill == Bench.bill(selection: 4680, completion: 1980, refinement: 4240 + 4360))
    #expect(row.score == 970_000)
  }

  @Test("A set that is already small enough is not ranked again")
  func smallEnough() async throws {
    var sketch = LayerBench.shrinking
    sketch.header.models[0].skills = ["math"]
    sketch.queries[0].calls.append(refinement("m3", of: "m3", in: 10, out: 1, took: 1, score: 330_000))
    sketch.header.models[1].skills = ["math"]
    // Only m3 is active: k = 2>1 counts as 1 throughout.
    let row = try await sketch.replay(Bench.id(k: "2>1", layers: 3))
    #expect(row.bill == Bill(boot: 160, completion: 180, refinement: 14))
    #expect(row.score == 330_000)
  }

  @Test("Three shrink to two from layer 3 to 4 when the schedule says so")
  func laterShrink() async throws {
    let sketch = LayerBench.sketch.changing { calls in
      calls += [
        ranking("m2 m3 m1", boot: .full, layer: 2, in: 7, out: 1, took: 0.5),
        merge("m1 m2 m3", in: 100, out: 10, took: 1, score: 0),
        refinement("m2", of: "m2 m3", in: 20, out: 2, took: 1, score: 100_000),
        refinement("m3", of: "m2 m3", in: 30, out: 3, took: 1, score: 200_000),
        merge("m2 m3", layer: 3, in: 40, out: 4, took: 1, score: 222_000),
      ]
    }
    let row = try await sketch.replay(Bench.id(k: "3>2", layers: 3))
    // All three complete in pool order without a ranking: m1 1800, m3 180, m2 fits the budget.
    // Re-ranking 7·20 + 80 = 220; merges 2000 + 800 = 2800 and 800 + 320 = 1120.
    // Refinements m2 22·30 = 660, m3 30 + 12 = 42.
    #expect(row.bill == Bench.bill(selection: 220, completion: 1980, merge: 3920, refinement: 702))
    #expect(row.score == 222_000)
  }

  @Test("The latest ranking is the order in which an offline aggregator sees the outputs")
  func latestOrder() async throws {
    let sketch = LayerBench.sketch.changing { calls in
      calls += [
        ranking("m2 m3 m1", boot: .full, layer: 2, in: 7, out: 1, took: 0.5),
        merge("m1 m2 m3", in: 100, out: 10, took: 1, score: 0),
        refinement("m2", of: "m2 m3", in: 20, out: 2, took: 1, score: 100_000),
        refinement("m3", of: "m2 m3", in: 30, out: 3, took: 1, score: 200_000),
      ]
    }
    let row = try await sketch.replay(Bench.id(k: "3>2", layers: 3, aggregator: "first"))
    #expect(row.score == 100_000)
  }

  @Test("The progressive schedule ranks again at B, over the layer's own outputs")
  func progressive() async throws {
    let boot = BootBudget.tokens(20)
    let sketch = LayerBench.progressive.changing { calls in
      calls += [
        ranking("m3 m1", boot: boot, layer: 2, in: 11, out: 1, took: 0.125),
        refinement("m3", of: "m3", boot: boot, in: 95, out: 33, took: 2, score: 240_000),
      ]
    }
    let row = try await sketch.replay(Bench.id(k: "2>1", layers: 3, ",schedule=progressive"))
    // Re-ranking 11·20 + 80 = 300; merges of layers 1 and 2; layer 2 as in the plain case, then 95 + 132 = 227.
    #expect(row.bill == Bench.bill(selection: 4700, merge: 4180, refinement: 1706 + 227))
    #expect(row.score == 240_000)
    // 3.0 + 0.5 + 0.5 + 3.0 + 0.6 + 0.125 + 2.0.
    #expect(row.latency == 9_725_000)
  }

  @Test(
    "An offline selector ranks the layer's own outputs again, at no cost",
    arguments: [("length", 960_000), ("oracle", 960_000)] as [(String, Int32)])
  func offlineSelector(selector: String, score: Int32) async throws {
    // By full answers m1 (50 tokens, 0.9) is before m3 (40 tokens, 0.5).
    let row = try await LayerBench.shrinking.replay(Bench.id(k: "2>1", layers: 3, selector: selector))
    #expect(row.bill == Bench.bill(selection: 0, completion: 1980, refinement: 4240))
    #expect(row.score == score)
  }

  @Test(
    "Progressive outputs are ranked as far as B shows them, by length, and in hindsight by their scores",
    arguments: [("length", 240_000), ("oracle", 850_000)] as [(String, Int32)])
  func offlineProgressive(selector: String, score: Int32) async throws {
    let boot = BootBudget.tokens(20)
    let sketch = LayerBench.progressive.changing { calls in
      for index in calls.indices where calls[index].role == .refinement && calls[index].layer == 2 {
        // Cut at 20, m1's 19 tokens are fewer than m3's 20; its score is the higher one.
        calls[index].outputTokens = calls[index].model == "m1" ? 19 : 21
        calls[index].score = Score(millionths: calls[index].model == "m1" ? 900_000 : 100_000)
      }
      calls += [
        refinement("m1", of: "m1", boot: boot, in: 1, out: 1, score: 850_000),
        refinement("m3", of: "m3", boot: boot, in: 1, out: 1, score: 240_000),
      ]
    }
    let row = try await sketch.replay(
      Bench.id(k: "2>1", layers: 3, selector: selector, ",schedule=progressive"))
    #expect(row.score == score)
    #expect(row.bill.selection == 0)
  }

  @Test("A missing, unreadable or unbilled re-ranking leaves the query uncovered")
  func missingRanking() async throws {
    func gap(_ change: @escaping (inout CallRecord) -> Void) async throws -> Gap {
      let isSecond = { (call: CallRecord) in call.role == .ranking && call.layer == 2 }
      return try await LayerBench.shrinking.changing(where: isSecond, change)
        .replay(Bench.id(k: "2>1", layers: 3)).gap
    }
    #expect(try await gap { $0.bootBudget = .tokens(20) } == Gap(.noRanking, 2))
    #expect(try await gap { $0.order = .unparsable } == Gap(.unparsableRanking, 2))
    #expect(try await gap { $0.outputTokens = nil } == Gap(.noRankingTokens, 2))
    let unbilled = LayerBench.shrinking.changing(where: isRole(.ranking)) { $0.outputTokens = nil }
    #expect(try await unbilled.replay(Bench.id(k: "2>1", layers: 3), .paper).gap == .covered)
  }
}
