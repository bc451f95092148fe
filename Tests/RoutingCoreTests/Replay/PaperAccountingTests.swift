import RoutingCore
import Testing

/// `--accounting paper`: Σ over the chosen of T_i, plus every merge, in output tokens only (Scheme.md, "Token accounting").
@Suite struct PaperAccountingTests {
  @Test("Winners' whole outputs stand under completion; no input, no losers, no selector")
  func twoLayers() async throws {
    let row = try await Bench.sketch.replay(Bench.id(), .paper)
    // m1 50·20 + m3 40·4 = 1160; the merge 20·80 = 1600.
    #expect(row.bill == Bill(completion: 1160, merge: 1600))
    #expect(row.tokens(.completion) == Tokens(input: 0, output: 90))
    // Time does not depend on who pays.
    #expect(row.latency == 8_500_000)
  }

  @Test("It does not depend on the continuation", arguments: Continuation.allCases)
  func continuations(continuation: Continuation) async throws {
    var sketch = Bench.sketch
    sketch.header.models[2].continuation = DeclaredContinuation.none
    let row = try await sketch.replay(Bench.id(",continuation=\(continuation)"), .paper)
    #expect(row.bill == Bill(completion: 1160, merge: 1600))
  }

  @Test("A stream needs no timings, as no loser pays")
  func streamWithoutTimings() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m1")) { $0.duration = nil }
    let row = try await sketch.replay(Bench.id(k: "1", ",continuation=stream"), .paper)
    #expect(row.bill == Bill(completion: 160))
    #expect(row.latency == nil)
  }

  @Test("Losers' tokens need not be known, winners' must be", arguments: ["20", "full"])
  func unknownTokens(boot: String) async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m2")) { $0.outputTokens = nil }
    let loser = try await sketch.replay(
      Bench.id(k: "1", boot: boot, selector: "oracle", aggregator: "first"), .paper)
    #expect(loser.bill == Bill(completion: 1000))
    let winner = try await sketch.replay(
      Bench.id(k: "3", boot: boot, selector: "oracle", aggregator: "first"), .paper)
    #expect(winner.reason == "output tokens unknown (m2)")
  }

  @Test("A short winner counts its own output")
  func shortWinner() async throws {
    let sketch = Bench.sketch.changing(where: isRole(.ranking)) { $0.order = .order(["m2", "m3", "m1"]) }
    #expect(try await sketch.replay(Bench.id(k: "1"), .paper).bill == Bill(completion: 15 * 30))
  }

  @Test("One layer counts the chosen's outputs up to B")
  func oneLayer() async throws {
    let row = try await LayerBench.progressive.replay(Bench.id(layers: 1), .paper)
    // 20·20 + 20·4; the layer-1 merge 9·80.
    #expect(row.bill == Bill(completion: 480, merge: 720))
  }

  @Test("Refinements and every merge count")
  func threeLayers() async throws {
    let row = try await LayerBench.sketch.replay(Bench.id(layers: 3), .paper)
    // Merges 20·80 + 25·80; refinements 40·20 + 30·4.
    #expect(row.bill == Bill(completion: 1160, merge: 3600, refinement: 920))
  }

  @Test("Progressive: layer 1 up to B, refinements up to B before the last layer")
  func progressive() async throws {
    let row = try await LayerBench.progressive.replay(
      Bench.id(layers: 3, ",schedule=progressive"), .paper)
    // 480; merges (9 + 8 + 7)·80; layer 2 20·20 + 4·4, layer 3 44·20 + 33·4.
    #expect(row.bill == Bill(completion: 480, merge: 1920, refinement: 416 + 1012))
  }

  @Test("A failed first ranking leaves no winners, so nothing is counted")
  func failedRanking() async throws {
    let sketch = Bench.sketch.changing(where: isRole(.ranking)) { $0 = $0.failed }
    #expect(try await sketch.replay(Bench.id(), .paper).bill == Bill())
  }

  @Test(
    "Baselines stand under completion: the model's, everyone's, the first's, the best's output",
    arguments: [
      ("single:m1", Bill(completion: 1000)), ("moa", Bill(completion: 1000 + 450 + 160, merge: 2400)),
      ("blender", Bill(completion: 450)), ("oracle", Bill(completion: 1000)),
    ])
  func baselines(id: String, bill: Bill) async throws {
    let sketch = Bench.sketch.changing { calls in
      calls += [
        ranking("m2 m3 m1", boot: .full, in: 400, out: 6, took: 0.25),
        merge("m1 m2 m3", in: 500, out: 30, took: 2, score: 610_000),
      ]
    }
    #expect(try await sketch.replay(id, .paper).bill == bill)
  }

  @Test("Counted in tokens, output tokens are all there is")
  func tokens() async throws {
    let row = try await Bench.sketch.replay(Bench.id(), ReplaySetup(unit: .tokens, accounting: .paper))
    #expect(row.bill == Bill(completion: 90, merge: 20))
  }
}
