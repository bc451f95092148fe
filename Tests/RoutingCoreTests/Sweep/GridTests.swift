import RoutingCore
import Testing

@Suite struct GridTests {
  private func grid(_ sketch: TraceSketch = Bench.sketch, _ change: (inout GridRequest) -> Void = { _ in })
    throws
    -> Grid
  {
    var request = GridRequest()
    change(&request)
    return try Grid(request, for: sketch.trace())
  }

  private func schemes(_ grid: Grid) -> [String] {
    grid.policies.filter { !$0.isBaseline }.map(\.description)
  }

  @Test("Without flags a grid is what the trace can answer, with prior beside it")
  func defaults() throws {
    let grid = try grid()
    #expect(grid.k.map(\.first) == [1, 2, 3])
    #expect(grid.boots == [.tokens(20)])
    #expect(grid.layers == [2])
    #expect(grid.selectors == ["recorded", "prior"])
    #expect(grid.aggregators == ["recorded"])
    let rest = "aggregator=recorded"
    #expect(
      schemes(grid) == [
        "k=1,boot=none,layers=2,selector=prior,\(rest)", "k=1,boot=20,layers=2,selector=recorded,\(rest)",
        "k=2,boot=none,layers=2,selector=prior,\(rest)", "k=2,boot=20,layers=2,selector=recorded,\(rest)",
        "k=3,boot=none,layers=2,selector=prior,\(rest)", "k=3,boot=20,layers=2,selector=recorded,\(rest)",
      ])
  }

  @Test("The baselines always stand at the end, with the first selector and aggregator")
  func baselines() throws {
    let grid = try grid(Bench.sketch) {
      $0.selectors = ["length", "consensus"]
      $0.aggregators = ["vote", "first"]
    }
    #expect(
      Array(grid.policies.suffix(6)) == [
        .single("m1"), .single("m2"), .single("m3"), .moa(aggregator: "vote"), .blender(selector: "length"),
        .oracle,
      ])
  }

  @Test("Without recorded rankings and merges a grid takes consensus, vote and the customary budgets")
  func nothingRecorded() throws {
    let grid = try grid(Bench.sketch.removing(where: isToolCall))
    #expect(grid.selectors == ["consensus", "prior"])
    #expect(grid.aggregators == ["vote"])
    #expect(grid.boots.map(\.description) == ["25", "50", "100", "200", "400", "full"])
    #expect(grid.layers == [2])
  }

  @Test("With several recorded selectors and aggregators it takes them all, by name")
  func severalRecorded() throws {
    let sketch = Bench.sketch.changing { calls in
      calls.append(ranking("m1 m2 m3", boot: .full, by: "other"))
      calls.append(merge("m1 m2", by: "other"))
    }
    let trace = try sketch.trace()
    let grid = try Grid(GridRequest(), for: trace)
    #expect(trace.selectors.count == 2)
    #expect(grid.selectors == trace.selectors.map { "recorded:\($0)" } + ["prior"])
    #expect(grid.aggregators == trace.aggregators.map { "recorded:\($0)" })
    #expect(grid.aggregators.contains("recorded:other"))
    #expect(grid.boots == [.tokens(20), .full])
  }

  @Test("Budgets are those of the first rankings, layers those recorded")
  func recordedCoordinates() throws {
    let grid = try grid(LayerBench.shrinking)
    #expect(grid.boots == [.tokens(20)])
    #expect(grid.layers == [2, 3, 4])
  }

  @Test("What is asked for is taken as it is, combinations that make no sense left out")
  func asked() throws {
    let grid = try grid(Bench.sketch) {
      $0.k = ["2", "3>1"].compactMap { KSchedule($0) }
      $0.boots = [.tokens(5), .full]
      $0.layers = [1, 3]
      $0.schedules = [.completion, .progressive]
      $0.selectors = ["length", "static:m1"]
      $0.aggregators = ["vote"]
      $0.continuation = .cached
    }
    let tail = "aggregator=vote"
    func scheme(_ k: String, _ boot: String, _ layers: Int, _ selector: String, _ rest: String = "") -> String
    {
      "k=\(k),boot=\(boot),layers=\(layers),selector=\(selector),\(tail)\(rest),continuation=cached"
    }
    let slow = ",schedule=progressive"
    // 3>1 needs three layers; static boots nothing, needs two, and has no progressive schedule.
    #expect(
      schemes(grid) == [
        scheme("2", "none", 3, "static:m1"), scheme("2", "5", 1, "length"), scheme("2", "5", 3, "length"),
        scheme("2", "5", 3, "length", slow), scheme("2", "full", 1, "length"),
        scheme("2", "full", 3, "length"),
        scheme("2", "full", 3, "length", slow), scheme("3>1", "none", 3, "static:m1"),
        scheme("3>1", "5", 3, "length"), scheme("3>1", "5", 3, "length", slow),
        scheme("3>1", "full", 3, "length"), scheme("3>1", "full", 3, "length", slow),
      ])
  }

  @Test("Values given twice make one policy")
  func duplicates() throws {
    let grid = try grid(Bench.sketch) {
      $0.k = [KSchedule(constant: 1), KSchedule(constant: 1)]
      $0.selectors = ["length", "length"]
      $0.boots = [.full, .full]
      $0.schedules = [.completion, .progressive]
    }
    #expect(schemes(grid) == ["k=1,boot=full,layers=2,selector=length,aggregator=recorded"])
  }

  @Test("k above the pool is an error")
  func kAbovePool() throws {
    #expect(throws: PolicyError.kAbovePool(k: 4, pool: 3)) {
      try grid(Bench.sketch) { $0.k = ["1", "4>2"].compactMap { KSchedule($0) } }
    }
  }

  @Test("An adaptive k that no selector of the grid offers the signal for is an error, not left out")
  func unfitAdaptive() throws {
    func schemesOf(_ k: String, _ selectors: [String]) throws -> [String] {
      schemes(
        try grid(Bench.sketch) {
          $0.k = ["1", k].compactMap { KSchedule($0) }
          $0.boots = [.tokens(20)]
          $0.selectors = selectors
        })
    }
    let error = try #require(throws: PolicyError.self) {
      try schemesOf("1|2@margin:0.5", ["length", "prior"])
    }
    #expect(
      error.description
        == "k=1|2@margin:0.5 fits no selector of the grid: it needs a recorded selector: only recorded rankings have scores"
    )
    let error2 = try #require(throws: PolicyError.self) { try schemesOf("1|2@agreement:0.5", ["prior"]) }
    #expect(
      error2.description.hasPrefix(
        "k=1|2@agreement:0.5 fits no selector of the grid: it needs a selector that"))
    // prior takes the fixed k only.
    #expect(
      try schemesOf("1|2@agreement:0.5", ["length", "prior"]) == [
        "k=1,boot=none,layers=2,selector=prior,aggregator=recorded",
        "k=1,boot=20,layers=2,selector=length,aggregator=recorded",
        "k=1|2@agreement:0.5,boot=20,layers=2,selector=length,aggregator=recorded",
      ])
  }

  @Test(
    "An empty grid says why",
    arguments: [
      (["2"], [1], ["prior"], "prior boots nothing and needs --layers 2 or more"),
      (["3>2"], [2], ["length"], "--k 3>2 has more values than layers from the second on; raise --layers"),
      ([], [2], ["length"], "no combination of --k, --boot and --layers fits the selectors"),
    ] as [([String], [Int], [String], String)])
  func empty(k: [String], layers: [Int], selectors: [String], reason: String) throws {
    #expect(throws: PolicyError.emptyGrid(reason: reason)) {
      try grid(Bench.sketch) {
        $0.k = k.compactMap { KSchedule($0) }
        $0.layers = layers
        $0.selectors = selectors
      }
    }
  }

  @Test("An empty list of selectors or aggregators is an empty grid")
  func emptyLists() throws {
    #expect(throws: PolicyError.self) { try grid(Bench.sketch) { $0.selectors = [] } }
    #expect(throws: PolicyError.self) { try grid(Bench.sketch) { $0.aggregators = [] } }
  }

  @Test("An unknown selector or aggregator is an error")
  func unknown() throws {
    let selector = try #require(throws: PolicyError.self) {
      try grid(Bench.sketch) { $0.selectors = ["length", "consensu"] }
    }
    #expect(selector.description.hasPrefix("unknown selector 'consensu'; did you mean 'consensus'?"))
    let aggregator = try #require(throws: PolicyError.self) {
      try grid(Bench.sketch) { $0.aggregators = ["vot"] }
    }
    #expect(aggregator.description.hasPrefix("unknown aggregator 'vot'; did you mean 'vote'?"))
  }

  @Test(
    "Selectors and aggregators that do not fit the trace are errors",
    arguments: ["recorded:nobody", "static:m9"])
  func unfit(selector: String) throws {
    #expect(throws: PolicyError.self) { try grid(Bench.sketch) { $0.selectors = [selector] } }
  }
}
