import RoutingCore
import Testing

@Suite struct RollingReplayTests {
  /// Twelve queries; `a` is right on the first five, `b` on the others. Windows of four: `a` scores 4 1 0, `b` 0 3 4.
  private static let change = RollingSketch([
    (name: "a", scores: "111110000000", tokens: 10), (name: "b", scores: "000001111111", tokens: 10),
  ])

  private static func request(_ window: Int, check: Int? = nil, memory: Int = 1, lambda: Double = 0.01) throws
    -> RollingRequest
  {
    try RollingRequest(window: window, checks: check, memory: memory, lambda: lambda)
  }

  @Test("Each window runs what was best on the window before")
  func hand() async throws {
    let result = try await Self.change.workload(try Self.request(4))
    #expect(result.runs.map { $0.hasPrefix("single:") } == [true, true, true])
    #expect(result.windows.map { $0[.rolling].score } == [1, 0.25, 1])
    #expect(result.windows.map { $0[.fixed].score } == [1, 0.25, 0])
    #expect(result.windows.map { $0[.bestFixed].score } == [0, 0.75, 1])
    #expect(result.windows.map { $0[.hindsight].score } == [1, 0.75, 1])
    // Every answer costs ten tokens, 0.1 at this λ, so regret is a count of right answers.
    func regrets(_ arm: RollingArm) -> [Double] {
      result.windows.map { ($0[arm].regret * 1e9).rounded() / 1e9 }
    }
    #expect(regrets(.rolling) == [0, 2, 2])
    #expect(regrets(.fixed) == [0, 2, 6])
    #expect(regrets(.bestFixed) == [4, 4, 4])
    #expect(regrets(.hindsight) == [0, 0, 0])
    #expect(result.windows.allSatisfy { $0[.rolling].cost == 10 && $0[.rolling].checkCost == 0 })
    let totals = try #require(result.totals)
    #expect(totals.switches == 1)
    #expect(abs(totals.leadOverFixed.mean - 4) < 1e-9)
    #expect(abs(totals.leadOverBestFixed.mean - 2) < 1e-9)
    #expect(abs(totals[.rolling].regret.mean - 2) < 1e-9)
    #expect(totals[.rolling].regret.low < 2 && 2 < totals[.rolling].regret.high)
  }

  @Test("Two windows of memory need longer to forget")
  func memory() async throws {
    // Before the third window `a` was right on 5 of 8 and `b` on 3.
    let result = try await Self.change.workload(try Self.request(4, memory: 2))
    #expect(result.windows.map { $0[.rolling].score } == [1, 0.25, 0])
  }

  @Test("The recorded order counts, not the order of names")
  func order() async throws {
    var sketch = Self.change
    sketch.ordinals = (0..<12).map { Int64(-$0) }
    let result = try await sketch.workload(try Self.request(4))
    #expect(result.windows.map(\.first) == [11, 7, 3].map(RollingSketch.name))
    #expect(result.windows.map(\.last) == [8, 4, 0].map(RollingSketch.name))
    // The first window runs `a`, the first of the pool, which is wrong on the last queries; then `b` 3, then `b` 0.
    #expect(result.windows.map { $0[.rolling].score } == [0, 0.75, 0])
  }

  @Test("A last window may be shorter")
  func remainder() async throws {
    let result = try await Self.change.workload(try Self.request(5, check: 3))
    #expect(result.windows.map(\.queries) == [5, 5, 2])
    #expect(result.windows.map(\.checked) == [3, 3, 2])
  }

