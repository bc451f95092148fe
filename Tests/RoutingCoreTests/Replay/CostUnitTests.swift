import RoutingCore
import Testing

@Suite struct CostUnitTests {
  @Test("In tokens every input and output token counts one, cached or not")
  func tokens() async throws {
    let row = try await Bench.sketch.replay(Bench.id(), .tokens)
    // Boot 240 + 55, ranking 205, completion 220 + 50, merge 320.
    #expect(row.bill == Bill(boot: 295, selection: 205, completion: 270, merge: 320))
  }

  @Test(
    "Integer units become the unit shown",
    arguments: [(CostUnit.usd, 1e12), (.tokens, 1), (.ktokens, 1000)])
  func scale(unit: CostUnit, scale: Double) {
    #expect(unit.scale == scale)
  }

  @Test("Re-pricing a ledger equals replaying with the new prices")
  func repricing() async throws {
    let trace = try LayerBench.shrinking.trace()
    var dearer = ReplaySetup()
    dearer.prices.prices["m1"] = ModelPrice(input: 7, cachedInput: 3, output: 1_000_000_000_000)
    for id in [Bench.id(), Bench.id(k: "2>1", layers: 4), "single:m2", Bench.id(",continuation=stream")] {
      let old = try await trace.replay(id)
      let new = try await trace.replay(id, dearer)
      for stage in Stage.allCases {
        #expect(old.ledger.cost(stage, at: new.prices) == new.ledger.cost(stage, at: new.prices))
      }
      #expect(new.bill.total == new.cost)
    }
  }
}
