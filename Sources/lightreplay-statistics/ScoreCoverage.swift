import RoutingCore

/// How often the 95 % interval of a mean score holds the true mean.
///
/// The policies of a batch are independent workloads of one cell or another that share the weights of their
/// queries; the last column says how much more the coverage varies between batches than independent workloads
/// would (1 = as much).
enum ScoreCoverage {
  private static let means = [0.5, 0.8, 0.9, 0.95, 0.98]
  private static let batches = 200
  private static let workloadsPerBatch = 20

  static func table() async throws -> FigureTable {
    var table = FigureTable(
      "coverage of the 95 % score interval, \(batches * workloadsPerBatch) workloads a cell, 2000 replicates; "
        + "bounds 93–97 %, n = 20 reported only",
      columns: ["scores", "mean", "n", "coverage", "missed below", "above", "width", "between batches"])
    for queries in [20, 50, 200, 2000] {
      let tallies = try await Simulation.map(queries == 20 ? batches / 4 : batches) {
        try await batch($0, queries: queries)
      }
      for (shape, cells) in zip(ScoreShape.all, tallies.transposed.split(per: means.count)) {
        for (mean, found) in zip(means, cells) {
          let total = found.reduce(Tally(), +)
          table.add(
            [shape.name, "\(mean)", "\(queries)"] + total.cells + [Figure.decimal(found.dispersion, 2)],
            isWithin: queries == 20 ? nil : total.isWithin)
        }
      }
    }
    return table
  }

  /// By shape and mean.
  private static func batch(_ index: Int, queries: Int) async throws -> [Tally] {
    var random = RandomStream(seed: UInt64(queries), item: index)
    let cells = ScoreShape.all.flatMap { shape in means.map { (shape, $0) } }
    let columns = cells.flatMap { shape, mean in
      (0..<workloadsPerBatch).map { _ in (0..<queries).map { _ in shape.draw(mean, &random) } }
    }
    let sums = GroupSums(scores: columns, random: &random)
    let resampled = await ResampledMeans(sums, settings: Simulation.settings(replicates: 2000))
    return cells.enumerated().map { cell, truth in
      (0..<workloadsPerBatch).reduce(into: Tally()) { tally, workload in
        tally.add(resampled.score(cell * workloadsPerBatch + workload), truth: truth.1)
      }
    }
  }
}

/// How scores are spread about their mean.
enum ScoreShape: Sendable {
  case zeroOne
  /// Beta with a + b = `total`: variance p(1 − p) ÷ (1 + total).
  case beta(total: Double)

  static let all: [ScoreShape] = [.zeroOne] + [1, 4, 20].map { .beta(total: $0) }

  var name: String {
    switch self {
    case .zeroOne: "0/1"
    case .beta(let total): "Beta, a + b = \(Int(total))"
    }
  }

  func draw(_ mean: Double, _ random: inout RandomStream) -> Double {
    switch self {
    case .zeroOne: random.uniform() < mean ? 1 : 0
    case .beta(let total): random.beta(mean: mean, total: total)
    }
  }
}

/// Intervals counted by where the truth lies.
struct Tally: Sendable {
  private(set) var count = 0.0
  private(set) var below = 0.0
  private(set) var above = 0.0
  private(set) var width = 0.0

  mutating func add(_ estimate: Estimate, truth: Double) {
    count += 1
    if truth < estimate.low { below += 1 }
    if truth > estimate.high { above += 1 }
    width += estimate.high - estimate.low
  }

  var coverage: Double { 1 - (below + above) / count }
  var meanWidth: Double { width / count }
  var isWithin: Bool { (0.93...0.97).contains(coverage) }

  /// Coverage, misses and width.
  var cells: [String] {
    [
      Figure.percent(coverage), Figure.percent(below / count), Figure.percent(above / count),
      Figure.decimal(meanWidth),
    ]
  }

  static func + (left: Tally, right: Tally) -> Tally {
    var sum = left
    sum.count += right.count
    sum.below += right.below
    sum.above += right.above
    sum.width += right.width
    return sum
  }
}

extension [Tally] {
  /// Variance of the coverage between batches of equal size, over that of independent workloads.
  var dispersion: Double {
    let total = reduce(Tally(), +)
    let expected = total.coverage * (1 - total.coverage) / (total.count / Double(count))
    let deviation = Estimate.standardDeviation(map(\.coverage))
    return expected > 0 ? deviation * deviation / expected : 1
  }
}

extension [[Tally]] {
  var transposed: [[Tally]] { isEmpty ? [] : self[0].indices.map { index in map { $0[index] } } }

  func split(per size: Int) -> [[[Tally]]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
