import RoutingCore
import Testing

/// The baselines of Scheme.md, "Baselines and bounds".
///
/// Whole answers: m1 70·10 + 30·5 + 50·20 = 1850, m2 60·30 + 15·30 = 2250, m3 80 + 160 = 240; sum 4340.
@Suite struct BaselineTests {
  private let sketch = Bench.sketch.changing { calls in
    calls += [
      ranking("m2 m3 m1", boot: .full, in: 400, out: 6, took: 0.25),
      merge("m1 m2 m3", in: 500, out: 30, took: 2, score: 610_000),
    ]
  }

  @Test(
    "single is that model's whole answer",
    arguments: [
      ("m1", 1850, 900_000, 6_000_000), ("m2", 2250, 200_000, 2_000_000), ("m3", 240, 500_000, 4_400_000),
    ] as [(String, Int128, Int32, Int64)])
  func single(model: String, cost: Int128, score: Int32, latency: Int64) async throws {
    let row = try await sketch.replay("single:\(model)")
    #expect(row.bill == Bill(boot: cost))
    #expect(row.score == score)
    #expect(row.latency == latency)
  }

  @Test("single ignores skills, and takes models outside the pool that have answers")
  func singleOutside() async throws {
    var sketch = Bench.sketch.changing {
      $0.append(response("judge", in: 10, out: 5, ttft: 1, took: 2, answer: "5", score: 990_000))
    }
    sketch.header.models[0].skills = ["law"]
    let judge = try await sketch.replay("single:judge")
    // 10·20 + 5·80.
    #expect(judge.bill == Bill(boot: 600))
    #expect(judge.score == 990_000)
    #expect(try await sketch.replay("single:m1").score == 900_000)
    // The ceiling is over the pool's active candidates: m3 before m2.
    #expect(try await sketch.replay("oracle").score == 500_000)
  }

  @Test("single of a model without answers is an error that lists those with some")
  func unknownSingle() async throws {
    let trace = try Bench.sketch.trace()
    await #expect(throws: PolicyError.unknown(kind: "model", name: "m4", known: ["m1", "m2", "m3"])) {
      try await trace.replay("single:m4")
    }
  }

  @Test("moa runs everyone in full and merges them")
  func moa() async throws {
    let row = try await sketch.replay("moa")
    // The merge 500·20 + 30·80 = 12400.
    #expect(row.bill == Bill(boot: 4340, merge: 12400))
    #expect(row.score == 610_000)
    #expect(row.latency == 8_000_000)
  }

  @Test("moa with an offline aggregator sees the answers in pool order")
  func moaOffline() async throws {
    let trace = try sketch.trace()
    let row = try await trace.replay(all: [.moa(aggregator: "vote"), .moa(aggregator: "first")])
    // "7" has two votes, m2 is its first holder.
    #expect(row[0].score == 200_000)
    #expect(row[0].bill == Bill(boot: 4340))
    #expect(row[1].score == 900_000)
  }

  @Test("moa with one active candidate needs no merge")
  func moaAlone() async throws {
    var sketch = Bench.sketch
    sketch.header.models[1].skills = ["law"]
    sketch.header.models[2].skills = ["law"]
    let row = try await sketch.replay("moa")
    #expect(row.bill == Bill(boot: 1850))
    #expect(row.score == 900_000)
  }

  @Test("blender runs everyone in full, ranks the full answers and takes the first")
  func blender() async throws {
    let row = try await sketch.replay("blender")
    // The ranking 400·20 + 6·80 = 8480.
    #expect(row.bill == Bill(boot: 4340, selection: 8480))
    #expect(row.score == 200_000)
    #expect(row.latency == 6_250_000)
  }

  @Test("blender runs everyone with a selector that boots nothing, too")
  func blenderStatic() async throws {
    let row = try await sketch.trace().replay(all: [.blender(selector: "static:m3")])[0]
    #expect(row.bill == Bill(boot: 4340))
    #expect(row.score == 500_000)
  }

  @Test("oracle is the best whole answer in hindsight, at that answer's cost")
  func oracle() async throws {
    let row = try await sketch.replay("oracle")
    #expect(row.bill == Bill(boot: 1850))
    #expect(row.score == 900_000)
    #expect(row.latency == 6_000_000)
  }

  @Test("Ties of the oracle fall to pool order, not to the cheaper")
  func oracleTies() async throws {
    let tied = sketch.changing(where: isResponse("m3")) { $0.score = Score(millionths: 900_000) }
    #expect(try await tied.replay("oracle").bill == Bill(boot: 1850))
  }

  @Test("A failed answer that is not the best is no failure of the oracle's")
  func oracleFailures() async throws {
    let one = sketch.changing(where: isResponse("m3")) { $0 = $0.failed }
    #expect(try await one.replay("oracle").failed == false)
    let all = sketch.changing(where: isRole(.response)) { $0 = $0.failed }
    let row = try await all.replay("oracle")
    #expect(row.failed)
    #expect(row.score == 0)
    #expect(row.bill == Bill(boot: 1850))
  }

  @Test("The oracle needs every active candidate's answer")
  func oracleGaps() async throws {
    let row = try await sketch.removing(where: isResponse("m2")).replay("oracle")
    #expect(row.reason == "no recorded answer of m2")
  }
}
