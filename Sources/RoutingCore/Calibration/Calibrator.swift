/// Measures on each workload how far prefixes, selectors and aggregators can be trusted (Scheme.md, "Calibration").
package struct Calibrator: Sendable {
  package let grid: Grid
  package let margin: Double
  let runner: SweepRunner
  private var trace: Trace { runner.trace }
  private var settings: SweepSettings { runner.settings }

  /// The margin of the smallest sufficient boot budget, in score.
  package static let customaryMargin = 0.01

  /// - Parameters:
  ///   - grid: at two layers; with `random` and `prior` among its selectors they are compared with.
  ///   - runner: over the grid's policies.
  package init(grid: Grid, runner: SweepRunner, margin: Double = customaryMargin) {
    self.grid = grid
    self.runner = runner
    self.margin = margin
  }

  /// The grid's request with what calibration compares with: two layers, `random` and `prior` as well.
  package static func request(_ request: GridRequest, for trace: Trace) throws(PolicyError) -> GridRequest {
    var request = request
    request.layers = [2]
    let taken = try Grid(request, for: trace).selectors
    request.selectors =
      taken + [PriorSelector.entry.name, RandomSelector.entry.name].filter { !taken.contains($0) }
    return request
  }

  /// - Parameter rule: what a policy is chosen by, for the transfer to other workloads.
  package func calibrate(_ workload: Workload, rule: ChoiceRule = .standard) async throws(PolicyError)
    -> WorkloadCalibration
  {
    let evidence = await runner.evidence(workload)
    let summary = await runner.summary(evidence)
    let pairs = PolicyPairs(evidence)
    let rankings = try rankings(workload, pairs)
    let compared = comparedRows(evidence, rankings)
    let tables = await RankingTables(
      rankings, ks: ks, compared: compared, first: workload.rows.lowerBound, trace: trace,
      settings: settings)
    let merges = mergeTables(evidence, pairs, rankings, compared)
    var aggregators: [AggregatorStress] = []
    var contradictions: [ContradictionStress] = []
    for merge in merges {
      if let stress = await merge.stress(settings) { aggregators.append(stress) }
      if let stress = await merge.contradiction(settings) { contradictions.append(stress) }
    }
    return WorkloadCalibration(
      name: workload.name, rows: workload.rows.count, comparedRows: compared.count,
      informative: tables.informative,
      rankings: tables.calibrations { ranking in scores(ranking, pairs) },
      sufficient: sufficient(pairs), worth: worth(pairs), aggregators: aggregators,
      contradictions: contradictions, signatures: try await signatures(workload),
      choice: try? Recommender(
        evidence, summary: summary, trace: trace, rule: rule, settings: settings
      ).choice, excluded: summary.excluded)
  }
}

extension Calibrator {
  /// k of ordinary policies, ascending: with all candidates there is nothing to rank.
  private var ks: [Int] {
    let constant = grid.k.compactMap(\.constant)
    let selecting = constant.filter { $0 < trace.poolCount }
    return Set(selecting.isEmpty ? constant : selecting).sorted()
  }

  private func scheme(
    k: Int, boot: BootBudget, selector: String, aggregator: String? = nil
  ) -> SchemePolicy {
    SchemePolicy(
      k: KSchedule(constant: k), boot: SelectorRegistry.needsPrefixes(selector) ? boot : .none, layers: 2,
      selector: selector, aggregator: aggregator ?? grid.aggregators[0], continuation: grid.continuation)
  }

  private var booted: [String] { grid.selectors.filter(SelectorRegistry.needsPrefixes) }

  /// Every order of which some policy is kept.
  private func rankings(_ workload: Workload, _ pairs: PolicyPairs) throws(PolicyError) -> [WorkloadRanking] {
    var found: [WorkloadRanking] = []
    for selector in grid.selectors where selector != RandomSelector.entry.name {
      let boots = SelectorRegistry.needsPrefixes(selector) ? grid.boots.sorted() : [.none]
      for boot in boots
      where ks.contains(where: { pairs[.scheme(scheme(k: $0, boot: boot, selector: selector))] != nil }) {
        found.append(
          try WorkloadRanking(
            selector: selector, boot: boot, workload: workload, trace: trace, seed: settings.seed))
      }
    }
    return found
  }

