/// What is added up for a compared policy besides its score and cost.
struct PolicyTally {
  /// Rows of the whole workload.
  let covered: Int
  let tokens: (input: Int64, output: Int64)
  /// In the price table's units, in the order of `Stage.allCases`.
  let stageCosts: [Int128]
  let latency: LatencySummary?
  let failures: Int
  let stopShare: Double?
}

extension PolicyComparison {
  /// Every policy's figures; none without rows.
  ///
  /// - Parameter tallies: one for each policy.
  func summaries(_ tallies: [PolicyTally], settings: SweepSettings) -> [PolicySummary] {
    guard totals.rows > 0 else { return [] }
    let winShares = settings.lambdas.map { self.winShares(lambda: $0.value) }
    let frontier = self.frontier
    let rows = Double(totals.rows)
    return tallies.enumerated().map { position, tally in
      PolicySummary(
        policy: policies[position], covered: tally.covered, score: totals.score(position),
        cost: totals.cost(position), inputTokens: Double(tally.tokens.input) / rows,
        outputTokens: Double(tally.tokens.output) / rows,
        costByStage: Dictionary(
          uniqueKeysWithValues: zip(Stage.allCases, tally.stageCosts).map { stage, cost in
            (stage, Double(cost) / rows / settings.costUnit.scale)
          }),
        latency: tally.latency,
        objectives: zip(settings.lambdas, winShares).map { lambda, shares in
          objective(position, lambda: lambda.value, winShare: shares[position])
        },
        failures: tally.failures, stopShare: tally.stopShare, isOnFrontier: frontier.contains(position))
    }
  }
}

extension Gap {
  /// How often each gap occurs; covered rows are no gap.
  static func counts(_ gaps: some Sequence<Gap>) -> [Gap: Int] {
    var counts: [Gap: Int] = [:]
    for gap in gaps where !gap.isCovered { counts[gap, default: 0] += 1 }
    return counts
  }
}

extension ExcludedPolicy {
  /// Says the most frequent reason.
  ///
  /// - Parameter gaps: how often each occurs among `queries` rows.
  init(policy: Policy, covered: Int, gaps: [Gap: Int], queries: Int, candidates: [String]) {
    let most = gaps.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
    let reason = most.map { gap, count in
      "\(gap.text(candidates: candidates)) (\(count) of \(queries) queries)"
    }
    self.init(policy: policy, covered: covered, reason: reason ?? "covers too few queries")
  }
}
