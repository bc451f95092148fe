import RoutingCore

/// How often `k_set` holds the true k*, over the gaps between the k.
enum KSetCoverage {
  private static let workloads = 1000
  private static let replicates = 400
  /// Score per token; a policy costs 100 tokens for each of its k models, give or take.
  private static let lambda = 0.0001

  private struct Scenario: Sendable {
    let name: String
    /// S − λT of each k below that of the best.
    let gaps: [Double]
    let correlation: Double
    var isGraded = false
  }

  private static let scenarios = [
    Scenario(name: "tie", gaps: [0, 0, 0, 0], correlation: 0.8),
    Scenario(name: "near tie", gaps: [0.002, 0, 0.002, 0.002], correlation: 0.8),
    Scenario(name: "near tie", gaps: [0.005, 0, 0.005, 0.005], correlation: 0.95),
    Scenario(name: "near tie, alike", gaps: [0.001, 0, 0.001, 0.001], correlation: 0.99),
    Scenario(name: "one rival", gaps: [0.01, 0, 0.2, 0.2], correlation: 0.8),
    Scenario(name: "ladder", gaps: [0.08, 0.04, 0.02, 0], correlation: 0.8),
    Scenario(name: "clear", gaps: [0, 0.1, 0.15, 0.2], correlation: 0.8),
    Scenario(name: "graded near tie", gaps: [0.002, 0, 0.002, 0.002], correlation: 0.8, isGraded: true),
    Scenario(name: "graded ladder", gaps: [0.04, 0.02, 0.01, 0], correlation: 0.8, isGraded: true),
  ]

  static func table() async throws -> FigureTable {
    var table = FigureTable(
      "k_set holds the true k*, k = 1 … 4, \(workloads) workloads a row, \(replicates) replicates; bound ≥ 93 %, "
        + "win shares sum to 1",
      columns: ["gaps in S − λT", "", "n", "holds k*", "picks k*", "mean size", "largest |Σ win shares − 1|"])
    for (seed, scenario) in scenarios.enumerated() {
      for queries in [60, 300] {
        let found = try await Simulation.map(workloads) {
          try await workload($0, scenario, queries, seed: seed)
        }
        let count = Double(found.count)
        let holds = Double(found.count { $0.isHeld }) / count
        let error = found.map { $0.shareError }.max() ?? 0
        table.add(
          [
            scenario.name, scenario.gaps.map { "\($0)" }.joined(separator: " "), "\(queries)",
            Figure.percent(holds), Figure.percent(Double(found.count { $0.isPicked }) / count),
            Figure.decimal(Double(found.reduce(0) { $0 + $1.size }) / count, 2),
            error < 1e-12 ? "0" : "\(error)",
          ], isWithin: holds >= 0.93 && error < 1e-9)
      }
    }
    return table
  }

  private static func workload(
    _ index: Int, _ scenario: Scenario, _ queries: Int, seed: Int
  ) async throws -> (isHeld: Bool, isPicked: Bool, size: Int, shareError: Double) {
    var random = RandomStream(seed: UInt64(1000 * queries + seed), item: index)
    let scores = ProbitScores(
      means: scenario.gaps.enumerated().map { 0.75 + lambda * 100 * Double($0 + 1) - $1 },
      correlation: scenario.correlation, isGraded: scenario.isGraded)
    let simulated = try SimulatedWorkload(
      .merges, queries: (0..<queries).map { _ in query(scores, &random) }, random: &random)
    let rule = ChoiceRule(aim: .objective(lambda: lambda))
    let recommendation = try await simulated.recommender(rule, replicates: replicates).recommend()
    let best = KSchedule(constant: (scenario.gaps.firstIndex(of: 0) ?? 0) + 1)
    let picked = simulated.place(of: recommendation.recommended.policy).map { KSchedule(constant: $0 + 1) }
    let total = recommendation.winShareByK.reduce(0) { $0 + $1.share }
    return (recommendation.kSet.contains(best), picked == best, recommendation.kSet.count, abs(total - 1))
  }

  /// Each model adds 50 to 150 tokens.
  private static func query(_ scores: ProbitScores, _ random: inout RandomStream) -> [(Double, Int)] {
    var tokens = 0
    return scores.draw(&random).map { score in
      tokens += 50 + random.below(101)
      return (score, tokens)
    }
  }
}
