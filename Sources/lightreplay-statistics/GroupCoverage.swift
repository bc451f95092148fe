import RoutingCore

/// Queries that come in groups: coverage when resampled by group, and what resampling by query would claim.
///
/// 0/1 scores; a group's own mean is Beta distributed, so that scores correlate 1 ÷ (1 + a + b) within groups.
enum GroupCoverage {
  private static let means = [0.5, 0.8, 0.9, 0.95]
  private static let batches = 50
  private static let workloadsPerBatch = 40

  private struct Design: Sendable {
    let groups: Int
    let name: String
    let size: @Sendable (Int) -> Int
  }

  private static let designs = [50, 200].flatMap { groups in
    [
      Design(groups: groups, name: "8") { _ in 8 },
      Design(groups: groups, name: "1–15") { 1 + $0 % 15 },
    ]
  }

  static func table() async throws -> FigureTable {
    var table = FigureTable(
      "score intervals of grouped queries, 0/1 scores, \(batches * workloadsPerBatch) workloads a cell, 1000 "
        + "replicates; bounds 93–97 %, and wider than by query where scores correlate",
      columns: [
        "groups", "sizes", "correlation", "mean", "coverage", "missed below", "above", "width", "by query",
        "its width",
      ])
    for design in designs {
      for correlation in [0, 0.3, 0.7] {
        let tallies = try await Simulation.map(batches) { try await batch($0, design, correlation) }
        for (mean, found) in zip(means, tallies.transposed.split(per: 2)) {
          let grouped = found[0].reduce(Tally(), +)
          let single = found[1].reduce(Tally(), +)
          let isWider = correlation == 0 || grouped.meanWidth > 1.1 * single.meanWidth
          table.add(
            ["\(design.groups)", design.name, "\(correlation)", "\(mean)"] + grouped.cells
              + [Figure.percent(single.coverage), Figure.decimal(single.meanWidth)],
            isWithin: grouped.isWithin && isWider)
        }
      }
    }
    return table
  }

  /// By mean: resampled by group, then by query.
  private static func batch(_ index: Int, _ design: Design, _ correlation: Double) async throws -> [Tally] {
    var random = RandomStream(seed: UInt64(design.groups * 100 + Int(correlation * 10)), item: index)
    let sizes = (0..<design.groups).map(design.size)
    let group = sizes.enumerated().flatMap { place, size in (0..<size).map { _ in place } }
    let columns = means.flatMap { mean in
      (0..<workloadsPerBatch).map { _ in scores(mean, sizes, correlation, &random) }
    }
    let settings = Simulation.settings(replicates: 1000)
    let grouped = await ResampledMeans(
      GroupSums(scores: columns, group: group, random: &random), settings: settings)
    let single = await ResampledMeans(GroupSums(scores: columns, random: &random), settings: settings)
    return means.enumerated().flatMap { cell, mean in
      [grouped, single].map { resampled in
        (0..<workloadsPerBatch).reduce(into: Tally()) { tally, workload in
          tally.add(resampled.score(cell * workloadsPerBatch + workload), truth: mean)
        }
      }
    }
  }

  private static func scores(
    _ mean: Double, _ sizes: [Int], _ correlation: Double, _ random: inout RandomStream
  ) -> [Double] {
    sizes.flatMap { size in
      let own = correlation > 0 ? random.beta(mean: mean, total: 1 / correlation - 1) : mean
      return (0..<size).map { _ in random.uniform() < own ? 1.0 : 0 }
    }
  }
}
