/// Exact sums of every bootstrap replicate (Scheme.md, "Resampling").
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
    guard !sums.keys.isEmpty else {
      let none = [Int128](repeating: 0, count: replicates)
      self.init(
        rows: none, scores: sums.scores.map { _ in none }, costs: sums.costs.map { _ in none }, seed: seed)
      return
    }
    self.init(
      await DrawnSums(sums, replicates: replicates, seed: seed, threads: threads),
      policies: sums.scores.count, seed: seed)
  }

  /// - Parameter drawn: of the rows, of so many policies' scores, then of their costs.
  init(_ drawn: DrawnSums, policies: Int, seed: UInt64) {
    self.init(
      rows: drawn.columns[0], scores: Array(drawn.columns[1..<1 + policies]),
      costs: Array(drawn.columns[(1 + policies)...]), seed: seed)
  }

  /// Sums that were added up elsewhere; the pseudo-groups follow from the seed.
  init(rows: [Int128], scores: [[Int128]], costs: [[Int128]], seed: UInt64) {
    replicates = rows.count
    self.rows = rows
    self.scores = scores
    self.costs = costs
    let weights = PoissonWeights(seed: seed)
    let pseudo = rows.indices.map { PseudoGroups.draw(weights, replicate: UInt32($0)) }
    pseudoRows = pseudo.map(\.rows)
    pseudoScores = pseudo.map(\.score)
  }
}

extension DrawnSums {
  /// Groups in a block: 60 columns of it fill a second-level cache.
  private static let blockGroups = 256

  /// Resamples `sums`, which hold at least one group: each task has its share of the groups.
  init(_ sums: GroupSums, replicates: Int, seed: UInt64, threads: Int) async {
    let groups = sums.keys.count
    let size = max(1, min(Self.blockGroups, (groups + threads - 1) / max(1, threads)))
    let starts = Array(stride(from: 0, to: groups, by: size))
    let weights = PoissonWeights(seed: seed)
    let width = 1 + sums.scores.count + sums.costs.count
    func pass(_ tiles: [Int], _ attempt: UInt32) async -> ReplicateSums {
      let tasks = max(1, min(threads, starts.count))
      let shares = await Parallel.map(count: tasks, threads: tasks) { task in
        var share = ReplicateSums(weights, width: width, tiles: tiles, attempt: attempt)
        for place in stride(from: task, to: starts.count, by: tasks) {
          share.add(sums.block(starts[place]..<min(starts[place] + size, groups)))
        }
        return share
      }
      return shares.dropFirst().reduce(into: shares[0]) { $0 += $1 }
    }
    await self.init(
      pass(ReplicateSums.tiles(replicates: replicates), 0), replicates: replicates, again: pass)
  }
}

extension GroupSums {
  /// Some of the groups: their rows, every policy's scores, then their costs.
  fileprivate func block(_ groups: Range<Int>) -> GroupBlock {
    var block = GroupBlock(keys: ContiguousArray(keys[groups]), columns: 1 + scores.count + costs.count)
    block.append(ContiguousArray(counts[groups]))
    for column in scores { block.append(ContiguousArray(column[groups])) }
    for column in costs { block.append(ContiguousArray(column[groups])) }
    return block
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
