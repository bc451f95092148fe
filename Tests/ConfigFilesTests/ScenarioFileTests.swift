import ConfigFiles
import RoutingCore
import Testing

@Suite struct ScenarioFileTests {
  private func read(_ text: String) throws -> [Scenario] { try ScenarioFile.read(text, name: "s.yaml") }

  @Test("Every key of a scenario is read, in one fixed order")
  func everything() throws {
    let scenario = try #require(
      try read(
        """
        name: all of it
        traffic: 2e6/day
        prices:
          a: 0.93
          b: {input: 0.15, cached_input: 0.03, output: 0.6}
          c: {times: 1.5}
        discount: {share: 0.5, models: [a]}
        cache_hits: 0.8
        drop: [d, e]
        selectors: [consensus, "static:a>b"]
        aggregators: vote
        continuation: cached
        shares: {v: 0.25, w: 0.75}
        degrade_selector: 0.1
        output_length: {a: 2}
        max_latency_p95_s: 8
        break_even: [a, b]
        """
      ).first)
    #expect(scenario.name == "all of it")
    #expect(scenario.breakEven == ["a", "b"])
    let half = try #require(Share("0.5"))
    #expect(
      scenario.changes == [
        .price(model: "a", .to(ModelPrice(input: 930_000))),
        .price(model: "b", .to(ModelPrice(input: 150_000, cachedInput: 30_000, output: 600_000))),
        .price(model: "c", .times(try #require(ScenarioFactor("1.5")))),
        .discount(share: half, models: ["a"]),
        .cacheHits(try #require(Share("0.8"))), .drop(["d", "e"]), .selectors(["consensus", "static:a>b"]),
        .aggregators(["vote"]), .continuation(.cached),
        .shares([WorkloadShare(workload: "v", share: 0.25), WorkloadShare(workload: "w", share: 0.75)]),
        .traffic(try #require(Traffic("2e6/day"))), .degradeSelector(try #require(Share("0.1"))),
        .outputLength(model: "a", try #require(ScenarioFactor("2"))), .maxLatencyP95(8),
      ])
  }

  @Test("Several scenarios are named, by number where they name themselves not")
  func several() throws {
    let scenarios = try read("scenarios:\n  - {name: first, drop: a}\n  - {cache_hits: 1}\n")
    #expect(scenarios.map(\.name) == ["first", "scenario 2"])
  }

  @Test(
    "What is wrong is said with its line",
    arguments: [
      ("drp: [a]", "s.yaml:1: drp is an unknown key; expected drop"),
      (
        "name: x\nprices:\n  a: -1",
        "s.yaml:3: prices.a is '-1'; expected USD per million tokens, from 0 to 1000000"
      ),
      (
        "shares: {v: 0.5, w: 0.6}", "s.yaml:1: shares is a map; expected shares that sum to 1, not to 1.1"
      ),
      ("degrade_selector: 1.2", "s.yaml:1: degrade_selector is '1.2'; expected a share from 0 to 1"),
      ("traffic: 12", "s.yaml:1: traffic is '12'; expected queries per day or month, such as 2e6/day"),
      ("name: nothing", "s.yaml:1: the document is a map; expected at least one change"),
      ("drop: a\nkeep: b", "s.yaml:1: the document is a map; expected drop or keep, not both"),
      (
        "prices: {a: {times: 2, input: 1}}", "s.yaml:1: prices.a is a map; expected times alone, or prices"
      ),
      (
        "continuation: resume",
        "s.yaml:1: continuation is 'resume'; expected one of reprompt, cached, stream, restart"
      ),
      ("scenarios: []", "s.yaml:1: scenarios is a list; expected at least one scenario"),
      (
        "scenarios:\n  - {name: x, drop: a}\n  - {name: x, drop: b}",
        "s.yaml:3: scenarios[1] is a map; expected a name no other scenario has"
      ),
    ])
  func errors(text: String, sentence: String) {
    #expect {
      try read(text)
    } throws: {
      "\($0)" == sentence
    }
  }

  @Test("An unknown selector is refused where it stands")
  func selector() {
    #expect {
      try read("name: x\nselectors:\n  - prior\n  - consensos")
    } throws: {
      "\($0)".hasPrefix("s.yaml:4: selectors[1] is 'consensos'; expected one of recorded")
        && "\($0)".hasSuffix("; perhaps 'consensus'")
    }
  }
}
