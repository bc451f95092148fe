import Foundation
import RoutingCore

/// Whether constraints hold in truth as often as P(met) says.
///
/// True means are spread evenly about the target, four standard errors to either side, so that the choice of
/// truths favours no answer. A row compares the mean P(met) stated for the workloads of a bin with the share of
/// them whose true mean meets the constraint.
enum MetReliability {
  private static let batches = 40
  private static let workloadsPerBatch = 200
  private static let bins = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1]

  private enum Constraint: Sendable {
    case score(Double, ScoreShape)
    case budget

    var name: String {
      switch self {
      case .score(let target, let shape): "score ≥ \(target), \(shape.name)"
      case .budget: "cost ≤ 100, log-normal"
      }
    }

    var target: Double {
      if case .score(let target, _) = self { target } else { 100 }
    }

    var rule: ChoiceRule {
      switch self {
      case .score(let target, _): ChoiceRule(aim: .leastCost, scoreTarget: .score(target))
      case .budget: ChoiceRule(aim: .budget, budget: 100)
      }
    }

    /// Standard deviation of one query's score or cost near the target.
    var deviation: Double {
      switch self {
      case .score(let p, .zeroOne): (p * (1 - p)).squareRoot()
      case .score(let p, .beta(let total)): (p * (1 - p) / (1 + total)).squareRoot()
      case .budget: 100 * (exp(0.25) - 1).squareRoot()
      }
    }

    func isMet(_ truth: Double) -> Bool {
      if case .score = self { truth >= target } else { truth <= target }
    }

    func draw(_ mean: Double, _ random: inout RandomStream) -> Double {
      switch self {
      case .score(_, let shape): shape.draw(mean, &random)
      // ln of the cost has standard deviation 0.5.
      case .budget: mean * exp(0.5 * random.normal() - 0.125)
      }
    }
  }

  private static let constraints: [Constraint] = [
    .score(0.5, .zeroOne), .score(0.8, .zeroOne), .score(0.95, .zeroOne), .score(0.8, .beta(total: 4)),
    .score(0.95, .beta(total: 4)), .budget,
  ]

  static func table() async throws -> FigureTable {
    var table = FigureTable(
      "reliability of P(met), \(batches * workloadsPerBatch) workloads a constraint and n, 1000 "
        + "replicates; bounds: 5 points and two simulation errors",
      columns: ["constraint", "n", "bin", "workloads", "stated", "true"])
    for (seed, constraint) in constraints.enumerated() {
      for queries in [50, 200, 1000] {
        let found = try await Simulation.map(batches) { try await batch($0, constraint, queries, seed: seed) }
          .flatMap(\.self)
        for (low, high) in zip(bins, bins.dropFirst()) {
          let inside = found.filter { $0.stated >= low && ($0.stated < high || high == 1) }
          guard !inside.isEmpty else { continue }
          let count = Double(inside.count)
          let stated = inside.reduce(0) { $0 + $1.stated } / count
          let share = Double(inside.count { $0.isMet }) / count
          let error = (stated * (1 - stated) / count).squareRoot()
          table.add(
            [
              constraint.name, "\(queries)", "\(low)–\(high)", "\(inside.count)", Figure.percent(stated),
              Figure.percent(share),
            ], isWithin: abs(share - stated) <= 0.05 + 2 * error)
        }
      }
    }
    return table
  }

  private static func batch(
    _ index: Int, _ constraint: Constraint, _ queries: Int, seed: Int
  ) async throws -> [(stated: Double, isMet: Bool)] {
    var random = RandomStream(seed: UInt64(10_000 * (seed + 1) + queries), item: index)
    let reach = 4 * constraint.deviation / Double(queries).squareRoot()
    var range = constraint.target - reach...constraint.target + reach
    if case .score = constraint { range = range.clamped(to: 0...1) }
    let truths = (0..<workloadsPerBatch).map { _ in random.uniform(range) }
    let columns = truths.map { truth in (0..<queries).map { _ in constraint.draw(truth, &random) } }
    let empty = columns.map { $0.map { _ in 0.0 } }
    let isScore = if case .score = constraint { true } else { false }
    let sums = GroupSums(scores: isScore ? columns : empty, costs: isScore ? empty : columns, random: &random)
    let resampled = await ResampledMeans(sums, settings: Simulation.settings(replicates: 1000))
    let means = ReplicateMeans(resampled, positions: Array(truths.indices))
    let shares = means.metShares(constraint.rule, isEligible: truths.map { _ in true })
    return zip(shares, truths).map { ($0, constraint.isMet($1)) }
  }
}