  /// Rows that every kept policy covers, every order is known on, and every active candidate is graded on.
  private func comparedRows(_ evidence: Evidence, _ rankings: [WorkloadRanking]) -> [Int] {
    evidence.replay.compared.filter { offset in
      rankings.allSatisfy { ranking in
        let scores = ranking.rankedScores(offset)
        return !scores.isEmpty && scores.allSatisfy { $0 >= 0 }
      }
    }
  }

  private func scores(_ ranking: WorkloadRanking, _ pairs: PolicyPairs) -> [ScoreAtK] {
    ks.compactMap { k in
      pairs[.scheme(scheme(k: k, boot: ranking.boot, selector: ranking.selector))].map {
        ScoreAtK(k: k, score: pairs.evidence.score($0))
      }
    }
  }

  private func sufficient(_ pairs: PolicyPairs) -> [SufficientBudget] {
    let partial = grid.boots.sorted().filter { $0 != .full && $0 != .none }
    return booted.filter { $0 != RandomSelector.entry.name }.flatMap { selector in
      ks.compactMap { k -> SufficientBudget? in
        guard let full = pairs[.scheme(scheme(k: k, boot: .full, selector: selector))] else { return nil }
        let losses = partial.compactMap { boot in
          pairs[.scheme(scheme(k: k, boot: boot, selector: selector))].map {
            (boot: boot, loss: pairs.score(full, minus: $0))
          }
        }
        guard !losses.isEmpty else { return nil }
        return SufficientBudget(
          selector: selector, k: k, margin: margin, losses: losses, queries: pairs.evidence.rows)
      }
    }
  }

  private func worth(_ pairs: PolicyPairs) -> [SelectorWorth] {
    let randoms = grid.policies.filter {
      if case .scheme(let scheme) = $0 {
        scheme.selector == RandomSelector.entry.name && scheme.aggregator == grid.aggregators[0]
      } else {
        false
      }
    }
    return booted.filter { $0 != RandomSelector.entry.name }.flatMap { selector in
      grid.boots.sorted().flatMap { boot in
        ks.compactMap { k in
          SelectorWorth(
            scheme(k: k, boot: boot, selector: selector), k: k, pairs, randoms: randoms)
        }
      }
    }
  }

  /// Merges after the first selector's largest budget, by aggregator and k.
  private func mergeTables(
    _ evidence: Evidence, _ pairs: PolicyPairs, _ rankings: [WorkloadRanking], _ compared: [Int]
  ) -> [MergeTables] {
    guard let ranking = rankings.last(where: { $0.selector == grid.selectors[0] }) else { return [] }
    let first = evidence.replay.workload.rows.lowerBound
    let all = Set(grid.k.compactMap(\.constant)).sorted()
    return grid.aggregators.flatMap { aggregator in
      all.filter { $0 > 1 }.compactMap { k in
        let scheme = scheme(k: k, boot: ranking.boot, selector: ranking.selector, aggregator: aggregator)
        guard let position = pairs[.scheme(scheme)] else { return nil }
        return MergeTables(
          scheme, ranking: ranking, outcomes: evidence.replay.outcomes[evidence.kept[position]],
          compared: compared, first: first, trace: trace)
      }
    }
  }
}

extension Calibrator {
  /// Of the pool, and of every selector at every boot budget.
  private func signatures(_ workload: Workload) async throws(PolicyError) -> [SignatureFinding] {
    let isVote = grid.aggregators[0] == VoteAggregator.entry.name
    // A vote of two is a tie rule and no merge.
    let merging = ks.first { $0 > (isVote ? 2 : 1) } ?? ks.last ?? 1
    var schemes: [SchemePolicy?] = [nil]
    for selector in grid.selectors where !SelectorRegistry.isBound(selector) {
      let boots = SelectorRegistry.needsPrefixes(selector) ? grid.boots.sorted() : [.none]
      schemes += boots.map { scheme(k: merging, boot: $0, selector: selector) }
    }
    return try await SignatureRegistry.findings(
      schemes, workload: workload, trace: trace, prices: runner.prices, settings: settings)
  }
}
