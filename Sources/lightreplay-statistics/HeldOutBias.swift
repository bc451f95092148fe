import RoutingCore

/// Many policies that are equally good in truth: whichever a rule chooses, its true figures are known, so the
/// bias of the in-sample and of the held-out figures can be measured.
enum HeldOutBias {
  private static let workloads = 1000
  private static let replicates = 200
  private static let policies = 20
  private static let queries = 100
  private static let score = 0.8
  private static let tokens = 100.0

  private static let rules: [(name: String, lambda: Double, rule: ChoiceRule)] = [
    ("--lambda 0", 0, ChoiceRule(aim: .objective(lambda: 0))),
    ("--lambda 0.001", 0.001, ChoiceRule(aim: .objective(lambda: 0.001))),
    ("--lambda 0.001 --rule one-se", 0.001, oneStandardError),
    ("--min-score 98%", 0.001, ChoiceRule(aim: .leastCost, scoreTarget: .shareOfBest(0.98))),
    ("--min-score 0.75 --confidence 0.9", 0.001, confident),
    ("--budget 100", 0.001, ChoiceRule(aim: .budget, budget: 100)),
  ]

  private static var oneStandardError: ChoiceRule {
    var rule = ChoiceRule(aim: .objective(lambda: 0.001))
    rule.isOneStandardError = true
    return rule
  }

  private static var confident: ChoiceRule {
    var rule = ChoiceRule(aim: .leastCost, scoreTarget: .score(0.75))
    rule.confidence = 0.9
    return rule
  }

  static func table() async throws -> FigureTable {
    var table = FigureTable(
      "bias of S − λT of the chosen of \(policies) equally good policies (score \(score), \(Int(tokens)) tokens), "
        + "n = \(queries), \(workloads) workloads; bounds: in-sample above 0 and held-out within 3 simulation errors of 0",
      columns: ["rule", "λ", "in-sample", "held-out", "simulation error", "held-out score", "held-out cost"])
    for (index, wish) in rules.enumerated() {
      let found = try await Simulation.map(workloads) { try await workload($0, wish.rule, seed: index) }
        .compactMap(\.self)
      func bias(_ value: (Biases) -> Double) -> (mean: Double, error: Double) {
        let values = found.map(value)
        return (
          values.reduce(0, +) / Double(values.count),
          Estimate.standardDeviation(values) / Double(values.count).squareRoot()
        )
      }
      let sample = bias { $0.sampleScore - wish.lambda * $0.sampleCost }
      let heldOut = bias { $0.heldOutScore - wish.lambda * $0.heldOutCost }
      let score = bias { $0.heldOutScore }
      let cost = bias { $0.heldOutCost }
      let isUnbiased = [heldOut, score, cost].allSatisfy { abs($0.mean) <= 3 * $0.error }
      table.add(
        [
          wish.name, "\(wish.lambda)", signed(sample.mean, 5), signed(heldOut.mean, 5),
          Figure.decimal(heldOut.error, 5),
          signed(score.mean, 5), signed(cost.mean, 2),
        ], isWithin: isUnbiased && sample.mean > 3 * sample.error)
    }
    return table
  }

  private static func signed(_ value: Double, _ places: Int) -> String {
    (value < 0 ? "" : "+") + Figure.decimal(value, places)
  }

  /// Estimated minus true.
  private struct Biases: Sendable {
    let sampleScore: Double
    let sampleCost: Double
    let heldOutScore: Double
    let heldOutCost: Double
  }

  /// `nil` where nothing meets the constraints.
  private static func workload(_ index: Int, _ rule: ChoiceRule, seed: Int) async throws -> Biases? {
    var random = RandomStream(seed: 900 + UInt64(seed), item: index)
    let scores = ProbitScores(means: Array(repeating: score, count: policies), correlation: 0.5)
    let simulated = try SimulatedWorkload(
      .singles,
      queries: (0..<queries).map { _ in scores.draw(&random).map { ($0, 20 + random.below(161)) } },
      random: &random)
    guard let found = try? await simulated.recommender(rule, replicates: replicates).recommend() else {
      return nil
    }
    return Biases(
      sampleScore: found.recommended.score.mean - score, sampleCost: found.recommended.cost.mean - tokens,
      heldOutScore: found.heldOut.score.mean - score, heldOutCost: found.heldOut.cost.mean - tokens)
  }
}
