/// What all workloads of a union share.
struct UnionContext {
  let grid: Grid
  let candidates: [String]
  /// Whether each candidate has answers in some shard; the others are no policy of the whole.
  let isCandidate: [Bool]
  let settings: SweepSettings
}

/// One workload of several shards.
struct UnionWorkload: Sendable {
  let name: String
  private var rows = 0
  private var covered: [Int] = []
  private var gaps: [[Gap: Int]] = []
  /// By members.
  private var patterns: [[Int]: UnionPattern] = [:]

  init(name: String) { self.name = name }

  /// - Parameter minCoverage: where it is 1, policies that miss a row of any shard are forgotten.
  mutating func add(_ partial: PartialWorkload, minCoverage: CoverageShare) throws(PartialError) {
    rows += partial.rows
    if covered.isEmpty {
      covered = partial.covered
      gaps = partial.gaps
    } else {
      for policy in covered.indices {
        covered[policy] += partial.covered[policy]
        gaps[policy].merge(partial.gaps[policy], uniquingKeysWith: +)
      }
    }
    for pattern in partial.patterns {
      if minCoverage == .all, let known = patterns.popFirst()?.value {
        let members = known.members.filter(Set(pattern.members).contains)
        var union = known.restricted(to: members)
        union.add(UnionPattern(pattern).restricted(to: members))
        patterns[members] = union
      } else if patterns[pattern.members] == nil {
        patterns[pattern.members] = UnionPattern(pattern)
      } else {
        patterns[pattern.members]?.add(pattern)
      }
    }
    guard patterns.count <= PartialWorkload.patternLimit else {
      throw .tooManyPatterns(workload: name, found: patterns.count)
    }
  }

  func sweep(_ context: UnionContext) async -> WorkloadSweep {
    let policies = context.grid.policies
    let real = policies.indices.filter { index in
      guard case .single(let model) = policies[index] else { return true }
      return ExactString.position(of: model, in: context.candidates).map { context.isCandidate[$0] } ?? false
    }
    let kept = real.filter { index in
      covered[index] > 0 && context.settings.minCoverage.isReached(by: covered[index], of: rows)
    }
    // Every number below is a sum of integers, or looked up, so the order of the patterns is of no account.
    let isCompared = { (pattern: UnionPattern) in !kept.isEmpty && Set(kept).isSubset(of: pattern.members) }
    let inside = patterns.values.filter(isCompared)
    let outside = patterns.values.filter { !isCompared($0) }
    return WorkloadSweep(
      name: name, rows: rows, comparedRows: inside.reduce(0) { $0 + $1.rows },
      policies: await summaries(kept, inside, context),
      excluded: real.filter { !kept.contains($0) }.map { index in
        ExcludedPolicy(
          policy: policies[index], covered: covered[index], gaps: gaps[index], queries: rows,
          candidates: context.candidates)
      },
      leftOut: Self.leftOut(inside, outside, context))
  }

  private func summaries(
    _ kept: [Int], _ patterns: [UnionPattern], _ context: UnionContext
  ) async -> [PolicySummary] {
    guard var sums = patterns.first?.restricted(to: kept) else { return [] }
    for pattern in patterns.dropFirst() { sums.add(pattern.restricted(to: kept)) }
    let isSingle = GroupKeyRuns.areDistinct(patterns)
    let comparison = PolicyComparison(
      policies: kept.map { context.grid.policies[$0] },
      totals: ResampledTotals(
        rows: Int64(sums.rows), scores: sums.tallies.map(\.score), costs: sums.tallies.map(\.cost),
        isBinary: sums.tallies.map { isSingle && $0.isBinary },
        bootstrap: PoissonBootstrap(sums.replicates, seed: context.settings.seed),
        costUnit: context.settings.costUnit))
    let tallies = kept.enumerated().map { position, index in
      let tally = sums.tallies[position]
      let latencies = sums.latencies[position].total
      return PolicyTally(
        covered: covered[index], tokens: (tally.inputTokens, tally.outputTokens),
        stageCosts: tally.stageCosts,
        latency: LatencySummary(microseconds: latencies.values, weights: latencies.counts),
        failures: tally.failures, stopShare: tally.stopped.map { Double($0) / Double(sums.rows) })
    }
    return comparison.summaries(tallies, settings: context.settings)
  }

  private static func leftOut(
    _ inside: [UnionPattern], _ outside: [UnionPattern], _ context: UnionContext
  ) -> [LeftOutScore] {
    guard !inside.isEmpty, !outside.isEmpty else { return [] }
    return context.candidates.indices.filter { context.isCandidate[$0] }.compactMap { candidate in
      func sum(_ patterns: [UnionPattern]) -> ScoreMoments {
        patterns.reduce(into: ScoreMoments()) { $0 += $1.responses[candidate] }
      }
      return LeftOutScore(model: context.candidates[candidate], compared: sum(inside), leftOut: sum(outside))
    }
  }
}
