extension SweepRunner {
  /// One workload: what is compared, and every kept policy's figures.
  ///
  /// The rows are gone through once where every policy covers all of them, else a second time under the policies that
  /// cover enough. Memory does not grow with policies × rows, but for the times that percentiles are taken of.
  package func sweep(_ workload: Workload) async -> WorkloadSweep {
    let thresholds = await replayer.thresholds(workload.rows)
    let policies = replayer.policies
    let everyone = pass(workload, thresholds, policies: Array(policies.indices), needsWhole: true)
    let first = await everyone.totals
    let kept = policies.indices.filter { policy in
      first.covered[policy] > 0
        && settings.minCoverage.isReached(by: first.covered[policy], of: workload.rows.count)
    }
    let last = first.isWhole ? everyone : pass(workload, thresholds, policies: kept, needsWhole: false)
    let totals = first.isWhole ? first : await last.totals
    let isCompared = !kept.isEmpty && totals.rows > 0
    return WorkloadSweep(
      name: workload.name, rows: workload.rows.count, comparedRows: isCompared ? totals.rows : 0,
      policies: isCompared ? await summaries(last, totals) : [],
      excluded: policies.indices.filter { !kept.contains($0) }.map { index in
        ExcludedPolicy(
          policy: policies[index], covered: first.covered[index], gaps: first.gaps[index],
          queries: workload.rows.count, candidates: trace.candidates)
      },
      leftOut: isCompared && totals.rows < workload.rows.count ? leftOut(totals) : [])
  }

  private func pass(
    _ workload: Workload, _ thresholds: FoldThresholds, policies: [Int], needsWhole: Bool
  ) -> SweepPass {
    SweepPass(
      replayer: replayer, workload: workload, thresholds: thresholds, policies: policies,
      seed: settings.seed, replicates: settings.replicates, needsWhole: needsWhole)
  }

  private func summaries(_ pass: SweepPass, _ totals: SweepTotals) async -> [PolicySummary] {
    let drawn = await DrawnSums(totals.replicates, replicates: settings.replicates) { tiles, attempt in
      await pass.totals(tiles: tiles, attempt: attempt).replicates
    }
    let comparison = PolicyComparison(
      policies: pass.policies.map { replayer.policies[$0] },
      totals: ResampledTotals(
        rows: Int64(totals.rows), scores: totals.policies.map(\.score), costs: totals.policies.map(\.cost),
        isBinary: totals.policies.map { $0.isBinary && !totals.repeatsGroups },
        bootstrap: PoissonBootstrap(drawn, policies: pass.policies.count, seed: settings.seed),
        costUnit: settings.costUnit))
    let tallies = await Parallel.map(count: pass.policies.count, threads: settings.threads) { place in
      let policy = totals.policies[place]
      return PolicyTally(
        covered: totals.covered[place], tokens: policy.ledger.tokens,
        stageCosts: Stage.allCases.map { policy.ledger.cost($0, at: prices) },
        latency: LatencySummary(policy.times), failures: policy.failures,
        stopShare: policy.stopped.map { Double($0) / Double(totals.rows) })
    }
    return comparison.summaries(tallies, settings: settings)
  }

  private func leftOut(_ totals: SweepTotals) -> [LeftOutScore] {
    trace.candidates.indices.compactMap { candidate in
      LeftOutScore(
        model: trace.candidates[candidate], compared: totals.inside[candidate],
        leftOut: totals.outside[candidate])
    }
  }
}
