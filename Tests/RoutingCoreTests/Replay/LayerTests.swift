import RoutingCore
import Testing

/// l = 1 … 4 in the completion schedule (Scheme.md, "The scheme").
@Suite struct LayerTests {
  @Test("One layer: the merge of the chosen prefixes is the answer")
  func oneLayer() async throws {
    let row = try await LayerBench.progressive.replay(Bench.id(layers: 1))
    // The layer-1 merge at B = 20: 70·20 + 9·80 = 2120.
    #expect(row.bill == Bench.bill(merge: 2120))
    #expect(row.score == 300_000)
    // 3.0 + 0.5 + 0.5.
    #expect(row.latency == 4_000_000)
  }

  @Test("One layer and k = 1: the prefix is the answer")
  func onePrefix() async throws {
    let row = try await Bench.sketch.replay(Bench.id(k: "1", layers: 1))
    #expect(row.bill == Bench.bill(merge: 0))
    // m3 is first, and its prefix at B = 20 is graded.
    #expect(row.score == 125_000)
    #expect(row.latency == 3_500_000)
  }

  @Test("Two layers and k = 1: the completed answer is the answer, without a merge")
  func oneAnswer() async throws {
    let row = try await Bench.sketch.replay(Bench.id(k: "1"))
    // m3 completes: (80 + 20)·1 + 20·4 = 180.
    #expect(row.bill == Bench.bill(completion: 180, merge: 0))
    #expect(row.score == 500_000)
    // 3.0 + 0.5 + 0.4 + 20/40 · 4.
    #expect(row.latency == 5_900_000)
  }

  @Test("Three layers: the merge is shown to the chosen, who write again, and those are merged")
  func threeLayers() async throws {
    let row = try await LayerBench.sketch.replay(Bench.id(layers: 3))
    #expect(row.bill == Bench.bill(completion: 1980, merge: 7600 + 7000, refinement: 5310))
    #expect(row.score == 800_000)
    // Two layers take 8.5 s; the slower refinement 3.0 s, the last merge 1.5 s.
    #expect(row.latency == 13_000_000)
  }

  @Test("Four layers add another round")
  func fourLayers() async throws {
    let sketch = LayerBench.sketch.changing { calls in
      calls += [
        refinement("m1", of: "m1 m3", layer: 4, in: 500, out: 10, took: 1),
        refinement("m3", of: "m1 m3", layer: 4, in: 600, out: 20, took: 2),
        merge("m1 m3", layer: 4, in: 100, out: 10, took: 0.25, score: 850_000),
      ]
    }
    let row = try await sketch.replay(Bench.id(layers: 4))
    // m1 500·10 + 10·20 = 5200, m3 600 + 20·4 = 680; the merge 100·20 + 10·80 = 2800.
    #expect(row.bill == Bench.bill(completion: 1980, merge: 14600 + 2800, refinement: 5310 + 5880))
    #expect(row.score == 850_000)
    // 13.0 + 2.0 + 0.25.
    #expect(row.latency == 15_250_000)
  }

  @Test("Three layers and k = 1: one refinement and no merge at any layer")
  func refinedAlone() async throws {
    let sketch = LayerBench.sketch.changing {
      $0.append(refinement("m3", of: "m3", in: 300, out: 50, took: 2, score: 620_000))
    }
    let row = try await sketch.replay(Bench.id(k: "1", layers: 3))
    // 300·1 + 50·4.
    #expect(row.bill == Bench.bill(completion: 180, merge: 0, refinement: 500))
    #expect(row.score == 620_000)
    #expect(row.latency == 7_900_000)
  }

  @Test(
    "An offline aggregator replaces the last merge only, over the refinements in order of rank",
    arguments: [("first", 400_000), ("mean", 675_000), ("best", 950_000), ("vote", 400_000)]
      as [(String, Int32)])
  func offlineLast(aggregator: String, score: Int32) async throws {
    let row = try await LayerBench.sketch.replay(Bench.id(layers: 3, aggregator: aggregator))
    // The layer-2 merge is still shown to the writers, and paid.
    #expect(row.bill == Bench.bill(completion: 1980, merge: 7600, refinement: 5310))
    // m3 (0.4, "6") is ranked before m1 (0.95, "5"): the vote is a tie.
    #expect(row.score == score)
    #expect(row.latency == 11_500_000)
  }

  @Test("Layers from the third on depend on the chosen set only, not on the budget")
  func independentOfBudget() async throws {
    let sketch = LayerBench.sketch.changing {
      $0.append(ranking("m1 m3 m2", boot: .tokens(10), in: 150, out: 5, took: 0.4))
    }
    let row = try await sketch.replay(Bench.id(boot: "10", layers: 3))
    #expect(row.score == 800_000)
    #expect(row.bill.merge == 14600)
    #expect(row.bill.refinement == 5310)
  }

  @Test("A refinement that names its aggregator is taken before one that names none")
  func namedRefinement() async throws {
    let sketch = LayerBench.sketch.changing {
      $0.append(refinement("m3", of: "m1 m3", in: 1, out: 1, took: 1, score: 0, by: "judge"))
    }
    let row = try await sketch.replay(Bench.id(layers: 3, aggregator: "first"))
    // m3's named refinement 1 + 4, m1's 4800.
    #expect(row.bill.refinement == 4805)
    #expect(row.score == 0)
  }

  @Test("An offline aggregator has no say where several recorded ones wrote the merges before")
  func severalAggregators() async throws {
    let sketch = LayerBench.sketch.changing {
      $0.append(merge("m1 m3", by: "editor", in: 1, out: 1, score: 0))
    }
    let offline = try await sketch.replay(Bench.id(layers: 3, aggregator: "vote"))
    #expect(offline.gap.kind == .severalAggregators)
    let named = try await sketch.replay(Bench.id(layers: 3, aggregator: "recorded:judge"))
    #expect(named.gap == .covered)
    let shallow = try await sketch.replay(Bench.id(aggregator: "vote"))
    #expect(shallow.gap == .covered)
  }

  @Test("An offline aggregator cannot replace merges that nobody recorded")
  func noAggregator() async throws {
    let sketch = LayerBench.sketch.removing(where: isRole(.merge))
    let row = try await sketch.replay(Bench.id(layers: 3, aggregator: "vote"))
    #expect(row.reason == "no recorded merge of the chosen set at layer 2")
  }
}
