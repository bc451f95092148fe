import RoutingCore

/// How often the 95 % interval of a paired difference holds the true one.
enum DifferenceCoverage {
  private static let batches = 50
  private static let workloadsPerBatch = 20

  private static let pairs: [(name: String, means: [Double], isGraded: Bool)] = [
    ("0/1, 0.8 and 0.8", [0.8, 0.8], false), ("0/1, 0.9 and 0.8", [0.9, 0.8], false),
    ("0/1, 0.97 and 0.95", [0.97, 0.95], false), ("graded, 0.8 and 0.8", [0.8, 0.8], true),
    ("graded, 0.9 and 0.8", [0.9, 0.8], true),
  ]

  static func table() async throws -> FigureTable {
    var table = FigureTable(
      "coverage of the 95 % interval of a paired difference, \(batches * workloadsPerBatch) workloads a cell, 2000 "
        + "replicates; bounds 93–97 %, n = 50 reported only",
      columns: ["scores", "n", "coverage", "missed below", "above", "width"])
    for queries in [50, 200, 1000] {
      let tallies = try await Simulation.map(batches) { try await batch($0, queries) }
      for (pair, found) in zip(pairs, tallies.transposed) {
        let total = found.reduce(Tally(), +)
        table.add([pair.name, "\(queries)"] + total.cells, isWithin: queries == 50 ? nil : total.isWithin)
      }
    }
    return table
  }

  /// By pair.
  private static func batch(_ index: Int, _ queries: Int) async throws -> [Tally] {
    var random = RandomStream(seed: 300 + UInt64(queries), item: index)
    let columns = pairs.flatMap { pair in
      (0..<workloadsPerBatch).flatMap { _ in
        let scores = ProbitScores(means: pair.means, isGraded: pair.isGraded)
        let drawn = (0..<queries).map { _ in scores.draw(&random) }
        return [drawn.map { $0[0] }, drawn.map { $0[1] }]
      }
    }
    let sums = GroupSums(
      scores: columns, costs: columns.map { $0.map { _ in 0 } }, random: &random)
    let resampled = await ResampledMeans(sums, settings: Simulation.settings(replicates: 2000))
    let means = ReplicateMeans(resampled, positions: Array(columns.indices))
    return pairs.enumerated().map { cell, pair in
      (0..<workloadsPerBatch).reduce(into: Tally()) { tally, workload in
        let place = 2 * (cell * workloadsPerBatch + workload)
        tally.add(
          means.difference(place, place + 1, lambda: 0), truth: pair.means[0] - pair.means[1])
      }
    }
  }
}
