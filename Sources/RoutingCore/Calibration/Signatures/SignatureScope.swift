/// What signatures look at: a workload, and one scheme replayed over it.
package struct SignatureScope {
  let trace: Trace
  let workload: Workload
  let minCoverage: CoverageShare
  /// `nil` = the pool alone is looked at.
  let scheme: SchemePolicy?
  /// The scheme's order of candidates, and the one it has over full answers.
  let ranking: WorkloadRanking?
  let fullRanking: WorkloadRanking?
  /// The scheme as it is; without a merge; and everybody in full without a merge.
  let outcomes: PolicyOutcomes?
  let unmerged: PolicyOutcomes?
  let everybody: PolicyOutcomes?

  /// - Throws: `PolicyError` where the scheme does not fit the trace.
  package init(
    _ scheme: SchemePolicy?, workload: Workload, trace: Trace, prices: PriceTable, settings: SweepSettings
  ) async throws(PolicyError) {
    self.trace = trace
    self.workload = workload
    self.scheme = scheme
    minCoverage = settings.minCoverage
    guard let scheme else {
      (ranking, fullRanking, outcomes, unmerged, everybody) = (nil, nil, nil, nil, nil)
      return
    }
    ranking = try WorkloadRanking(
      selector: scheme.selector, boot: scheme.boot, workload: workload, trace: trace, seed: settings.seed)
    let cut = SelectorRegistry.needsPrefixes(scheme.selector) && scheme.boot != .full
    fullRanking =
      cut
      ? try WorkloadRanking(
        selector: scheme.selector, boot: .full, workload: workload, trace: trace, seed: settings.seed) : nil
    var first = scheme
    first.aggregator = FirstAggregator.entry.name
    let options = ReplayOptions(
      prices: prices, accounting: settings.accounting, excludesFailures: settings.excludesFailures,
      seed: settings.seed, threads: settings.threads)
    let replayer = try Replayer(
      trace: trace,
      policies: [.scheme(scheme), .scheme(first), .moa(aggregator: FirstAggregator.entry.name)],
      options: options)
    let replay = await replayer.replay(workload, minCoverage: settings.minCoverage)
    outcomes = replay.outcomes[0]
    unmerged = replay.outcomes[1]
    everybody = replay.outcomes[2]
  }

  /// Scores of a row's active candidates in millionths; empty where one is missing.
  func scores(_ offset: Int) -> [Int32] {
    let row = workload.rows.lowerBound + offset
    let scores = trace.rows.active[row].map { trace.responses.score[row * trace.candidates.count + $0] }
    return scores.contains { $0 < 0 } ? [] : scores
  }

  func group(_ offset: Int) -> Int32 { trace.rows.group[workload.rows.lowerBound + offset] }

  var offsets: Range<Int> { 0..<workload.rows.count }

  /// The first-ranked Somers' D of an order, by group; rows without an order or a grade are left out.
  func agreement(_ ranking: WorkloadRanking) -> GroupRatio {
    var ratio = GroupRatio()
    for offset in offsets {
      let scores = ranking.rankedScores(offset)
      guard !scores.contains(where: { $0 < 0 }) else { continue }
      let agreement = RankAgreement(ranked: scores)
      ratio.add(
        Double(2 * agreement.concordant - agreement.pairs), over: Double(agreement.pairs),
        group: group(offset)
      )
    }
    return ratio
  }

  /// Calls of active candidates, by group.
  func calls(_ count: (_ entry: Int) -> (part: Double, whole: Double)?) -> GroupRatio {
    var ratio = GroupRatio()
    for offset in offsets {
      let row = workload.rows.lowerBound + offset
      for candidate in trace.rows.active[row] {
        let entry = row * trace.candidates.count + candidate
        guard trace.responses.flags[entry].contains(.present), let (part, whole) = count(entry) else {
          continue
        }
        ratio.add(part, over: whole, group: group(offset))
      }
    }
    return ratio
  }
}
