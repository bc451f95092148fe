import RoutingCore
import Testing

@Suite struct LengthSelectorTests {
  private let sketch = TraceSketch(
    "a", "b", "c", "d",
    queries: [
      query([response("a", out: 5), response("b", out: 30), response("c", out: 12), response("d", out: 30)])
    ])

  @Test(
    "More prefix tokens come first, ties in pool order",
    arguments: [
      (.full, "b d c a"), (.tokens(20), "b d c a"), (.tokens(12), "b c d a"), (.tokens(5), "a b c d"),
    ]
      as [(BootBudget, String)])
  func order(boot: BootBudget, expected: String) throws {
    #expect(try sketch.order("length", boot: boot) == expected.split(separator: " ").map(String.init))
  }

  @Test("It needs every candidate's token count")
  func gap() throws {
    let unknown = sketch.changing { $0[2].outputTokens = nil }
    #expect(try unknown.rankingGap("length") == Gap(.noOutputTokens, 2))
  }
}

@Suite struct OracleSelectorTests {
  private let sketch = TraceSketch(
    "a", "b", "c",
    queries: [query([response("a", score: 1), response("b", score: 9), response("c", score: 1)])])

  @Test("Better whole answers come first whatever the budget, ties in pool order")
  func order() throws {
    #expect(try sketch.order("oracle", boot: .tokens(1)) == ["b", "a", "c"])
  }

  @Test("It needs every candidate's score")
  func gap() throws {
    let ungraded = sketch.changing { $0[1].score = nil }
    #expect(try ungraded.rankingGap("oracle") == Gap(.noScore, 1))
  }
}

@Suite struct StaticSelectorTests {
  private let sketch = TraceSketch("a", "b", "c", queries: [query([])])

  @Test(
    "Named candidates come first in the order given, the others in pool order",
    arguments: [("static:c", "c a b"), ("static:c>a", "c a b"), ("static:b>a>c", "b a c")])
  func order(id: String, expected: String) throws {
    #expect(try sketch.order(id) == expected.split(separator: " ").map(String.init))
  }

  @Test("It may only name candidates of the pool, each once")
  func names() throws {
    let trace = try sketch.trace()
    #expect(throws: PolicyError.unknown(kind: "candidate", name: "d", known: ["a", "b", "c"])) {
      try SelectorRegistry.selector("static:a>d", for: trace)
    }
    #expect(
      throws: PolicyError.malformed(id: "static:a>b>a", part: "a", expected: "each candidate once")
    ) { try SelectorRegistry.selector("static:a>b>a", for: trace) }
    #expect(throws: PolicyError.unknown(kind: "candidate", name: "", known: ["a", "b", "c"])) {
      try SelectorRegistry.selector("static:a>", for: trace)
    }
  }
}

@Suite struct RandomSelectorTests {
  private let sketch = TraceSketch(
    "a", "b", "c", "d", queries: (0..<400).map { query([], name: "q\($0)") })

  @Test("The same seed, query and layer give the same order, at every budget")
  func repeatable() throws {
    for row in 0..<20 {
      let order = try sketch.order("random", boot: .tokens(10), seed: 7, row: row)
      #expect(try sketch.order("random", boot: .full, seed: 7, row: row) == order)
    }
  }

  @Test("Other seeds and layers give other orders")
  func varies() throws {
    let seven = try sketch.order("random", seed: 7, row: 0)
    let others = try (8..<20).map { try sketch.order("random", seed: $0, row: 0) }
    #expect(others.contains { $0 != seven })
    let layers = try (2..<12).map { try sketch.order("random", layer: $0, seed: 7, row: 0) }
    #expect(layers.contains { $0 != seven })
  }

  @Test("Every candidate is first about equally often")
  func uniform() async throws {
    var counts: [String: Int] = [:]
    for row in 0..<400 {
      let order = try #require(try sketch.order("random", seed: 7, row: row))
      counts[order[0], default: 0] += 1
    }
    // Binomial(400, 1/4): 100 ± 8.7; four standard deviations.
    for name in ["a", "b", "c", "d"] { #expect(abs(counts[name, default: 0] - 100) < 35) }
  }
}

@Suite struct RecordedSelectorTests {
  private let sketch = TraceSketch(
    "a", "b", "c",
    queries: [
      query([
        ranking("c a b", boot: .tokens(10)), ranking("b c a", boot: .full),
        ranking("a c b", boot: .tokens(10), by: "other"),
      ])
    ])

  @Test("The recorded order of that selector, budget, layer and set is taken as it is")
  func order() throws {
    #expect(try sketch.order("recorded:judge", boot: .tokens(10)) == ["c", "a", "b"])
    #expect(try sketch.order("recorded:judge", boot: .full) == ["b", "c", "a"])
    #expect(try sketch.order("recorded:other", boot: .tokens(10)) == ["a", "c", "b"])
    #expect(try sketch.order("recorded:other", boot: .full) == nil)
    #expect(try sketch.order("recorded:judge", boot: .tokens(10), layer: 2) == nil)
  }
}
