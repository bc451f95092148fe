import CBootstrap

/// Weighted sums of columns over all groups, replicate by replicate.
///
/// Groups are worked on in blocks: each block of the columns is read from memory once and stays in the cache for all
/// replicates of a task, and so do the weights, which are drawn block by block and never stored whole.
struct BootstrapKernel: Sendable {
  /// Replicates side by side.
  private static let lanes = Int(LR_LANES)
  /// Groups in a block: the weights of 16 replicates fill a first-level cache, 60 columns a second-level one.
  private static let blockGroups = 256

  private let weights: PoissonWeights
  private let keys: ContiguousArray<UInt64>
  private let columns: LimbColumns

  /// - Parameter columns: one entry per key; the first is the rows of each group, at least 1.
  init(_ weights: PoissonWeights, keys: ContiguousArray<UInt64>, _ columns: LimbColumns) {
    self.weights = weights
    self.keys = keys
    self.columns = columns
  }

  /// By limb, by replicate; `replicates` rounded up to whole lanes.
  func totals(replicates: Int, threads: Int) async -> [[Double]] {
    let tiles = (replicates + Self.lanes - 1) / Self.lanes
    guard tiles > 0 else { return Array(repeating: [], count: columns.limbs) }
    let tasks = max(1, min(threads, tiles))
    let shares = (0..<tasks).map { task in (tiles * task / tasks)..<(tiles * (task + 1) / tasks) }
    let parts = await Parallel.map(count: tasks, threads: tasks) { totals(tiles: shares[$0]) }
    return (0..<columns.limbs).map { limb in parts.flatMap { $0[limb] } }
  }

  /// By limb, by replicate of the tiles.
  private func totals(tiles: Range<Int>) -> [[Double]] {
    var totals = tiles.map { _ in ContiguousArray<Double>(repeating: 0, count: columns.limbs * Self.lanes) }
    for start in stride(from: 0, to: keys.count, by: Self.blockGroups) {
      let block = start..<min(start + Self.blockGroups, keys.count)
      for (index, tile) in tiles.enumerated() { add(block, tile: tile, attempt: 0, to: &totals[index]) }
    }
    for (index, tile) in tiles.enumerated() where !keys.isEmpty { redraw(tile, &totals[index]) }
    return (0..<columns.limbs).map { limb in
      totals.flatMap { $0[limb * Self.lanes..<(limb + 1) * Self.lanes] }
    }
  }

  /// A replicate in which nothing is drawn takes the next counter.
  private func redraw(_ tile: Int, _ totals: inout ContiguousArray<Double>) {
    var attempt: UInt32 = 0
    while totals[..<Self.lanes].contains(0) {
      attempt += 1
      var again = ContiguousArray<Double>(repeating: 0, count: totals.count)
      add(keys.indices, tile: tile, attempt: attempt, to: &again)
      for lane in 0..<Self.lanes where totals[lane] == 0 {
        for place in stride(from: lane, to: totals.count, by: Self.lanes) { totals[place] = again[place] }
      }
    }
  }

  /// Adds the weighted sums over a block of groups.
  private func add(
    _ block: Range<Int>, tile: Int, attempt: UInt32, to totals: inout ContiguousArray<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: block.count * Self.lanes) { drawn in
      guard let drawn = drawn.baseAddress else { return }
      keys.withUnsafeBufferPointer { keys in
        guard let keys = keys.baseAddress else { return }
        lr_poisson_weights(
          weights.seed, keys + block.lowerBound, block.count, UInt32(tile * Self.lanes), attempt,
          PoissonWeights.cumulative, drawn)
      }
      columns.values.withUnsafeBufferPointer { values in
        guard let values = values.baseAddress else { return }
        totals.withUnsafeMutableBufferPointer { totals in
          lr_add_weighted_sums(
            drawn, block.count, values + block.lowerBound, columns.height, columns.limbs, totals.baseAddress)
        }
      }
    }
  }
}
