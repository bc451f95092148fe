/// A selector made worse: on a share of the queries its order is replaced by a random one.
///
/// Scores and costs are the expectation over which queries that hits: (1 − f) · own + f · random, in whole units,
/// half to even. The random order is the seeded one of `selector=random`; the selector is still paid for its first
/// ranking. Times stay the selector's own.
struct DegradedReplay {
  private let policies: [Policy]
  /// Everything that is replayed: the policies, then their random twins.
  let replayed: [Policy]
  /// The twin of each policy, as a position in `replayed`; `nil` = nothing to degrade.
  private let twin: [Int?]
  private let share: Share

  init(_ policies: [Policy], share: Share) {
    self.policies = policies
    self.share = share
    var replayed = policies
    var positions: [Policy: Int] = [:]
    for (position, policy) in policies.enumerated() { positions[policy] = position }
    twin = policies.map { policy in
      guard let random = Self.twin(of: policy) else { return nil }
      if let known = positions[random] { return known }
      positions[random] = replayed.count
      replayed.append(random)
      return replayed.count - 1
    }
    self.replayed = replayed
  }

  /// The policy with a random order; `nil` where the selector ranks no prefixes or is a bound.
  private static func twin(of policy: Policy) -> Policy? {
    func degrades(_ selector: String) -> Bool {
      SelectorRegistry.needsPrefixes(selector) && !SelectorRegistry.isBound(selector)
    }
    switch policy {
    case .scheme(var scheme) where degrades(scheme.selector):
      scheme.selector = RandomSelector.entry.name
      return .scheme(scheme)
    case .blender(let selector) where degrades(selector): return .blender(selector: RandomSelector.entry.name)
    default: return nil
    }
  }

  /// The policies' outcomes, mixed with those of their twins.
  func mixed(_ replay: WorkloadReplay, trace: Trace, options: ReplayOptions, minCoverage: CoverageShare)
    -> WorkloadReplay
  {
    var result = WorkloadReplay(
      workload: replay.workload, policies: policies,
      outcomes: policies.indices.map { index in
        guard let other = twin[index] else { return replay.outcomes[index] }
        let fees = fees(policies[index], replay.workload, trace, options)
        return mixed(replay.outcomes[index], replay.outcomes[other], fees: fees)
      }, ledgers: Array(replay.ledgers.prefix(policies.count)))
    result.compare(minCoverage: minCoverage)
    return result
  }

  private func mixed(_ own: PolicyOutcomes, _ random: PolicyOutcomes, fees: [Int128]) -> PolicyOutcomes {
    let rows = own.scores.count
    var block = BlockOutcomes(rows: rows)
    let (part, rest) = (share.millionths, 1_000_000 - share.millionths)
    for row in 0..<rows {
      block.gaps[row] = own.gaps[row].isCovered && part > 0 ? random.gaps[row] : own.gaps[row]
      block.latencies[row] = own.latencies[row]
      block.failed[row] = own.failed[row]
      guard block.gaps[row].isCovered else { continue }
      let score = Int128(own.scores[row]) * rest + Int128(random.scores[row]) * part
      block.scores[row] = Int32(FixedPoint.dividedHalfEven(score, by: 1_000_000))
      let cost = own.costs[row] * rest + (random.costs[row] + fees[row]) * part
      block.costs[row] = FixedPoint.dividedHalfEven(cost, by: 1_000_000)
    }
    var blockRows = 1
    while blockRows < rows { blockRows *= 2 }
    return PolicyOutcomes([block], blockRows: blockRows)
  }

  /// What the first ranking of each row bills; 0 for an offline selector and where nothing is ranked.
  private func fees(_ policy: Policy, _ workload: Workload, _ trace: Trace, _ options: ReplayOptions)
    -> [Int128]
  {
    let none = [Int128](repeating: 0, count: workload.rows.count)
    guard options.accounting == .billed, let (selector, boot, k) = Self.ranking(of: policy),
      let ranking = try? WorkloadRanking(
        selector: selector, boot: boot, workload: workload, trace: trace, seed: options.seed)
    else { return none }
    let billing = Billing(
      accounting: options.accounting, takesRecordedCosts: options.prices.takesRecordedCosts,
      excludesFailures: options.excludesFailures)
    let calls = trace.rankings.calls
    return workload.rows.enumerated().map { offset, row in
      let entry = ranking.entry(offset)
      guard entry >= 0, trace.rows.active[row].count > k, billing.knowsRanking(calls, entry) else { return 0 }
      return billing.usage(calls, entry, costs: trace.recordedCosts)
        .cost(at: options.prices.rates[Int(calls.payer[entry])])
    }
  }

  private static func ranking(of policy: Policy) -> (selector: String, boot: BootBudget, k: Int)? {
    switch policy {
    case .scheme(let scheme): (scheme.selector, scheme.boot, scheme.k.rankedAbove)
    case .blender(let selector): (selector, .full, 1)
    default: nil
    }
  }
}
