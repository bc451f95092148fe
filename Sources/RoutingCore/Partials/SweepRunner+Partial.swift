extension SweepRunner {
  /// The exact sums of a shard's workload.
  ///
  /// - Parameter layout: of the header that all shards share.
  /// - Throws: `PartialError.tooManyPatterns`.
  package func partial(_ workload: Workload, layout: PartialLayout) async throws -> PartialWorkload {
    let replay = await replayer.replay(workload, minCoverage: .all)
    let width = layout.policyCount
    var covered = [Int](repeating: 0, count: width)
    var gaps = layout.absentGaps(rows: workload.rows.count)
    for (index, place) in layout.policies.enumerated() {
      covered[place] = replay.covered[index]
      gaps[place] = layout.gaps(Gap.counts(replay.outcomes[index].gaps), of: index)
    }
    var patterns: [PartialPattern] = []
    for (members, offsets) in try coverage(replay, layout) {
      patterns.append(await pattern(members, offsets, replay, layout))
    }
    return PartialWorkload(
      name: workload.name, rows: workload.rows.count, covered: covered, gaps: gaps, patterns: patterns)
  }

  /// The rows by the policies that cover them, in the order of their first row.
  private func coverage(
    _ replay: WorkloadReplay, _ layout: PartialLayout
  ) throws(PartialError) -> [(members: [Int], offsets: [Int])] {
    let rows = replay.workload.rows.count
    let always = replay.policies.indices.filter { replay.covered[$0] == rows }
    if settings.minCoverage == .all || always.count == replay.policies.count {
      return [(always, Array(0..<rows))]
    }
    let sometimes = replay.policies.indices.filter { replay.covered[$0] < rows }
    var places: [[Bool]: Int] = [:]
    var found: [(members: [Int], offsets: [Int])] = []
    for offset in 0..<rows {
      let pattern = sometimes.map { replay.outcomes[$0].gaps[offset].isCovered }
      let place = places[pattern] ?? found.count
      if place == found.count {
        places[pattern] = place
        let own = zip(sometimes, pattern).filter(\.1).map(\.0)
        found.append(((always + own).sorted(), []))
      }
      found[place].offsets.append(offset)
    }
    guard found.count <= PartialWorkload.patternLimit else {
      throw .tooManyPatterns(workload: replay.workload.name, found: found.count)
    }
    return found
  }

  private func pattern(
    _ members: [Int], _ offsets: [Int], _ replay: WorkloadReplay, _ layout: PartialLayout
  ) async -> PartialPattern {
    let first = replay.workload.rows.lowerBound
    let grouped = GroupedRows(offsets.lazy.map { first + $0 }, in: trace)
    let keys = PatternKeys(grouped, rows: offsets.map { first + $0 }, in: trace)
    let sums = GroupSums(
      keys: ContiguousArray(grouped.groups.map { trace.groups.key[Int($0)] }), folds: [],
      counts: grouped.sums { _ in 1 },
      scores: members.map { index in grouped.sums { Int128(replay.outcomes[index].scores[offsets[$0]]) } },
      costs: members.map { index in grouped.sums { replay.outcomes[index].costs[offsets[$0]] } })
    let tallies = await tallies(members, offsets, replay)
    return PartialPattern(
      members: members.map { layout.policies[$0] }, rows: offsets.count, queryKeys: keys.queries,
      groupKeys: keys.groups, repeatsGroups: sums.counts.contains { $0 > 1 },
      responses: layout.responses(offsets.map { first + $0 }, in: trace), tallies: tallies,
      replicates: await PartialReplicates(sums, settings: settings))
  }

  private func tallies(_ members: [Int], _ offsets: [Int], _ replay: WorkloadReplay) async -> [PartialTally] {
    // Where a policy covers nothing else, its ledger is at hand.
    let others = members.filter { replay.covered[$0] != offsets.count }
    let billed = await replayer.ledgers(replay.workload, of: others, on: offsets)
    let ledgers = Dictionary(uniqueKeysWithValues: zip(others, billed))
    return members.map { index in
      let outcomes = replay.outcomes[index]
      let ledger = ledgers[index] ?? replay.ledgers[index]
      var tally = PartialTally()
      for offset in offsets {
        let score = outcomes.scores[offset]
        tally.score += Int128(score)
        tally.cost += outcomes.costs[offset]
        if score != 0, score != Score.unit { tally.isBinary = false }
        if outcomes.failed[offset] { tally.failures += 1 }
      }
      (tally.inputTokens, tally.outputTokens) = ledger.tokens
      tally.stageCosts = Stage.allCases.map { ledger.cost($0, at: prices) }
      tally.stopped = outcomes.stopped.map { stopped in offsets.count { stopped[$0] } }
      tally.latencies = ValueCounts(offsets.lazy.map { outcomes.latencies[$0] })
      return tally
    }
  }
}

/// The keys of a pattern's queries and groups.
private struct PatternKeys {
  let queries: [UInt64]
  let groups: [UInt64]?

  init(_ grouped: GroupedRows, rows: [Int], in trace: Trace) {
    let own = grouped.groups.map { trace.groups.key[Int($0)] }
    let isPlain =
      own.count == rows.count && zip(rows, own).allSatisfy { trace.rows.queryKey[$0] == $1 }
    queries = Self.ascending(rows.map { trace.rows.queryKey[$0] })
    groups = isPlain ? nil : Self.ascending(own)
  }

  /// Sorted, each once.
  private static func ascending(_ keys: [UInt64]) -> [UInt64] {
    var found: [UInt64] = []
    for key in keys.sorted() where key != found.last { found.append(key) }
    return found
  }
}
