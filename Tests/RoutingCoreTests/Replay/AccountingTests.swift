import RoutingCore
import Testing

/// Scheme.md, "Token accounting": each row of the table, on the worked example.
@Suite struct AccountingTests {
  @Test("Every active candidate boots: its input, and its output up to the budget")
  func boot() async throws {
    let row = try await Bench.sketch.replay(Bench.id())
    // m1 100 + 20, m2 60 + 15 (short: out ≤ B), m3 80 + 20.
    #expect(row.tokens(.boot) == Tokens(input: 240, output: 55))
    #expect(row.bill.boot == 3660)
  }

  @Test("The ranking is billed as recorded")
  func selection() async throws {
    let row = try await Bench.sketch.replay(Bench.id())
    #expect(row.tokens(.selection) == Tokens(input: 200, output: 5))
    #expect(row.bill.selection == 200 * 20 + 5 * 80)
  }

  @Test("A chosen candidate completes in a new call over its prompt and prefix")
  func completion() async throws {
    let row = try await Bench.sketch.replay(Bench.id())
    // m1 100 + 20 in, 50 − 20 out; m3 80 + 20 in, 40 − 20 out.
    #expect(row.tokens(.completion) == Tokens(input: 220, output: 50))
    // All at the full price, m1's cached input too: 120·10 + 30·20 + 100·1 + 20·4 = 1800 + 180.
    #expect(row.bill.completion == 1980)
  }

  @Test("The merge is billed as recorded and gives the score")
  func merging() async throws {
    let row = try await Bench.sketch.replay(Bench.id())
    #expect(row.tokens(.merge) == Tokens(input: 300, output: 20))
    #expect(row.bill.merge == 300 * 20 + 20 * 80)
    #expect(row.score == 750_000)
  }

  @Test("A row's cost is the sum of its stages")
  func total() async throws {
    let row = try await Bench.sketch.replay(Bench.id())
    #expect(row.bill == Bench.bill(completion: 1980))
    // 3660 + 4400 + 1980 + 7600.
    #expect(row.cost == 17640)
  }

  @Test("A refinement is billed as recorded")
  func refinements() async throws {
    let row = try await LayerBench.sketch.replay(Bench.id(layers: 3))
    // m1 400 + 40, m3 390 + 30: 400·10 + 40·20 + 390·1 + 30·4 = 4800 + 510.
    #expect(row.tokens(.refinement) == Tokens(input: 790, output: 70))
    #expect(row.bill.refinement == 5310)
  }

  @Test("Cached input is billed at the cached price in rankings, merges and refinements too")
  func cachedInputOfEveryCall() async throws {
    var priced = ReplaySetup()
    priced.prices.prices["judge"] = ModelPrice(input: 20, cachedInput: 1, output: 80)
    let sketch = LayerBench.sketch.changing(where: isToolCall) { $0.cachedInputTokens = 100 }
    let row = try await sketch.replay(Bench.id(layers: 3), priced)
    // 100·20 + 100·1 + 5·80 = 2500.
    #expect(row.bill.selection == 2500)
    // Layer 2: 200·20 + 100 + 1600 = 5700; layer 3: 150·20 + 100 + 25·80 = 5100.
    #expect(row.bill.merge == 10800)
    // m1 300·10 + 100·5 + 40·20 = 4300; m3 has no cached price: 510.
    #expect(row.bill.refinement == 4810)
  }

  @Test("An offline selector and an offline aggregator cost nothing and take no time")
  func offlineTools() async throws {
    let row = try await Bench.sketch.replay(Bench.id(selector: "length", aggregator: "first"))
    // Prefixes of 20, 15 and 20 tokens: m1 and m3 are chosen, m1 first.
    #expect(row.bill == Bench.bill(selection: 0, completion: 1980, merge: 0))
    #expect(row.score == 900_000)
    // Boot 3.0 s, completion max(1 + 30/50 · 5, 0.4 + 20/40 · 4) = 4.0 s.
    #expect(row.latency == 7_000_000)
  }

  @Test("A short answer is billed once and is not completed")
  func shortAnswer() async throws {
    let sketch = Bench.sketch.changing(where: isRole(.ranking)) { $0.order = .order(["m2", "m3", "m1"]) }
    let row = try await sketch.replay(Bench.id(k: "1"))
    // m2 was written within the budget: 15 ≤ 20.
    #expect(row.bill == Bench.bill(completion: 0, merge: 0))
    #expect(row.score == 200_000)
    // Boot 3.0 s and selection 0.5 s; nothing is left to write.
    #expect(row.latency == 3_500_000)
  }

  @Test("An answer of exactly B tokens is a short one", arguments: [(49, 1), (50, 0), (51, 0)])
  func budgetAtTheAnswersLength(boot: Int, rest: Int64) async throws {
    let row = try await Bench.sketch.replay(Bench.id(k: "1", boot: "\(boot)", selector: "oracle"))
    // m1 has 50 tokens; what is left is completed over its prompt of 100 and the prefix.
    #expect(row.tokens(.completion) == Tokens(input: rest * (100 + Int64(boot)), output: rest))
  }

  @Test("With B = full everything is booted and nothing completed")
  func fullBoot() async throws {
    let row = try await Bench.sketch.replay(Bench.id(boot: "full", selector: "oracle", aggregator: "mean"))
    // m1 700 + 150 + 50·20 = 1850, m2 2250, m3 80 + 160 = 240.
    #expect(row.bill == Bill(boot: 4340))
    // The two best score 0.9 and 0.5.
    #expect(row.score == 700_000)
    // The slowest of 6.0, 2.0 and 4.4 s.
    #expect(row.latency == 6_000_000)
  }

  @Test("A ranking or merge is priced by its model, else by its tool's declared model, else by its name")
  func payers() async throws {
    var sketch = Bench.sketch
    sketch.header.selectors = [ToolDeclaration(name: "judge", model: "m3")]
    let declared = try await sketch.replay(Bench.id())
    // The selector's model m3: 200·1 + 5·4; the aggregator declares none, so its name prices it.
    #expect(declared.bill.selection == 220)
    #expect(declared.bill.merge == 7600)
    let named = sketch.changing(where: isToolCall) { $0.model = "m1" }
    let row = try await named.replay(Bench.id())
    // 200·10 + 5·20 and 300·10 + 20·20.
    #expect(row.bill.selection == 2100)
    #expect(row.bill.merge == 3400)
  }
}
