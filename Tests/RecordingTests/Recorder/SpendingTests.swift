import Recording
import RoutingCore
import Testing

@Suite("Spending")
struct SpendingTests {
  @Test("A limit holds where rankings cannot be read and are asked for twice")
  func repeatedRankings() async throws {
    var config = Setup.config([Setup.grid()])
    // The longest answer of a candidate, and the words of a ranking that cannot be read.
    for index in config.models.indices { config.models[index].maxTokens = index == 4 ? 4 : 12 }
    let prices = Dictionary(
      uniqueKeysWithValues: config.models.map { ($0.name, ModelPrice(input: 0, output: 1)) })
    for limit in Int128(100)..<150 {
      let spending = Spending(prices: prices, limit: Cost(picodollars: limit))
      let summary = try await Setup.recorder(config, FakeModel(.mumbles), MemoryStore(), spending).record(
        Setup.queries(12))
      #expect(await spending.total <= Cost(picodollars: limit))
      #expect(summary.stop == .limit)
    }
  }
}
