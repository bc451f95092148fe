import RoutingCore
import Testing

@Suite struct WhatIfTests {
  private static func basis(lambda: Double = 1e6) throws -> ScenarioBasis {
    let trace = try RandomTrace.sketch(seed: 3, queries: 24).trace()
    var settings = SweepSettings()
    settings.replicates = 50
    var request = GridRequest()
    request.selectors = ["recorded:judge", "prior"]
    request.aggregators = ["vote"]
    request.layers = [2]
    var book = Bench.prices
    book.prices["m4"] = ModelPrice(input: 7, cachedInput: 1, output: 9)
    book.prices["editor"] = ModelPrice(input: 1)
    return ScenarioBasis(
      trace: trace, prices: book, request: request, rule: ChoiceRule(aim: .objective(lambda: lambda)),
      settings: settings, workloads: trace.workloads)
  }

  private func sums(_ basis: ScenarioBasis) async throws -> GroupSums {
    let policies = try basis.policies()
    let runner = try SweepRunner(
      trace: basis.trace, policies: policies, prices: basis.priceTable(for: policies),
      settings: basis.settings)
    return await runner.evidence(basis.trace.workloads[0]).sums
  }

  private func share(_ text: String) throws -> Share { try #require(Share(text)) }

  @Test("Prices change in whole picodollars, half to even")
  func prices() throws {
    let factor = try #require(ScenarioFactor("0.5"))
    let scenario = Scenario(
      name: "s",
      changes: [
        .price(model: "m1", .to(ModelPrice(input: 11, cachedInput: 3, output: 21))),
        .price(model: "m2", .times(factor)), .discount(share: try share("0.1"), models: ["m3"]),
        .cacheHits(try share("0.25")),
      ])
    let book = try #require(try Self.basis().applying(scenario).prices)
    // 11 · 0.75 + 3 · 0.25 = 9; m2 halves 30; m3: 0.9 → 1 and 3.6 → 4; m4: 7 · 0.75 + 0.25 = 5.5 → 6.
    #expect(book.prices["m1"] == ModelPrice(input: 9, cachedInput: 3, output: 21))
    #expect(book.prices["m2"] == ModelPrice(input: 15))
    #expect(book.prices["m3"] == ModelPrice(input: 1, output: 4))
    #expect(book.prices["m4"] == ModelPrice(input: 6, cachedInput: 1, output: 9))
  }

  @Test("A change of prices is a fresh sweep with the new book")
  func freshSweep() async throws {
    let basis = try Self.basis()
    let changed = try basis.applying(
      Scenario(name: "s", changes: [.price(model: "m1", .to(ModelPrice(input: 3, output: 77)))]))
    var fresh = basis
    fresh.prices?.prices["m1"] = ModelPrice(input: 3, output: 77)
    let (own, other) = (try await sums(changed), try await sums(fresh))
    #expect(own.costs == other.costs)
    #expect(own.scores == other.scores)
    #expect(own.costs != (try await sums(basis)).costs)
  }

  @Test("Nothing changed means no difference, with certainty")
  func identity() async throws {
    let same = try await WhatIf(
      Self.basis(),
      scenarios: [
        Scenario(name: "same", changes: [.price(model: "m1", .times(#require(ScenarioFactor("1"))))])
      ])
    let difference = try #require(same.scenarios[0].overall)
    #expect(difference.score == Estimate(mean: 0, replicates: [0]))
    #expect(difference.cost == Estimate(mean: 0, replicates: [0]))
  }

  @Test("A month costs its queries, before and after")
  func traffic() async throws {
    var basis = try Self.basis()
    basis.traffic = Traffic("1000/month")
    let report = try await WhatIf(
      basis, scenarios: [Scenario(name: "busy", changes: [.traffic(#require(Traffic("3000/month")))])])
    let cost = try #require(report.before.overall).cost.mean
    #expect(abs(try #require(report.scenarios[0].monthly).mean - 2000 * cost) < 1e-9 * cost * 2000)
  }

  @Test("Each of several changes is also made by itself, the largest first")
  func effects() async throws {
    let report = try await WhatIf(
      Self.basis(),
      scenarios: [
        Scenario(
          name: "two",
          changes: [
            .price(model: "judge", .times(#require(ScenarioFactor("1.01")))),
            .price(model: "m1", .times(#require(ScenarioFactor("50")))), .drop(["m3"]),
          ])
      ])
    let effects = report.scenarios[0].effects
    #expect(effects.count == 3)
    let sizes = effects.map { effect in
      effect.difference.map { abs($0.score.mean - 1e6 * $0.cost.mean) } ?? .infinity
    }
    #expect(sizes == sizes.sorted(by: >))
  }
}
