/// A measured variance curve with the covariance of its points.
package struct VarianceMeasurement: Sendable {
  package let kind: VarianceCurve.Kind
  package let points: [VarianceCurve.Point]
  /// Of the points, row by row, from the groups of queries.
  package let covariance: [Double]
  /// The largest error that sampled sets add to a point, relative to the point; `nil` where all sets enter.
  package let samplingError: Double?
  package let rows: Int
  package let poolCount: Int
}

/// Measures the variance of merged sets of candidates (Scheme.md, "Variance laws").
package struct VarianceMeasurer: Sendable {
  private let scores: SetScores
  private let workload: Workload
  private let settings: SweepSettings

  package init(_ scores: SetScores, workload: Workload, settings: SweepSettings) {
    self.scores = scores
    self.workload = workload
    self.settings = settings
  }

  /// The curves there are: `samples` only where queries are recorded more than once. Empty where no row has
  /// every score it takes.
  package func measurements() async -> [VarianceMeasurement] {
    let (rows, sets) = await usable()
    guard rows.count > 1, !sets.isEmpty else { return [] }
    let runs = RowRuns(groups: scores.groups(of: rows), queries: scores.queries(of: rows))
    var curves: [VarianceCurve.Kind: [SetVariance]] = [:]
    for (k, chosen) in sets {
      let columns = await Parallel.map(count: chosen.sets.count, threads: settings.threads) { index in
        scores.scores(of: chosen.sets[index], on: rows)
      }
      for kind in VarianceCurve.Kind.allCases {
        guard let found = SetVariance(kind, of: columns, runs: runs, k: k, sets: chosen) else { continue }
        curves[kind, default: []].append(found)
      }
    }
    return VarianceCurve.Kind.allCases.compactMap { kind in
      curves[kind].map { measurement(kind, $0, rows: rows.count) }
    }
  }

  /// Rows and sets by k such that every set is known on every row.
  private func usable() async -> (rows: [Int], sets: [(k: Int, sets: CandidateSets)]) {
    let rows = scores.completeRows(of: workload)
    let all = (1...max(1, scores.poolCount)).map { k in
      (k: k, sets: CandidateSets(choosing: k, of: scores.poolCount, seed: settings.seed))
    }
    guard scores.isRecorded, !rows.isEmpty else { return (rows, all) }
    // Merges are recorded for some sets only: those that nearly every row has.
    var known = [Bool](repeating: true, count: rows.count)
    var kept: [(k: Int, sets: CandidateSets)] = []
    for (k, chosen) in all {
      let columns = await Parallel.map(count: chosen.sets.count, threads: settings.threads) { index in
        scores.scores(of: chosen.sets[index], on: rows)
      }
      var found: [CandidateSet] = []
      for (set, column) in zip(chosen.sets, columns) {
        guard settings.minCoverage.isReached(by: column.count { $0 >= 0 }, of: rows.count) else { continue }
        found.append(set)
        for index in column.indices where column[index] < 0 { known[index] = false }
      }
      if !found.isEmpty { kept.append((k, CandidateSets(found, all: chosen.all))) }
    }
    return (rows.indices.filter { known[$0] }.map { rows[$0] }, kept)
  }

  private func measurement(_ kind: VarianceCurve.Kind, _ curve: [SetVariance], rows: Int)
    -> VarianceMeasurement
  {
    let n = curve.count
    var covariance = [Double](repeating: 0, count: n * n)
    for row in 0..<n {
      for column in 0..<n {
        covariance[row * n + column] = zip(curve[row].influence, curve[column].influence)
          .reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    return VarianceMeasurement(
      kind: kind,
      points: curve.enumerated().map { index, point in
        VarianceCurve.Point(
          k: point.k, value: point.value, standardError: covariance[index * n + index].squareRoot(),
          sets: point.sets, allSets: point.allSets)
      }, covariance: covariance, samplingError: curve.compactMap(\.samplingError).max(), rows: rows,
      poolCount: scores.poolCount)
  }
}

extension CandidateSets {
  /// Some sets of `all` there are, known beforehand.
  init(_ sets: [CandidateSet], all: Int) {
    self.sets = sets
    self.all = all
  }
}
