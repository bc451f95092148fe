import RoutingCore
import Testing

@Suite struct ProductionPolicyDifferenceTests {
  private func decision(_ workload: String?, _ policy: Policy = .single("a"), score: Double = 0.5)
    -> ProductionDecision
  {
    let figure = ProductionFigure(mean: score, low: score - 0.1, high: score + 0.1)
    return ProductionDecision(
      workload: workload, policy: policy, selector: nil, aggregator: nil,
      expected: ProductionFigures(
        queries: 10, comparedQueries: 10, lambda: 0, heldOutScore: figure, heldOutCost: figure, score: figure,
        cost: figure, latency: nil, winShare: 1, metShare: nil), kSet: ["1"], regimes: [], runnerUp: nil,
      bestSingle: nil, mixture: [], warnings: [])
  }

  private func policy(_ decisions: [ProductionDecision]) -> ProductionPolicy {
    ProductionPolicy(
      wish: ProductionWish(sentence: "the best", aim: .objective(lambda: 0)), traceName: "t",
      fingerprint: "f",
      prices: ProductionPrices(
        book: "p", date: nil, sha256: "", rows: [.init(model: "a", price: ModelPrice(input: 150_000))]),
      seed: 1, replicates: 10, baselineAggregator: "vote", baselineSelector: "consensus",
      models: [ProductionModel(name: "a")], workloads: decisions, fallback: decision(nil), shares: [],
      regrets: [])
  }

  private func changes(_ old: ProductionPolicy, _ new: ProductionPolicy) -> [String] {
    ProductionPolicyDifference(old, new).changes.map { "\($0.place) \($0.what)" }
  }

  @Test("A policy does not differ from itself")
  func same() {
    #expect(changes(policy([decision("x")]), policy([decision("x")])).isEmpty)
  }

  @Test("Policies, prices and traces that changed are named with both values")
  func changed() {
    let old = policy([decision("x")])
    var new = policy([decision("x", .single("b"))])
    new.prices?.rows[0].price = ModelPrice(input: 150_000, output: 600_000)
    new.fingerprint = "g"
    let found = ProductionPolicyDifference(old, new).changes
    #expect(found.map(\.what) == ["fingerprint", "price of a, output", "policy"])
    #expect(found[1].old == .number(0.15) && found[1].new == .number(0.6))
    #expect(found[2].place == .workload("x"))
    #expect(found[2].new == .text("single:b"))
  }

  @Test("A figure says whether it stays within the old interval", arguments: [(0.55, true), (0.7, false)])
  func figures(score: Double, isWithin: Bool) throws {
    let found = ProductionPolicyDifference(
      policy([decision("x")]), policy([decision("x", score: score)])
    ).changes
    let change = try #require(found.first { $0.what == "score, held out" })
    #expect(change.isWithinInterval == isWithin)
  }

  @Test("A workload that came or went has a policy on one side only")
  func cameAndWent() {
    let found = ProductionPolicyDifference(policy([decision("x")]), policy([decision("y")])).changes
    #expect(found.map(\.place) == [.workload("x"), .workload("y")])
    #expect(found[0].new == nil && found[1].old == nil)
  }
}
