/// ρ of the models' scores: mean pairwise covariance ÷ mean variance, population moments over rows
/// (Scheme.md, "Variance laws"), with its bootstrap interval.
package struct ModelCorrelation: Sendable, Equatable {
  /// Mean variance of the models' scores.
  package let variance: Double
  package let rho: Double
  package let low: Double
  package let high: Double

  /// `nil` for fewer than two models or where no score varies.
  package init?(trace: Trace, workload: Workload, settings: SweepSettings) async {
    let scores = try? SetScores(trace: trace, aggregator: "mean", selector: nil)
    guard trace.poolCount > 1, let rows = scores?.completeRows(of: workload), rows.count > 1 else {
      return nil
    }
    let sums = Self.sums(trace, rows)
    let plain = (0..<sums.scores.count).map { column in sums.scores[column].reduce(0, +) }
    guard let value = Self.moments(plain, rows: Int128(sums.rows), models: trace.poolCount) else {
      return nil
    }
    let bootstrap = await PoissonBootstrap(
      sums, replicates: settings.replicates, seed: settings.seed, threads: settings.threads)
    let replicates = (0..<settings.replicates).compactMap { replicate in
      Self.moments(
        bootstrap.scores.map { $0[replicate] }, rows: bootstrap.rows[replicate], models: trace.poolCount)?.rho
    }
    guard !replicates.isEmpty else { return nil }
    variance = value.variance
    rho = value.rho
    (low, high) = Estimate.percentileInterval(replicates)
  }

  /// Whether the interval excludes 0.
  package var rejectsIndependence: Bool { low > 0 || high < 0 }

  /// By group: each model's sum, then Σᵢ s², then (Σᵢ s)².
  private static func sums(_ trace: Trace, _ rows: [Int]) -> GroupSums {
    let grouped = GroupedRows(rows, in: trace)
    func score(_ place: Int, _ model: Int) -> Int128 {
      Int128(trace.responses.score[rows[place] * trace.candidates.count + model])
    }
    func total(_ place: Int, _ value: (Int128) -> Int128) -> Int128 {
      (0..<trace.poolCount).reduce(0) { $0 + value(score(place, $1)) }
    }
    var columns = (0..<trace.poolCount).map { model in grouped.sums { score($0, model) } }
    columns.append(grouped.sums { total($0) { $0 * $0 } })
    columns.append(
      grouped.sums { place in
        let sum = total(place) { $0 }
        return sum * sum
      })
    let keys = ContiguousArray(grouped.groups.map { trace.groups.key[Int($0)] })
    // A bootstrap takes a cost beside each score.
    let free = ContiguousArray<Int128>(repeating: 0, count: keys.count)
    return GroupSums(
      keys: keys, folds: ContiguousArray(repeating: 0, count: keys.count),
      counts: grouped.sums { _ in 1 }, scores: columns, costs: columns.map { _ in free })
  }

  /// Σ var = Σᵢ E sᵢ² − Σᵢ (E sᵢ)², and var Σ s = Σ var + Σ of the covariances.
  private static func moments(_ sums: [Int128], rows: Int128, models: Int) -> (variance: Double, rho: Double)?
  {
    let n = Double(wide: rows)
    let unit = Double(Score.unit)
    let means = (0..<models).map { Double(wide: sums[$0]) / n / unit }
    let variances = Double(wide: sums[models]) / n / unit / unit - means.reduce(0) { $0 + $1 * $1 }
    let mean = means.reduce(0, +)
    let whole = Double(wide: sums[models + 1]) / n / unit / unit - mean * mean
    guard variances > 1e-12 else { return nil }
    let count = Double(models)
    return (variances / count, (whole - variances) / (count - 1) / variances)
  }
}
