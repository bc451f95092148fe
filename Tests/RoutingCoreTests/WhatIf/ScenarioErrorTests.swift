import RoutingCore
import Testing

@Suite struct ScenarioErrorTests {
  private func basis(_ unit: CostUnit = .usd) throws -> ScenarioBasis {
    let trace = try Bench.sketch.trace()
    var settings = SweepSettings()
    settings.costUnit = unit
    return ScenarioBasis(
      trace: trace, prices: unit == .usd ? Bench.prices : nil, request: GridRequest(), rule: .standard,
      settings: settings, workloads: trace.workloads)
  }

  @Test(
    "A scenario that does not fit the trace is refused in a sentence",
    arguments: [
      (
        ScenarioChange.drop(["m11"]),
        "scenario 's': unknown model 'm11'; did you mean 'm1'? (known: m1, m2, m3)"
      ),
      (.keep(["nobody"]), "scenario 's': unknown model 'nobody' (known: m1, m2, m3)"),
      (
        .drop(["m1", "m2", "m3"]),
        "scenario 's': no candidate is left in the pool; drop fewer models"
      ),
      (
        .price(model: "gudge", .to(ModelPrice(input: 1))),
        "scenario 's': unknown model 'gudge'; did you mean 'judge'? (known: m1, m2, m3, judge)"
      ),
      (
        .shares([WorkloadShare(workload: "v", share: 1)]),
        "scenario 's': unknown workload 'v'; did you mean 'w'? (known: w)"
      ),
      (.shares([]), "scenario 's': shares leave out the workload 'w'; give it a share, 0 if need be"),
    ] as [(ScenarioChange, String)])
  func sentences(change: ScenarioChange, sentence: String) throws {
    let basis = try basis()
    #expect {
      try basis.applying(Scenario(name: "s", changes: [change]))
    } throws: {
      "\($0)" == sentence
    }
  }

  @Test("What the flags of the command line ask for is no scenario of a file")
  func flags() throws {
    let basis = try basis()
    #expect {
      try basis.applying(Scenario(name: Scenario.ofFlags, changes: [.keep(["nobody"])]))
    } throws: {
      "\($0)" == "unknown model 'nobody' (known: m1, m2, m3)"
    }
  }

  @Test("A selector whose scores decide k cannot be made worse at random")
  func degradedMargin() throws {
    var basis = try basis()
    basis.request.k = ["1", "1|2@agreement:0.5"].compactMap { KSchedule($0) }
    let change = ScenarioChange.degradeSelector(try #require(Share("0.5")))
    _ = try basis.applying(Scenario(name: "s", changes: [change]))
    basis.request.k?.append(try KSchedule(parsing: "1|2@margin:0.5"))
    #expect(throws: ScenarioError.cannotDegrade(scenario: "s", k: "1|2@margin:0.5")) {
      try basis.applying(Scenario(name: "s", changes: [change]))
    }
  }

  @Test("Prices cannot change where tokens are counted")
  func tokens() throws {
    let basis = try basis(.tokens)
    let change = ScenarioChange.price(model: "m1", .to(ModelPrice(input: 1)))
    #expect(throws: ScenarioError.noPrices(scenario: "s", change: change.description)) {
      try basis.applying(Scenario(name: "s", changes: [change]))
    }
  }

  @Test("A price cannot be multiplied beyond what a book may hold")
  func tooHigh() throws {
    var basis = try basis()
    basis.prices?.prices["m1"] = ModelPrice(input: ModelPrice.limit)
    let factor = try #require(ScenarioFactor("2"))
    #expect(throws: ScenarioError.priceTooHigh(scenario: "s", model: "m1")) {
      try basis.applying(Scenario(name: "s", changes: [.price(model: "m1", .times(factor))]))
    }
  }

  @Test(
    "Traffic is a number of queries per day or month",
    arguments: [
      ("2e6/day", 2e6 * 30.436875), ("5e7/month", 5e7), ("0/day", nil), ("5/week", nil), ("x/day", nil),
      ("5", nil), ("-1/day", nil),
    ] as [(String, Double?)])
  func traffic(text: String, perMonth: Double?) {
    #expect(Traffic(text)?.perMonth == perMonth)
  }
}
