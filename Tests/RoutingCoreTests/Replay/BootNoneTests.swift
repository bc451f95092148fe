import RoutingCore
import Testing

/// `static` and `prior` boot nothing and start only the chosen candidates (Scheme.md, "Selectors").
@Suite struct BootNoneTests {
  private func id(k: String = "2", layers: Int = 2, _ rest: String = "") -> String {
    Bench.id(k: k, boot: "none", layers: layers, selector: "static:m3>m1", rest)
  }

  @Test("Each chosen candidate's whole call is booked under completion, its cached input at the cached price")
  func bill() async throws {
    let row = try await Bench.sketch.replay(id())
    // m3 80 + 160 = 240, m1 70·10 + 30·5 + 50·20 = 1850.
    #expect(row.bill == Bill(completion: 2090, merge: 7600))
    #expect(row.tokens(.completion) == Tokens(input: 180, output: 90))
    #expect(row.score == 750_000)
    // The slower of 4.4 and 6.0 s, then the merge.
    #expect(row.latency == 7_000_000)
  }

  @Test("k = 1 takes the first of the order")
  func single() async throws {
    let row = try await Bench.sketch.replay(id(k: "1"))
    #expect(row.bill == Bill(completion: 240))
    #expect(row.score == 500_000)
  }

  @Test("Candidates that the order does not name follow in pool order")
  func restOfTheOrder() async throws {
    let row = try await Bench.sketch.replay(
      Bench.id(k: "2", boot: "none", selector: "static:m3", aggregator: "mean"))
    // m3 0.5 and m1 0.9.
    #expect(row.score == 700_000)
  }

  @Test("A candidate of the order that is not active is passed over")
  func idle() async throws {
    var sketch = Bench.sketch
    sketch.header.models[2].skills = ["law"]
    #expect(try await sketch.replay(id(k: "1")).score == 900_000)
  }

  @Test("Nothing is cut, so a continuation has no effect", arguments: Continuation.allCases)
  func continuation(continuation: Continuation) async throws {
    let row = try await Bench.sketch.replay(id(",continuation=\(continuation)"))
    #expect(row.bill == Bill(completion: 2090, merge: 7600))
    #expect(row.latency == 7_000_000)
  }

  @Test("A model that cannot continue makes one ordinary call")
  func restarting() async throws {
    var sketch = Bench.sketch
    sketch.header.models[0].continuation = DeclaredContinuation.none
    #expect(try await sketch.replay(id()).bill == Bill(completion: 2090, merge: 7600))
  }

  @Test("Later layers are those of the completion schedule")
  func threeLayers() async throws {
    let row = try await LayerBench.sketch.replay(id(layers: 3))
    #expect(row.bill == Bill(completion: 2090, merge: 14600, refinement: 5310))
    // 6.0 + 1.0 + 3.0 + 1.5.
    #expect(row.latency == 11_500_000)
  }

  @Test("Where k shrinks the same order ranks again, at no cost")
  func shrinking() async throws {
    let sketch = LayerBench.shrinking.changing {
      $0.append(refinement("m3", of: "m3", in: 10, out: 1, took: 1, score: 330_000))
    }
    let row = try await sketch.replay(id(k: "2>1", layers: 3))
    // m3 stays first: 10 + 4.
    #expect(row.bill == Bill(completion: 2090, merge: 7600, refinement: 14))
    #expect(row.score == 330_000)
  }

  @Test("Under paper accounting the chosen's whole outputs count")
  func paper() async throws {
    let row = try await Bench.sketch.replay(id(), .paper)
    // 40·4 + 50·20; the merge 20·80.
    #expect(row.bill == Bill(completion: 1160, merge: 1600))
  }

  @Test("A failed candidate is a failure only when it is started")
  func failures() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m2")) { $0 = $0.failed }
    #expect(try await sketch.replay(id()).failed == false)
    #expect(try await sketch.replay(id(k: "3", "")).failed)
  }
}
