/// One pass over a workload: block by block, policies are replayed and what they score, cost and take is added up,
/// so that nothing but times is kept by row.
struct SweepPass: Sendable {
  let replayer: Replayer
  let workload: Workload
  let thresholds: FoldThresholds
  /// Positions of the policies that are replayed.
  let policies: [Int]
  let seed: UInt64
  let replicates: Int
  /// Whether to add up nothing more once some policy does not cover a row.
  let needsWhole: Bool

  /// The totals for all replicates.
  var totals: SweepTotals {
    get async { await totals(tiles: ReplicateSums.tiles(replicates: replicates), attempt: 0) }
  }

  /// The totals for some tiles of replicates.
  func totals(tiles: [Int], attempt: UInt32) async -> SweepTotals {
    let blocks = self.blocks
    let tasks = max(1, min(replayer.options.threads, blocks.count))
    let shares = await Parallel.map(count: tasks, threads: tasks) { task in
      var totals = SweepTotals(
        policies: policies.count,
        replicates: ReplicateSums(
          PoissonWeights(seed: seed), width: 1 + 2 * policies.count, tiles: tiles, attempt: attempt),
        trace: replayer.trace)
      for block in stride(from: task, to: blocks.count, by: tasks) { add(blocks[block], to: &totals) }
      return totals
    }
    return shares.dropFirst().reduce(into: shares[0]) { $0 += $1 }
  }

  /// Rows of whole groups, about as many as are replayed at once.
  private var blocks: [Range<Int>] {
    let starts = replayer.trace.groups.rowStart
    var blocks: [Range<Int>] = []
    var first = workload.rows.lowerBound
    for group in workload.groups where starts[group + 1] - first >= Replayer.blockRows {
      blocks.append(first..<starts[group + 1])
      first = starts[group + 1]
    }
    if first < workload.rows.upperBound { blocks.append(first..<workload.rows.upperBound) }
    return blocks
  }

  private func add(_ rows: Range<Int>, to totals: inout SweepTotals) {
    let walked = replayer.walkBlock(rows, thresholds, policies) { _ in true }
    totals.count(walked.outcomes)
    if walked.outcomes.allSatisfy({ $0.gaps.allSatisfy(\.isCovered) }) {
      guard totals.isWhole || !needsWhole else { return }
      totals.add(Array(rows), walked.outcomes, walked.ledgers, in: replayer.trace)
      return
    }
    let offsets = (0..<rows.count).partitioned { offset in
      walked.outcomes.allSatisfy { $0.gaps[offset].isCovered }
    }
    totals.leaveOut(offsets.others.map { rows.lowerBound + $0 }, in: replayer.trace)
    guard !needsWhole, !offsets.chosen.isEmpty else { return }
    var isCompared = [Bool](repeating: false, count: rows.count)
    for offset in offsets.chosen { isCompared[offset] = true }
    let billed = replayer.walkBlock(rows, thresholds, policies) { isCompared[$0 - rows.lowerBound] }
    totals.add(
      offsets.chosen.map { rows.lowerBound + $0 }, walked.outcomes.map { $0.restricted(to: offsets.chosen) },
      billed.ledgers, in: replayer.trace)
  }
}

extension Sequence {
  /// The elements that satisfy a condition and those that do not, both in order.
  fileprivate func partitioned(_ isChosen: (Element) -> Bool) -> (chosen: [Element], others: [Element]) {
    reduce(into: ([], [])) { parts, element in
      if isChosen(element) { parts.0.append(element) } else { parts.1.append(element) }
    }
  }
}
