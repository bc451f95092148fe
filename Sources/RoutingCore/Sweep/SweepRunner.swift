/// Replays a grid over workloads and sums it up (Scheme.md, "Coverage", "Resampling").
package struct SweepRunner: Sendable {
  package let trace: Trace
  package let settings: SweepSettings
  let prices: PriceTable
  let replayer: Replayer

  /// - Throws: `PolicyError` when a policy does not fit the trace.
  package init(trace: Trace, policies: [Policy], prices: PriceTable, settings: SweepSettings)
    throws(PolicyError)
  {
    self.trace = trace
    self.settings = settings
    self.prices = prices
    replayer = try Replayer(
      trace: trace, policies: policies,
      options: ReplayOptions(
        prices: prices, accounting: settings.accounting, excludesFailures: settings.excludesFailures,
        seed: settings.seed, threads: settings.threads))
  }

  /// The outcomes of a workload with their bootstrap.
  ///
  /// - Parameter shares: of a pooled workload, the traffic of each workload in it.
  package func evidence(_ workload: Workload, shares: TrafficShares? = nil) async -> Evidence {
    let replay = await replayer.replay(
      workload, minCoverage: settings.minCoverage, parts: shares?.parts.map(\.rows))
    return await Evidence(replay, trace: trace, settings: settings, shares: shares)
  }

  /// The outcomes of a workload.
  func replay(_ workload: Workload) async -> WorkloadReplay {
    await replayer.replay(workload, minCoverage: settings.minCoverage)
  }

  var replayOptions: ReplayOptions { replayer.options }

  /// Every kept policy's figures.
  package func summary(_ evidence: Evidence) async -> WorkloadSweep {
    let replay = evidence.replay
    let workload = replay.workload
    return WorkloadSweep(
      name: workload.name, rows: replay.rowCount, comparedRows: replay.compared.count,
      policies: await summaries(evidence), excluded: excluded(replay),
      leftOut: LeftOutScore.scores(replay, in: trace))
  }

  private func summaries(_ evidence: Evidence) async -> [PolicySummary] {
    let replay = evidence.replay
    let tallies = await Parallel.map(count: evidence.kept.count, threads: settings.threads) { position in
      let index = evidence.kept[position]
      let ledger = replay.ledgers[index]
      return PolicyTally(
        covered: replay.covered[index], tokens: ledger.tokens,
        stageCosts: Stage.allCases.map { ledger.cost($0, at: prices) },
        latency: LatencySummary(
          microseconds: replay.compared.map { replay.outcomes[index].latencies[$0] }),
        failures: replay.compared.count { replay.outcomes[index].failed[$0] },
        stopShare: evidence.stopShare(position))
    }
    return evidence.comparison.summaries(tallies, settings: settings)
  }

  private func excluded(_ replay: WorkloadReplay) -> [ExcludedPolicy] {
    replay.policies.indices.filter { !replay.kept[$0] }.map { index in
      ExcludedPolicy(
        policy: replay.policies[index], covered: replay.covered[index],
        gaps: Gap.counts(replay.outcomes[index].gaps), queries: replay.workload.rows.count,
        candidates: trace.candidates)
    }
  }
}
