import RoutingCore
import Testing

/// The progressive schedule (Scheme.md, "Schedules".2): every layer before the last is cut at B.
@Suite struct ProgressiveTests {
  private let id = Bench.id(layers: 3, ",schedule=progressive")

  @Test("Prefixes are merged, and a layer before the last bills its outputs up to B; there is no completion")
  func threeLayers() async throws {
    let row = try await LayerBench.progressive.replay(id)
    // Layer 2: m1 120·10 + min(20, 45)·20 = 1600, m3 90 + min(20, 4)·4 = 106.
    // Layer 3, the last: m1 125·10 + 44·20 = 2130, m3 95 + 33·4 = 227.
    // Merges of layers 1 to 3: 2120 + 2060 + 2000.
    #expect(row.bill == Bench.bill(merge: 6180, refinement: 1706 + 2357))
    #expect(row.tokens(.refinement) == Tokens(input: 120 + 90 + 125 + 95, output: 20 + 4 + 44 + 33))
    #expect(row.score == 650_000)
  }

  @Test("A refinement cut at B keeps its recorded duration")
  func latency() async throws {
    let row = try await LayerBench.progressive.replay(id)
    // Boot 3.0, ranking 0.5, merge 0.5, m1 3.0, merge 0.6, m1 2.8, merge 0.7.
    #expect(row.latency == 11_100_000)
  }

  @Test("An offline aggregator works on the last layer's whole outputs")
  func offlineLast() async throws {
    let row = try await LayerBench.progressive.replay(
      Bench.id(layers: 3, aggregator: "mean", ",schedule=progressive"))
    // (0.85 + 0.15) / 2; the merges of layers 1 and 2 are paid.
    #expect(row.score == 500_000)
    #expect(row.bill.merge == 4180)
  }

  @Test("Merges and refinements of another budget do not serve", arguments: ["10", "full"])
  func otherBudget(boot: String) async throws {
    let budget = try #require(BootBudget(boot))
    let sketch = LayerBench.progressive.changing {
      $0.append(ranking("m3 m1 m2", boot: budget, in: 1, out: 1, took: 1))
    }
    let row = try await sketch.replay(Bench.id(boot: boot, layers: 3, ",schedule=progressive"))
    #expect(row.gap == Gap(.noMerge, 1))
  }

  @Test("With B = full the records carry the budget full, and nothing is cut")
  func fullBudget() async throws {
    let sketch = LayerBench.progressive.changing { calls in
      for index in calls.indices where calls[index].bootBudget != nil { calls[index].bootBudget = .full }
    }
    let row = try await sketch.replay(Bench.id(boot: "full", layers: 3, ",schedule=progressive"))
    // Whole outputs at layer 2: 1200 + 45·20 = 2100, 90 + 16 = 106; layer 3 as before.
    #expect(row.bill == Bill(boot: 4340, selection: 4400, merge: 6180, refinement: 2206 + 2357))
  }

  @Test("k = 1: one refinement a layer and no merge")
  func alone() async throws {
    let boot = BootBudget.tokens(20)
    let sketch = Bench.sketch.changing { calls in
      calls += [
        refinement("m3", of: "m3", layer: 2, boot: boot, in: 90, out: 30, took: 1),
        refinement("m3", of: "m3", layer: 3, boot: boot, in: 95, out: 31, took: 2, score: 640_000),
      ]
    }
    let row = try await sketch.replay(Bench.id(k: "1", layers: 3, ",schedule=progressive"))
    // 90 + 20·4 = 170, then 95 + 31·4 = 219.
    #expect(row.bill == Bench.bill(merge: 0, refinement: 389))
    #expect(row.score == 640_000)
  }

  @Test("A continuation has nothing to continue", arguments: Continuation.allCases)
  func continuations(continuation: Continuation) async throws {
    let row = try await LayerBench.progressive.replay(id + ",continuation=\(continuation)")
    #expect(row.bill == Bench.bill(merge: 6180, refinement: 4063))
  }

  @Test("A refinement that is cut must have its tokens known; what was billed for all of it will not do")
  func recordedCost() async throws {
    let sketch = LayerBench.progressive.changing { calls in
      for index in calls.indices where calls[index].role == .refinement && calls[index].layer == 2 {
        calls[index].outputTokens = nil
        calls[index].cost = Cost(picodollars: 999)
      }
    }
    #expect(try await sketch.replay(id).gap.kind == .noRefinementTokens)
  }
}
