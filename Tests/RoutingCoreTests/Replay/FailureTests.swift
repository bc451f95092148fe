import RoutingCore
import Testing

/// Calls that failed are covered: score 0, billed as far as known (Scheme.md, "Scores").
@Suite struct FailureTests {
  @Test("A failed candidate scores 0 and is billed, and the policy counts a failure")
  func candidate() async throws {
    let row = try await Bench.sketch.changing(where: isResponse("m3")) { $0 = $0.failed }
      .replay(Bench.id(k: "1"))
    // Its tokens are known, so m3 boots and completes as ever.
    #expect(row.bill == Bench.bill(completion: 180, merge: 0))
    #expect(row.score == 0)
    #expect(row.failed)
  }

  @Test("A failed candidate whose tokens are unknown is billed nothing and has nothing to complete")
  func unknownTokens() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m3")) {
      $0 = response("m3", ttft: 0.4, took: 4.4).failed
    }
    let row = try await sketch.replay(Bench.id(k: "1"))
    // Boots of m1 and m2 only: 1250 + 2250.
    #expect(row.bill == Bill(boot: 3500, selection: 4400))
    #expect(row.score == 0)
    // It took its 4.4 s all the same, then the ranking 0.5 s.
    #expect(row.latency == 4_900_000)
  }

  @Test("What a failed call was billed stands in for its unknown tokens", arguments: ["20", "full"])
  func recordedCost(boot: String) async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m3")) {
      $0 = response("m3").failed.with { $0.cost = Cost(picodollars: 77) }
    }
    let row = try await sketch.replay(Bench.id(k: "1", boot: boot, selector: "oracle", aggregator: "first"))
    // m1 and m2 as ever: at B = 20 1250 + 2250, in full 1850 + 2250.
    #expect(row.bill.boot == (boot == "20" ? 3500 : 4100) + 77)
  }

  @Test("A failed candidate restarts on known tokens only, whatever was billed for it")
  func restartOfFailed() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m3")) {
      $0 = response("m3", out: 40).failed.with { $0.cost = Cost(picodollars: 77) }
    }
    let row = try await sketch.replay(Bench.id(k: "1", ",continuation=restart"))
    // m3's 20 tokens of prefix, then 40 more: 80 and 160 picodollars; its input is unknown.
    #expect(row.bill == Bill(boot: 3580, selection: 4400, completion: 160))
  }

  @Test("A failed loser is a failure too, and leaves the score alone")
  func loser() async throws {
    let row = try await Bench.sketch.changing(where: isResponse("m2")) { $0 = $0.failed }.replay(Bench.id())
    #expect(row.score == 750_000)
    #expect(row.failed)
  }

  @Test("An answer or score recorded on a failed call is ignored")
  func failedVote() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m2")) { $0 = $0.failed }
    let row = try await sketch.replay(Bench.id(k: "3", selector: "length", aggregator: "vote"))
    // m2 would have made "7" the majority; now "5" (m1) and "7" (m3) tie, and m1 is first.
    #expect(row.score == 900_000)
  }

  @Test("A failed ranking ends the row: billed up to it, score 0, nothing after")
  func ranking() async throws {
    let row = try await Bench.sketch.changing(where: isRole(.ranking)) { $0 = $0.failed }.replay(Bench.id())
    #expect(row.bill == Bench.bill(merge: 0))
    #expect(row.score == 0)
    #expect(row.failed)
    #expect(row.latency == 3_500_000)
  }

  @Test("A failed ranking may lack an order and tokens")
  func emptyRanking() async throws {
    let row = try await Bench.sketch.changing(where: isRole(.ranking)) {
      $0 = $0.failed
      $0.order = nil
      $0.inputTokens = nil
      $0.outputTokens = nil
    }.replay(Bench.id())
    #expect(row.gap == .covered)
    #expect(row.bill == Bench.bill(selection: 0, merge: 0))
  }

  @Test("After a failed ranking no stream is cancelled, so losers pay their boots only")
  func rankingOfStream() async throws {
    let row = try await Bench.sketch.changing(where: isRole(.ranking)) { $0 = $0.failed }
      .replay(Bench.id(",continuation=stream"))
    #expect(row.bill == Bench.bill(merge: 0))
  }

  @Test("A failed last merge scores 0 and is billed")
  func lastMerge() async throws {
    let row = try await Bench.sketch.changing(where: isRole(.merge)) { $0 = $0.failed }.replay(Bench.id())
    #expect(row.bill == Bench.bill(completion: 1980))
    #expect(row.score == 0)
    #expect(row.failed)
    #expect(row.latency == 8_500_000)
  }

  @Test("A failed merge on the way ends the row")
  func mergeOnTheWay() async throws {
    let isSecond = { (call: CallRecord) in call.role == .merge && call.layer == 2 }
    let row = try await LayerBench.sketch.changing(where: isSecond) { $0 = $0.failed }
      .replay(Bench.id(layers: 3))
    #expect(row.bill == Bench.bill(completion: 1980))
    #expect(row.score == 0)
    #expect(row.latency == 8_500_000)
  }

  @Test("A failed re-ranking ends the row")
  func reranking() async throws {
    let isSecond = { (call: CallRecord) in call.role == .ranking && call.layer == 2 }
    let row = try await LayerBench.shrinking.changing(where: isSecond) { $0 = $0.failed }
      .replay(Bench.id(k: "2>1", layers: 3))
    #expect(row.bill == Bench.bill(selection: 4680, completion: 1980))
    #expect(row.score == 0)
    #expect(row.latency == 8_625_000)
  }

  @Test(
    "A failed refinement does not end the row: it is an input without an answer that scores 0",
    arguments: [("recorded", 800_000), ("mean", 475_000), ("vote", 950_000), ("first", 0)]
      as [(String, Int32)])
  func refinement(aggregator: String, score: Int32) async throws {
    let isThird = { (call: CallRecord) in call.role == .refinement && call.model == "m3" }
    let row = try await LayerBench.sketch.changing(where: isThird) { $0 = $0.failed }
      .replay(Bench.id(layers: 3, aggregator: aggregator))
    #expect(row.score == score)
    #expect(row.failed)
    #expect(row.bill.refinement == 5310)
  }

  @Test("The failed prefix of a layer-1 answer scores 0, whatever is graded for it")
  func prefixScore() async throws {
    let row = try await Bench.sketch.changing(where: isResponse("m3")) { $0 = $0.failed }
      .replay(Bench.id(k: "1", layers: 1))
    #expect(row.gap == .covered)
    #expect(row.score == 0)
  }

  @Test(
    "A failed call without text, answer and tokens does not stop an offline selector",
    arguments: ["length", "consensus", "consensus:answer", "random", "oracle"])
  func offlineSelectors(selector: String) async throws {
    let texts = ["m1": "one two", "m2": "one three"]
    let sketch = Bench.sketch.changing { calls in
      for index in 0..<2 { calls[index].text = texts[calls[index].model ?? ""] }
      calls[0].prefixes = [prefix(.tokens(20), answer: "5", score: 0)]
      calls[2] = response("m3").failed
    }
    let row = try await sketch.replay(Bench.id(k: "1", selector: selector, aggregator: "first"))
    #expect(row.gap == .covered)
    #expect(row.failed)
  }

  @Test(
    "--failures exclude: a policy that makes the failed call does not cover the row",
    arguments: [
      (0, ["k=1"]), (2, ["k=1"]), (3, ["k=1"]), (4, ["k=2"]), (0, ["oracle"]), (1, ["moa"]),
      (2, ["single:m3"]),
    ] as [(Int, [String])])
  func excluded(index: Int, ids: [String]) async throws {
    let sketch = Bench.sketch.changing { calls in
      calls.append(merge("m1 m2 m3", in: 1, out: 1, score: 0))
      calls[index] = calls[index].failed
      // Only a failed best answer is one the oracle makes.
      if ids == ["oracle"] { for other in 0..<3 { calls[other] = calls[other].failed } }
    }
    let id = ids[0].hasPrefix("k=") ? Bench.id(k: String(ids[0].dropFirst(2))) : ids[0]
    let row = try await sketch.replay(id, .failuresLeftOut)
    #expect(row.gap.kind == .failedCall)
    #expect(row.reason == "a recorded call failed (--failures exclude)")
  }

  @Test("--failures exclude leaves policies alone that do not make the failed call")
  func notExcluded() async throws {
    let m2Failed = Bench.sketch.changing(where: isResponse("m2")) { $0 = $0.failed }
    for id in ["single:m1", "oracle", "k=1,boot=none,layers=2,selector=static:m1,aggregator=first"] {
      #expect(try await m2Failed.replay(id, .failuresLeftOut).gap == .covered)
    }
    let mergeFailed = Bench.sketch.changing(where: isRole(.merge)) { $0 = $0.failed }
    #expect(try await mergeFailed.replay(Bench.id(k: "1"), .failuresLeftOut).gap == .covered)
  }

  @Test("--failures exclude counts failed refinements and merges on the way")
  func excludedLayers() async throws {
    for role in [CallRole.refinement, .merge] {
      let sketch = LayerBench.sketch.changing(where: isRole(role)) { $0 = $0.failed }
      #expect(try await sketch.replay(Bench.id(layers: 3), .failuresLeftOut).gap.kind == .failedCall)
    }
  }
}
