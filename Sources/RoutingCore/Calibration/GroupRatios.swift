/// Ratios of sums over groups of queries, resampled together with the weights every policy gets (Scheme.md, "Resampling").
///
/// Ratio = Σ_g w_g a_g / Σ_g w_g b_g. Numerators and denominators are whole numbers.
package struct GroupRatios: Sendable {
  private let keys: ContiguousArray<UInt64>
  private let grouped: GroupedRows
  private var columns: [ContiguousArray<Int128>] = []

  /// A column of sums; an index into those of a `GroupRatios`.
  package struct Column: Sendable {
    fileprivate let index: Int
  }

  /// - Parameter rows: the compared rows of the trace, ascending.
  package init(rows: [Int], in trace: Trace) {
    grouped = GroupedRows(rows, in: trace)
    keys = ContiguousArray(grouped.groups.map { trace.groups.key[Int($0)] })
  }

  package var groups: Int { keys.count }

  /// The group of each compared row, as a position among them.
  package var positions: ContiguousArray<Int> { grouped.positions }

  /// - Parameter values: one per compared row.
  package mutating func add(_ values: [Int128]) -> Column {
    columns.append(grouped.sums { values[$0] })
    return Column(index: columns.count - 1)
  }

  package func resampled(_ settings: SweepSettings) async -> ResampledRatios {
    let sums = GroupSums(
      keys: keys, folds: ContiguousArray(repeating: 0, count: keys.count),
      counts: grouped.sums { _ in 1 }, scores: columns, costs: [])
    let bootstrap = await PoissonBootstrap(
      sums, replicates: keys.isEmpty ? 0 : settings.replicates, seed: settings.seed,
      threads: settings.threads)
    return ResampledRatios(totals: columns.map { $0.reduce(0, +) }, bootstrap: bootstrap)
  }
}

/// The sums of a `GroupRatios` with their replicates.
package struct ResampledRatios: Sendable {
  let totals: [Int128]
  let bootstrap: PoissonBootstrap

  /// The whole sample's sum.
  package func total(_ column: GroupRatios.Column) -> Int128 { totals[column.index] }

  /// A mean or difference of sums; `nil` where nothing is counted.
  package func ratio(_ numerator: GroupRatios.Column, _ denominator: GroupRatios.Column) -> Estimate? {
    guard totals[denominator.index] != 0 else { return nil }
    let replicates = zip(bootstrap.scores[numerator.index], bootstrap.scores[denominator.index]).compactMap {
      $1 == 0 ? nil : Double(wide: $0) / Double(wide: $1)
    }
    guard !replicates.isEmpty else { return nil }
    return Estimate(mean: value(numerator, denominator), replicates: replicates)
  }

  /// A share from 0 to 1. Its interval takes in four pseudo-groups of one count each, two of them hits, without
  /// which it would be too short near 0 and 1 (Scheme.md, "Score intervals").
  ///
  /// - Parameter unit: what counts 1 in the numerator and denominator.
  package func share(
    _ numerator: GroupRatios.Column, _ denominator: GroupRatios.Column, unit: Int128 = 1
  ) -> Estimate? {
    guard totals[denominator.index] != 0 else { return nil }
    let pairs = zip(bootstrap.scores[numerator.index], bootstrap.scores[denominator.index])
    let plain = pairs.compactMap { $1 == 0 ? nil : Double(wide: $0) / Double(wide: $1) }
    guard !plain.isEmpty else { return nil }
    let widened = zip(pairs, bootstrap.pseudoRows.indices).compactMap { pair, replicate -> Double? in
      let hits = bootstrap.pseudoScores[replicate] / Int128(Score.unit) * unit
      let rows = pair.1 + bootstrap.pseudoRows[replicate] * unit
      return rows == 0 ? nil : Double(wide: pair.0 + hits) / Double(wide: rows)
    }
    let interval = Estimate.percentileInterval(widened.isEmpty ? plain : widened)
    return Estimate(
      mean: value(numerator, denominator), standardError: Estimate.standardDeviation(plain),
      low: interval.low,
      high: interval.high)
  }

  private func value(_ numerator: GroupRatios.Column, _ denominator: GroupRatios.Column) -> Double {
    Double(wide: totals[numerator.index]) / Double(wide: totals[denominator.index])
  }
}

extension Estimate {
  /// The estimate of a · x + b; a > 0.
  func mapped(times factor: Double, plus shift: Double) -> Estimate {
    var copy = self
    copy.mean = factor * mean + shift
    copy.standardError = factor * standardError
    copy.low = factor * low + shift
    copy.high = factor * high + shift
    return copy
  }
}
