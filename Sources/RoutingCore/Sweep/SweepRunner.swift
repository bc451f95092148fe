/// Replays a grid over workloads and sums it up (DESIGN §2, §3 "Uncertainty").
package struct SweepRunner: Sendable {
  package let trace: Trace
  package let settings: SweepSettings
  let prices: PriceTable
  private let replayer: Replayer

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

  /// One workload: outcomes, what is compared, and every kept policy's figures.
  package func sweep(_ workload: Workload) async -> WorkloadSweep {
    await summary(await evidence(workload))
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
      policies: await summaries(evidence), excluded: excluded(replay), leftOut: LeftOut.scores(replay, trace))
  }

  private func summaries(_ evidence: Evidence) async -> [PolicySummary] {
    guard evidence.rows > 0 else { return [] }
    let winShares = settings.lambdas.map { evidence.winShares(lambda: $0.value) }
    let frontier = evidence.frontier
    return await Parallel.map(count: evidence.kept.count, threads: settings.threads) { position in
      let index = evidence.kept[position]
      let replay = evidence.replay
      let ledger = replay.ledgers[index]
      let tokens = ledger.tokens
      let rows = Double(evidence.rows)
      return PolicySummary(
        policy: replay.policies[index], covered: replay.covered[index],
        score: evidence.score(position), cost: evidence.cost(position),
        inputTokens: Double(tokens.input) / rows, outputTokens: Double(tokens.output) / rows,
        costByStage: Dictionary(
          uniqueKeysWithValues: Stage.allCases.map { stage in
            (stage, Double(ledger.cost(stage, at: prices)) / rows / settings.costUnit.scale)
          }),
        latency: LatencySummary(
          microseconds: replay.compared.map { replay.outcomes[index].latencies[$0] }),
        objectives: zip(settings.lambdas, winShares).map { lambda, shares in
          evidence.objective(position, lambda: lambda.value, winShare: shares[position])
        },
        failures: replay.compared.count { replay.outcomes[index].failed[$0] },
        stopShare: evidence.stopShare(position), isOnFrontier: frontier.contains(position))
    }
  }

  private func excluded(_ replay: WorkloadReplay) -> [ExcludedPolicy] {
    replay.policies.indices.filter { !replay.kept[$0] }.map { index in
      var counts: [Gap: Int] = [:]
      for gap in replay.outcomes[index].gaps where !gap.isCovered { counts[gap, default: 0] += 1 }
      let most = counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
      let reason = most.map { gap, count in
        "\(gap.text(candidates: trace.candidates)) (\(count) of \(replay.workload.rows.count) queries)"
      }
      return ExcludedPolicy(
        policy: replay.policies[index], covered: replay.covered[index],
        reason: reason ?? "covers too few queries")
    }
  }
}

/// How single models score where policies are not compared.
private enum LeftOut {
  static func scores(_ replay: WorkloadReplay, _ trace: Trace) -> [LeftOutScore] {
    guard replay.compared.count < replay.workload.rows.count, !replay.compared.isEmpty else { return [] }
    var isCompared = [Bool](repeating: false, count: replay.workload.rows.count)
    for offset in replay.compared { isCompared[offset] = true }
    return trace.candidates.indices.compactMap { candidate in
      var inside = Moments()
      var outside = Moments()
      for (offset, row) in replay.workload.rows.enumerated() {
        let score = trace.responses.score[row * trace.candidates.count + candidate]
        guard score >= 0 else { continue }
        if isCompared[offset] { inside.add(score) } else { outside.add(score) }
      }
      guard let inner = inside.mean, let outer = outside.mean else { return nil }
      return LeftOutScore(
        model: trace.candidates[candidate], rows: outside.count, comparedMean: inner, leftOutMean: outer,
        standardError: (inside.varianceOfMean + outside.varianceOfMean).squareRoot())
    }
  }

  /// Count, sum and sum of squares of scores.
  private struct Moments {
    private(set) var count = 0
    private var sum: Int128 = 0
    private var squares: Int128 = 0

    mutating func add(_ score: Int32) {
      count += 1
      sum += Int128(score)
      squares += Int128(score) * Int128(score)
    }

    var mean: Double? { count == 0 ? nil : Double(sum) / Double(count) / Double(Score.unit) }

    var varianceOfMean: Double {
      guard count > 1 else { return 0 }
      let n = Int128(count)
      let unit = Double(Score.unit)
      return Double(n * squares - sum * sum) / Double(n * (n - 1)) / Double(n) / unit / unit
    }
  }
}
