/// Exact sums of every bootstrap replicate (DESIGN §3 "Uncertainty").
///
/// Replicate mean = Σ_g w_g Σ_{q∈g} x_q / Σ_g w_g n_g; this holds numerators and denominators as integers,
/// so they do not depend on threads, on the order of groups or on the machine.
package struct PoissonBootstrap: Sendable {
  package let replicates: Int
  /// Σ_g w_g n_g by replicate, at least 1.
  package let rows: [Int128]
  /// By policy, by replicate; millionths.
  package let scores: [[Int128]]
  /// By policy, by replicate; the price table's units.
  package let costs: [[Int128]]
  /// What four pseudo-groups with scores 0, 0, 1, 1 add, by replicate; they enter score intervals only.
  package let pseudoRows: [Int128]
  package let pseudoScores: [Int128]

  package init(_ sums: GroupSums, replicates: Int, seed: UInt64, threads: Int) async {
    self.replicates = replicates
    let weights = PoissonWeights(seed: seed)
    let columns = await LimbColumns(
      [ContiguousArray(sums.counts.map { Int128($0) })] + sums.scores + sums.costs, threads: threads)
    let kernel = BootstrapKernel(weights, keys: sums.keys, columns)
    let totals = await kernel.totals(replicates: replicates, threads: threads)
    func column(_ index: Int) -> [Int128] { Array(columns.sums(of: index, in: totals).prefix(replicates)) }
    let policies = sums.scores.count
    rows = column(0)
    scores = (0..<policies).map { column(1 + $0) }
    costs = sums.costs.indices.map { column(1 + policies + $0) }
    let pseudo = (0..<UInt32(replicates)).map { PseudoGroups.draw(weights, replicate: $0) }
    pseudoRows = pseudo.map(\.rows)
    pseudoScores = pseudo.map(\.score)
  }
}

/// Four pseudo-groups of one row each, with scores 0, 0, 1, 1.
private enum PseudoGroups {
  static func draw(_ weights: PoissonWeights, replicate: UInt32) -> (rows: Int128, score: Int128) {
    // The four largest keys stand for the pseudo-groups; no SHA-256 in sight begins with 61 ones.
    let drawn = (0..<4).map { group in
      Int128(weights.weight(group: .max - UInt64(group), replicate: replicate, attempt: 0))
    }
    return (drawn.reduce(0, +), (drawn[2] + drawn[3]) * Int128(Score.unit))
  }
}