  @Test("Without prices that tell, the first window runs the first of the pool; else the cheapest model")
  func start() async throws {
    var sketch = Self.change
    sketch.models.swapAt(0, 1)
    #expect(try await sketch.workload(try Self.request(4)).runs[0] == "single:b")
    let trace = try Self.change.sketch.trace()
    var grid = GridRequest()
    grid.selectors = ["prior"]
    grid.aggregators = ["first"]
    let book = PriceBook(
      name: "b", sha256: "",
      prices: ["a": ModelPrice(input: 5, output: 5), "b": ModelPrice(input: 1, output: 8)])
    var settings = SweepSettings()
    settings.replicates = 10
    let request = try Self.request(4, lambda: 0)
    let result = try await RollingResult(
      ScenarioBasis(
        trace: trace, prices: book, request: grid, rule: ChoiceRule(aim: .objective(lambda: 0)),
        settings: settings, workloads: trace.workloads), request)
    #expect(result.workloads[0].runs[0] == "single:b")
  }

  @Test(
    "A model that fades is left within two windows, at less regret than keeping it", arguments: [nil, 15])
  func fading(check: Int?) async throws {
    var draws = Draws(seed: 7)
    func scores(_ early: Int, _ late: Int) -> String {
      (0..<400).map { draws.below(100) < ($0 < 200 ? early : late) ? "1" : "0" }.joined()
    }
    let sketch = RollingSketch([
      (name: "a", scores: scores(95, 20), tokens: 10), (name: "b", scores: scores(70, 70), tokens: 10),
      (name: "c", scores: scores(40, 40), tokens: 10),
    ])
    let result = try await sketch.workload(try Self.request(40, check: check, lambda: 1e-4))
    // The sixth window is the first without the old `a`: by the eighth at the latest something else runs.
    for window in result.windows[7...] { #expect(window[.rolling].score > 0.5) }
    let totals = try #require(result.totals)
    #expect(totals[.rolling].regret.mean < totals[.fixed].regret.mean)
    #expect(totals.leadOverFixed.low > 0)
  }

  @Test("One standard error keeps the cheapest that is not clearly worse")
  func oneStandardError() async throws {
    // Of the first four: b minus a is 0 0 1 0 (error 0.22) or −1 0 1 1 (error 0.41), both 0.25 on average.
    for (scores, runs) in [("11101111", "single:b"), ("01111111", "single:a")] {
      let sketch = RollingSketch([
        (name: "a", scores: "11001111", tokens: 10), (name: "b", scores: scores, tokens: 11),
      ])
      let request = try RollingRequest(window: 4, lambda: 1e-6, isOneStandardError: true)
      #expect(try await sketch.workload(request).windows[1][.rolling].cost == (runs == "single:b" ? 11 : 10))
      #expect(try await sketch.workload(try Self.request(4, lambda: 1e-6)).windows[1][.rolling].cost == 11)
    }
  }

  @Test("Fewer queries than a window and one are a reason, not a result")
  func short() async throws {
    let result = try await Self.change.workload(try Self.request(12))
    #expect(result.totals == nil)
    #expect(result.windows.isEmpty)
    #expect(try #require(result.reason).contains("12 queries can be compared"))
  }

  @Test("A query without an ordinal is an error that counts them")
  func ordinals() async throws {
    var sketch = Self.change
    sketch.ordinals = (0..<12).map { $0 < 3 ? nil : Int64($0) }
    await #expect(throws: RollingError.noOrdinals(workload: "w", missing: 3, queries: 12)) {
      try await sketch.result(try Self.request(4))
    }
    sketch.ordinals = (0..<12).map { _ in nil }
    await #expect(throws: RollingError.noOrdinals(workload: "w", missing: 12, queries: 12)) {
      try await sketch.result(try Self.request(4))
    }
  }
}

@Suite struct RollingRequestTests {
  @Test(
    "Numbers that make no sense together are errors",
    arguments: [
      (0, nil, 1, RollingError.window(0)), (4, 4, 1, .checks(4, window: 4)), (4, 0, 1, .checks(0, window: 4)),
      (1, 1, 1, .checks(1, window: 1)), (4, nil, 0, .memory(0)),
    ] as [(Int, Int?, Int, RollingError)])
  func bad(window: Int, check: Int?, memory: Int, error: RollingError) {
    #expect(throws: error) {
      try RollingRequest(window: window, checks: check, memory: memory, lambda: 1)
    }
  }
}
