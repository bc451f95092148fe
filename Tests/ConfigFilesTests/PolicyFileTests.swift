import ConfigFiles
import Reporting
import RoutingCore
import Testing

@Suite struct PolicyFileTests {
  private func read(_ text: String) throws -> ProductionPolicy { try PolicyFile.read(text, name: "p.yaml") }

  @Test(
    "What is written reads back as the same policy, and writes the same bytes",
    arguments: 1...300 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var draws = RandomProductionPolicy(seed: seed)
    let policy = draws.next()
    let text = policy.yaml
    let back = try read(text)
    // The comparisons stand apart from the expectations, which would print both files.
    let isSame = back == policy
    #expect(isSame)
    // Swift takes é and e + accent for the same; bytes do not.
    let isSameText = back.yaml.utf8.elementsEqual(text.utf8)
    #expect(isSameText)
  }

  @Test(
    "Every text keeps its bytes, as a value and within a list", arguments: RandomProductionPolicy.nastyTexts)
  func texts(_ text: String) throws {
    var draws = RandomProductionPolicy(seed: 1)
    var policy = draws.next()
    policy.traceName = text
    policy.fallback.warnings = [Warning(code: "code", text: text)]
    policy.models[0].skills = [text, "x"]
    let back = try read(policy.yaml)
    for found in [back.traceName, back.fallback.warnings[0].text, back.models[0].skills[0]] {
      #expect(found.utf8.elementsEqual(text.utf8))
    }
  }

  @Test("A prompt of several lines is a block that people can review")
  func prompts() throws {
    let file = Self.small.replacing(
      "model: \"owl\"\n", with: "model: \"owl\"\n      prompt: \"Rank the answers:\\n\\n  - best first\\n\"\n"
    )
    let text = try read(file).yaml
    #expect(text.contains("prompt: |\n        Rank the answers:\n\n          - best first\n"))
    #expect(try read(text).workloads[0].selector?.prompt == "Rank the answers:\n\n  - best first\n")
  }

  @Test("The small file of these tests is what is written")
  func small() throws { #expect(try read(Self.small).yaml.contains("policy: \"k=1,boot=5,")) }

  @Test(
    "A mistake is one sentence with file, line, field and what was expected",
    arguments: [
      (
        "cost_unit: usd", "cost_unit: eur",
        "p.yaml:5: objective.cost_unit is 'eur'; expected one of usd, tokens, ktokens"
      ),
      (
        "aim: least-cost", "aim: least_cost",
        "p.yaml:3: objective.aim is 'least_cost'; expected objective, least-cost or budget"
      ),
      (
        "min_score_share", "min_score_shar",
        "p.yaml:4: objective.min_score_shar is an unknown key; expected min_score_share"
      ),
      (
        "min_score_share: 0.9", "min_score_share: 90",
        "p.yaml:4: objective.min_score_share is '90'; expected a number from 0 to 1"
      ),
      ("seed: 1,", "seed: -1,", "p.yaml:11: bootstrap.seed is '-1'; expected a whole number from 0 on"),
      ("    k: 1\n", "    k: 2\n", "p.yaml:19: workloads[0].k is '2'; expected 1, as its policy says"),
      (
        "boot_budget: 5", "boot_budget: full",
        "p.yaml:20: workloads[0].boot_budget is 'full'; expected 5, as its policy says"
      ),
      (
        "id: \"recorded\"", "id: \"length\"",
        "p.yaml:22: workloads[0].selector.id is 'length'; expected recorded, as its policy says"
      ),
      (
        "      name: \"owl\"\n", "",
        "p.yaml:22: workloads[0].selector.name is missing; expected who is behind recorded"
      ),
      (
        "selector=recorded", "selector=prior",
        "p.yaml:18: workloads[0].policy: policy 'k=1,boot=5,layers=2,selector=prior,aggregator=first': 'boot=5' is not understood; expected boot=none: prior starts only the chosen candidates"
      ),
      (
        "selector=recorded", "selector=oracle",
        "p.yaml:18: workloads[0].policy is 'k=1,boot=5,layers=2,selector=oracle,aggregator=first'; expected a policy that can run: bounds are never recommended"
      ),
      (
        "k=1,boot=5", "k=1|2@agreement:q0.8,boot=5",
        "p.yaml:18: workloads[0].policy is 'k=1|2@agreement:q0.8,boot=5,layers=2,selector=recorded,aggre'; expected a threshold frozen to a number: its quantile needs the training queries"
      ),
      (
        "k=1,boot=5", "k=1|2@agreemnt:0.8,boot=5",
        "p.yaml:18: workloads[0].policy: policy 'k=1|2@agreemnt:0.8,boot=5,layers=2,selector=recorded,aggregator=first': 'k=1|2@agreemnt:0.8' is not understood; expected a signal, agreement or margin; did you mean 'agreement'?"
      ),
      (
        "k=1,boot=5", "k=1|2@agreement:0.8,boot=5",
        "p.yaml:19: workloads[0].k is '1'; expected 1|2@agreement:0.8, as its policy says"
      ),
      (
        "policy: \"single:lark\"", "policy: \"single:larks\"",
        "p.yaml:36: default.policy: calls 'larks', which is not among the models; did you mean 'lark'?"
      ),
      (
        "queries: 16", "queries: many",
        "p.yaml:27: workloads[0].expected.queries is 'many'; expected a whole number from 1 on"
      ),
      (
        "low: 0.5, high: 0.9", "low: 0.95, high: 0.9",
        "p.yaml:31: workloads[0].expected.held_out.score.high is '0.9'; expected a number from low on"
      ),
      (
        "mean: 0.8, low: 0.5", "mean: 0.95, low: 0.5",
        "p.yaml:31: workloads[0].expected.held_out.score.mean is '0.95'; expected a mean within its interval, 0.5 to 0.9"
      ),
      (
        "match: {workload: \"sums\"}", "match: {worklod: \"sums\"}",
        "p.yaml:17: workloads[0].match.worklod is an unknown key; expected workload"
      ),
      ("share: 1}", "share: 0.9}", "p.yaml:45: default.shares is a list that sums to 0.9; expected 1"),
      (
        "[{workload: \"sums\", share", "[{workload: \"sum\", share",
        "p.yaml:45: default.shares[0].workload is 'sum'; expected a name listed in this file, perhaps 'sums'"
      ),
      (
        "lightreplay.policy/1", "lightreplay.policy/9",
        "p.yaml:1: format is 'lightreplay.policy/9'; expected lightreplay.policy/1"
      ),
      ("default:", "defaults:", "p.yaml:35: defaults is an unknown key; expected default"),
      (
        "input: 0.05", "input: -1",
        "p.yaml:10: prices.usd_per_million_tokens[0].input is '-1'; expected USD per million tokens, from 0 to 1000000"
      ),
      (
        "{name: \"lark\"}", "{name: \"lark\"}, {name: \"lark\"}",
        "p.yaml:14: models[1].name is 'lark'; expected each model once"
      ),
    ])
  func mistakes(before: String, after: String, sentence: String) throws {
    let text = Self.replacingFirst(before, after)
    let error = #expect(throws: ConfigError.self) { try read(text) }
    #expect(error?.description == sentence)
  }

  @Test("Within an interval of few replicates a mean need not lie")
  func fewReplicates() throws {
    let text = Self.replacingFirst("mean: 0.8, low: 0.5", "mean: 0.95, low: 0.5")
    #expect(try read(text.replacing("replicates: 2000", with: "replicates: 20")).replicates == 20)
  }

  @Test("A workload that is listed twice is an error")
  func twice() throws {
    let entry = Self.small.split(separator: "workloads:\n")[1].split(separator: "default:")[0]
    let error = #expect(throws: ConfigError.self) {
      try read(Self.small.replacing("default:", with: "\(entry)default:"))
    }
    #expect(error?.description.contains("match.workload is 'sums'; expected each workload once") == true)
  }

