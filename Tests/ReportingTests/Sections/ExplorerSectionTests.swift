import Reporting
import RoutingCore
import Testing

@Suite struct ExplorerSectionTests {
  @Test("The policies given to the page are enough to choose as recommend does", arguments: 1...8)
  func enough(seed: UInt64) async throws {
    var sketch = ReportSketch()
    sketch.seed = seed
    sketch.queries = 12
    let report = try await sketch.made().report
    let workload = report.workloads[0]
    let data = ExplorerData(report)
    let all = workload.contenders
    let every = ChoiceSample(
      scores: all.map(\.score.mean), costs: all.map(\.cost.mean), isEligible: all.map { _ in true })
    let points = data.workloads[0].points
    let given = ChoiceSample(
      scores: points.map(\.score), costs: points.map(\.cost), isEligible: points.map { _ in true })
    #expect(points.count < all.count)
    let breaks = (workload.recommendation?.regimes ?? []).map(\.lambdaLow)
    var rules = (breaks + breaks.map { $0 * 1.001 } + [0, 1e-9, 0.001, 1, 1e6]).map {
      ChoiceRule(aim: .objective(lambda: $0))
    }
    rules += [0.5, 0.9, 0.99, 1].map { ChoiceRule(aim: .leastCost, scoreTarget: .shareOfBest($0)) }
    rules += every.costs.map { ChoiceRule(aim: .budget, budget: $0) }
    for rule in rules {
      let expected = rule.choose(in: every).map { all[$0].policy.description }
      #expect(rule.choose(in: given).map { points[$0].id } == expected, "\(rule)")
    }
  }

  @Test(
    "The page begins with the wish in force",
    arguments: [
      (ChoiceRule(aim: .objective(lambda: 2.5)), "lambda", "2.5"),
      (ChoiceRule.standard, "min-score", "99%"),
      (ChoiceRule(aim: .leastCost, scoreTarget: .shareOfBest(57.0 / 100)), "min-score", "57%"),
      (ChoiceRule(aim: .leastCost, scoreTarget: .score(0.5)), "min-score", "0.5"),
      (ChoiceRule(aim: .budget, budget: 1000), "budget", "1000.0"),
    ])
  func wish(rule: ChoiceRule, field: String, text: String) async throws {
    var sketch = ReportSketch()
    sketch.rule = rule
    let initial = ExplorerData(try await sketch.made().report).initial
    #expect(initial.field == field)
    #expect(initial.text == text)
  }
}
