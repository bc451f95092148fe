import RoutingCore

/// Whether `queries to separate` is of the right order: with that many queries the difference should be
/// separated in about half of the workloads.
///
/// Pilots that do not separate two policies state how many queries would; their median is then tried.
enum Separation {
  private static let pilots = 600
  private static let trials = 600
  private static let replicates = 1000

  private struct Scenario: Sendable {
    let name: String
    let scores: ProbitScores
    let pilotQueries: Int
  }

  private static let scenarios = [
    Scenario(name: "0/1, 0.85 and 0.80", scores: ProbitScores(means: [0.85, 0.8]), pilotQueries: 60),
    Scenario(name: "0/1, 0.95 and 0.92", scores: ProbitScores(means: [0.95, 0.92]), pilotQueries: 80),
    Scenario(
      name: "graded, 0.75 and 0.72", scores: ProbitScores(means: [0.75, 0.72], isGraded: true),
      pilotQueries: 60),
  ]

  static func table() async throws -> FigureTable {
    var table = FigureTable(
      "queries to separate, as stated by pilots that do not separate; \(trials) workloads of the median size; bounds 35–65 %",
      columns: ["scores", "pilot n", "pilots that separate", "stated: quartiles", "separated at the median"])
    for (seed, scenario) in scenarios.enumerated() {
      let found = try await Simulation.map(pilots) {
        try await runnerUp($0, scenario, queries: scenario.pilotQueries, seed: seed)
      }
      let stated = found.compactMap { $0?.queriesToSeparate }.sorted()
      let median = stated[stated.count / 2]
      let trial = try await Simulation.map(trials) {
        try await runnerUp($0, scenario, queries: median, seed: 100 + seed)
      }
      let share = Double(trial.count { $0?.isSeparated == true }) / Double(trial.count)
      let pilotShare = Double(found.count { $0?.isSeparated == true }) / Double(found.count)
      table.add(
        [
          scenario.name, "\(scenario.pilotQueries)", Figure.percent(pilotShare),
          "\(stated[stated.count / 4]), \(median), \(stated[3 * stated.count / 4])", Figure.percent(share),
        ], isWithin: (0.35...0.65).contains(share))
    }
    return table
  }

  private static func runnerUp(_ index: Int, _ scenario: Scenario, queries: Int, seed: Int) async throws
    -> RunnerUp?
  {
    var random = RandomStream(seed: 700 + UInt64(seed), item: index)
    let simulated = try SimulatedWorkload(
      .singles, queries: (0..<queries).map { _ in scenario.scores.draw(&random).map { ($0, 1) } },
      random: &random)
    let rule = ChoiceRule(aim: .objective(lambda: 0))
    return try await simulated.recommender(rule, replicates: replicates).recommend().runnerUp
  }
}