  @Test(
    "What every decision needs is missed by name",
    arguments: ["format", "objective", "trace", "bootstrap", "baselines", "models", "workloads", "default"])
  func missing(key: String) throws {
    var lines = Self.small.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("\(key):") })
    let end = lines[(start + 1)...].firstIndex { !$0.hasPrefix(" ") } ?? lines.count
    lines.removeSubrange(start..<end)
    let error = #expect(throws: ConfigError.self) { try read(lines.joined(separator: "\n")) }
    #expect(error?.description.contains("\(key) is missing; expected") == true)
  }

  private static func replacingFirst(_ before: String, _ after: String) -> String {
    guard let range = small.firstRange(of: before) else {
      Issue.record("'\(before)' is not in the file")
      return small
    }
    return small.replacingCharacters(range, after)
  }

  private static let small = """
    format: "lightreplay.policy/1"
    objective: {wish: "cheap",
      aim: least-cost,
      min_score_share: 0.9,
      cost_unit: usd, accounting: billed, continuation: reprompt, failures: count, samples: first}
    trace: {name: "demo", fingerprint: "85e1586cc5ee9d3768376762d36ffbeae1c4db817daa9fe23eea09ad7d27ad28"}
    prices:
      book: "p"
      sha256: "x"
      usd_per_million_tokens: [{model: "lark", input: 0.05, cached_input: 0.01, output: 0.2}]
    bootstrap: {seed: 1, replicates: 2000}
    baselines: {selector: "recorded", aggregator: "vote"}
    models: [
      {name: "lark"}
      ]
    workloads:
      - match: {workload: "sums"}
        policy: "k=1,boot=5,layers=2,selector=recorded,aggregator=first"
        k: 1
        boot_budget: 5
        selector:
          id: "recorded"
          name: "owl"
          model: "owl"
        aggregator: {id: "first"}
        expected:
          queries: 16
          compared_queries: 16
          win_share: 0.5
          held_out:
            score: {mean: 0.8, low: 0.5, high: 0.9}
            cost: {mean: 1, low: 1, high: 1}
          in_sample: {score: {mean: 0.8, low: 0.5, high: 0.9}, cost: {mean: 1, low: 1, high: 1}}

    default:
      policy: "single:lark"
      expected:
        queries: 16
        compared_queries: 16
        win_share: 0.5
        held_out:
          score: {mean: 0.8, low: 0.5, high: 0.9}
          cost: {mean: 1, low: 1, high: 1}
        in_sample: {score: {mean: 0.8, low: 0.5, high: 0.9}, cost: {mean: 1, low: 1, high: 1}}
      shares: [{workload: "sums", share: 1}]

    """
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<Index>, _ text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}
