import RoutingCore
import Testing

@Suite struct PriceRegimesTests {
  @Test("The lower envelope is the lowest line at every point", arguments: 1...20 as ClosedRange<UInt64>)
  func envelope(seed: UInt64) {
    var draws = Draws(seed: seed)
    let lines = (0..<12).map { _ in (a: Double(draws.below(40)), b: Double(draws.below(12))) }
    let pieces = LowerEnvelope.pieces(lines)
    #expect(pieces[0].from == 0)
    #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.from < $1.from })
    for step in 0..<400 {
      let x = Double(step) * 0.11
      let piece = pieces.last { $0.from <= x } ?? pieces[0]
      let own = lines[piece.line].a + lines[piece.line].b * x
      #expect(lines.allSatisfy { own <= $0.a + $0.b * x + 1e-9 })
    }
  }

  @Test("Of equal lines the first stands")
  func ties() {
    let pieces = LowerEnvelope.pieces([(2, 1), (2, 1), (3, 0), (3, 0)])
    #expect(pieces.map(\.line) == [0, 2])
    #expect(pieces.map(\.from) == [0, 1])
  }

  private func basis(_ rule: ChoiceRule) throws -> ScenarioBasis {
    let trace = try RandomTrace.sketch(seed: 11, queries: 30).trace()
    var settings = SweepSettings()
    settings.replicates = 20
    var request = GridRequest()
    request.selectors = ["recorded:judge", "prior", "consensus"]
    request.aggregators = ["vote"]
    request.layers = [2]
    var book = Bench.prices
    book.prices["m4"] = ModelPrice(input: 7, output: 9)
    book.prices["editor"] = ModelPrice(input: 1)
    return ScenarioBasis(
      trace: trace, prices: book, request: request, rule: rule, settings: settings,
      workloads: trace.workloads)
  }

  @Test(
    "At every price the regime names what a replay at that price recommends",
    arguments: [
      ChoiceRule.standard, ChoiceRule(aim: .objective(lambda: 5e6)), ChoiceRule(aim: .objective(lambda: 3e7)),
      ChoiceRule(aim: .leastCost, scoreTarget: .score(0.45)),
    ])
  func bruteForce(rule: ChoiceRule) async throws {
    let basis = try basis(rule)
    for model in ["m1", "m2", "judge"] {
      let asked = try await WhatIf(
        basis, scenarios: [Scenario(name: "ask", changes: [], breakEven: [model])])
      let regimes = try #require(asked.scenarios[0].priceRegimes.first)
      #expect(regimes.present?.policy == asked.before.workloads[0].recommendation?.recommended.policy)
      for regime in regimes.regimes {
        let end = regime.high.map { min($0, 900) } ?? min(regime.low * 2 + 1, 900)
        guard regime.low < 800 else { continue }
        let inside = (regime.low + end) / 2
        // Prices are whole picodollars, so factors that round away are not tried.
        let factor = try #require(
          ScenarioFactor(FixedPoint.text(Int128((inside * 1e6).rounded()), places: 6)))
        let moved = try basis.applying(
          Scenario(name: "moved", changes: [.price(model: model, .times(factor))]))
        let price = try #require(moved.prices?.prices[model])
        let exact = Double(price.input) / Double(regimes.price.input)
        guard exact == Double(price.output) / Double(regimes.price.output),
          exact > regime.low, regime.high.map({ exact < $0 }) ?? true
        else { continue }
        let there = try await WhatIf(moved, scenarios: [])
        #expect(
          there.before.workloads[0].recommendation?.recommended.policy == regime.policy, "\(model) × \(exact)"
        )
      }
    }
  }

  @Test("With a budget no exact regimes are claimed")
  func budget() async throws {
    var rule = ChoiceRule(aim: .budget)
    rule.budget = 1
    let asked = try await WhatIf(
      try basis(rule), scenarios: [Scenario(name: "ask", changes: [], breakEven: ["m1"])])
    #expect(asked.scenarios[0].priceRegimes.isEmpty)
  }
}
