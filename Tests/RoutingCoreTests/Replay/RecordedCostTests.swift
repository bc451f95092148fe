import RoutingCore
import Testing

/// `cost_usd` is what was billed, where tokens are unknown (Scheme.md, "Token accounting").
@Suite struct RecordedCostTests {
  private func costing(_ call: CallRecord, input: Bool = true, output: Bool = true) -> CallRecord {
    call.with {
      if input { $0.inputTokens = nil }
      if output { $0.outputTokens = nil }
      $0.cost = Cost(picodollars: 777)
    }
  }

  private func sketch(where matches: (CallRecord) -> Bool, input: Bool = true, output: Bool = true)
    -> TraceSketch
  {
    Bench.sketch.changing(where: matches) { $0 = costing($0, input: input, output: output) }
  }

  @Test(
    "It stands in for unknown tokens of a whole call",
    arguments: [(true, true), (true, false), (false, true)])
  func wholeCall(input: Bool, output: Bool) async throws {
    let row = try await sketch(where: isResponse("m1"), input: input, output: output).replay("single:m1")
    #expect(row.bill == Bill(boot: 777))
  }

  @Test("It is ignored where both counts are known")
  func ignored() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m1")) { $0.cost = Cost(picodollars: 777) }
    #expect(try await sketch.replay("single:m1").bill == Bill(boot: 1850))
  }

  @Test("Rankings, merges and refinements may have it")
  func tools() async throws {
    let sketch = LayerBench.sketch.changing { calls in
      for index in calls.indices where calls[index].role != .response { calls[index] = costing(calls[index]) }
    }
    let row = try await sketch.replay(Bench.id(layers: 3))
    #expect(row.bill == Bench.bill(selection: 777, completion: 1980, merge: 2 * 777, refinement: 2 * 777))
  }

  @Test("It cannot be cut: a budget needs tokens, full and boot=none do not")
  func cuts() async throws {
    let sketch = sketch(where: isResponse("m1"))
    #expect(try await sketch.replay(Bench.id()).reason == "output tokens unknown (m1)")
    let full = try await sketch.replay(Bench.id(boot: "full", selector: "oracle", aggregator: "first"))
    #expect(full.bill == Bill(boot: 777 + 2250 + 240))
    let fixed = try await sketch.replay(Bench.id(k: "1", boot: "none", selector: "static:m1"))
    #expect(fixed.bill == Bill(completion: 777))
  }

  @Test("A short answer is booted whole, so it may bill it")
  func shortAnswer() async throws {
    // m2 has 15 ≤ 20 tokens of output, its input is unknown.
    let row = try await sketch(where: isResponse("m2"), output: false).replay(Bench.id())
    #expect(row.bill.boot == 1250 + 777 + 160)
    let longer = try await sketch(where: isResponse("m1"), output: false).replay(Bench.id())
    #expect(longer.reason == "input tokens unknown (m1)")
  }

  @Test("It is dollars: counting tokens, or output tokens as in the paper, it does not help")
  func units() async throws {
    let sketch = sketch(where: isResponse("m1"))
    #expect(try await sketch.replay("single:m1", .tokens).gap.kind == .noOutputTokens)
    #expect(try await sketch.replay("single:m1", .paper).gap.kind == .noOutputTokens)
    let output = self.sketch(where: isResponse("m1"), output: false)
    #expect(try await output.replay("single:m1", .paper).bill == Bill(completion: 1000))
  }
}
