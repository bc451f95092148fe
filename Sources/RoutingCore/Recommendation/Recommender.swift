/// Chooses what to run for a workload and says how sure that is (Scheme.md, "What may be wanted", "k* with uncertainty").
package struct Recommender: Sendable {
  package let trace: Trace
  package let rule: ChoiceRule
  package let settings: SweepSettings
  package let evidence: Evidence
  let means: ReplicateMeans
  /// Which policies of `means` may be chosen: latency, confidence.
  private(set) var isEligible: [Bool]
  /// Whether the latency limit holds, by policy of `means`.
  let latencies: LatencyLimit
  /// For the one-standard-error rule.
  let pairedError: ChoiceSample.PairedError
  private let summary: WorkloadSweep

  /// - Parameters:
  ///   - evidence: of the workload's replay.
  ///   - summary: the sweep of the same replay.
  /// - Throws: `RecommendationError.nothingCompared`.
  package init(
    _ evidence: Evidence, summary: WorkloadSweep, trace: Trace, rule: ChoiceRule, settings: SweepSettings
  ) throws(RecommendationError) {
    self.trace = trace
    self.rule = rule
    self.settings = settings
    self.evidence = evidence
    self.summary = summary
    means = ReplicateMeans(evidence.means, positions: evidence.contenders)
    pairedError = means.pairedError(rule)
    guard evidence.rows > 0, !means.positions.isEmpty else {
      let reason = summary.excluded.first?.reason ?? "the kept policies share no query"
      throw .nothingCompared(workload: summary.name, reason: reason)
    }
    let latencies = LatencyLimit(evidence, trace: trace, limit: rule.maxLatencyP95)
    self.latencies = latencies
    isEligible = means.positions.map { latencies.isMet($0, without: nil) }
    isEligible = Self.confident(means, rule, isEligible)
  }

  /// - Parameter takesNearest: whether the policy that comes nearest stands in where none meets the constraints.
  /// - Throws: `RecommendationError.nothingMeets`.
  package func recommend(takesNearest: Bool = false) async throws(RecommendationError) -> Recommendation {
    let sample = means.sample(isEligible, pairedError)
    guard let choice = rule.choose(in: sample) ?? (takesNearest ? rule.nearest(in: sample) : nil) else {
      throw nothingMeets()
    }
    let hull = hull
    let lambda = lambda(of: choice, hull: hull)
    let wins = winShares()
    let ks = means.positions.map { Self.k(of: evidence.policy($0), poolCount: trace.poolCount) }
    let eligible = await eligibleByFold()
    let heldOut = await heldOut(choice: choice, lambda: lambda, eligible)
    let runnerUp = runnerUp(choice, lambda: lambda)
    let parts = Parts(
      choice: choice, lambda: lambda, heldOut: heldOut, runnerUp: runnerUp,
      baselines: baselines(choice, lambda: lambda))
    return Recommendation(
      workload: summary.name, rows: summary.rows, comparedRows: summary.comparedRows, lambda: lambda,
      recommended: chosen(choice, lambda: lambda, winShare: wins[choice]), heldOut: heldOut,
      adaptive: await adaptiveComparison(eligible),
      kSet: kSet(ks, wins, choice: choice, lambda: lambda),
      winShareByK: Set(ks).sorted().map { k in
        (k, ks.indices.reduce(0) { ks[$1] == k ? $0 + wins[$1] : $0 })
      },
      regimes: regimes(hull), mixture: mixture(sample), runnerUp: runnerUp, baselines: parts.baselines,
      bestSingle: bestSingle, warnings: warnings(parts), excluded: summary.excluded)
  }

  /// The policy the rule picks, without anything about how sure that is; `nil` where nothing meets it.
  package var choice: Policy? {
    rule.choose(in: means.sample(isEligible, pairedError)).map { evidence.policy(means.positions[$0]) }
  }

  /// What warnings are drawn from.
  struct Parts {
    let choice: Int
    let lambda: Double?
    let heldOut: HeldOut
    let runnerUp: RunnerUp?
    let baselines: [BaselineComparison]
  }
}

extension Recommender {
  /// Share of replicates that pick each policy; one that meets nothing picks the nearest.
  private func winShares() -> [Double] {
    var wins = [Int](repeating: 0, count: means.positions.count)
    for replicate in 0..<means.replicates {
      let sample = means.sample(replicate: replicate, isEligible, pairedError)
      wins[rule.choose(in: sample) ?? rule.nearest(in: sample)] += 1
    }
    return wins.map { Double($0) / Double(max(1, means.replicates)) }
  }

  /// The eligible policies on the upper concave hull; positions index `means`.
  var hull: Hull {
    Hull(
      means.positions.indices.filter { isEligible[$0] }.map { index in
        let position = means.positions[index]
        return PolicyPoint(
          position: index, cost: evidence.sums.costs[position].reduce(0, +),
          score: evidence.sums.scores[position].reduce(0, +))
      })
  }

  /// The λ in force. A hull policy chosen by a target holds from the lower end of its regime on.
  private func lambda(of choice: Int, hull: Hull) -> Double? {
    switch rule.aim {
    case .objective(let lambda): return lambda
    case .budget:
      return rule.budget.flatMap {
        BudgetSplit(means.sample(isEligible), among: feasible, budget: $0)?.lambda
      }
    case .leastCost:
      return hull.regimes(scale: settings.costUnit.scale).first { $0.position == choice }?.lambdaLow
    }
  }

  /// Policies that may be chosen and reach the score target in the sample.
  private var feasible: [Int] {
    var scoreOnly = rule
    scoreOnly.budget = nil
    let sample = means.sample(isEligible)
    return sample.eligible.filter { scoreOnly.isMet($0, in: sample) }
  }

  private func mixture(_ sample: ChoiceSample) -> [MixtureShare] {
    guard rule.aim == .budget, let budget = rule.budget,
      let split = BudgetSplit(sample, among: feasible, budget: budget)
    else { return [] }
    let cheaper = evidence.policy(means.positions[split.cheaper])
    guard split.dearerShare > 0 else { return [MixtureShare(policy: cheaper, share: 1)] }
    return [
      MixtureShare(policy: cheaper, share: 1 - split.dearerShare),
      MixtureShare(policy: evidence.policy(means.positions[split.dearer]), share: split.dearerShare),
    ]
  }

  private func regimes(_ hull: Hull) -> [RegimeSummary] {
    var onHull = [Int](repeating: 0, count: means.positions.count)
    for replicate in 0..<means.replicates {
      for index in replicateHull(replicate) { onHull[index] += 1 }
    }
    return hull.regimes(scale: settings.costUnit.scale).map { regime in
      let position = means.positions[regime.position]
      return RegimeSummary(
        lambdaLow: regime.lambdaLow, lambdaHigh: regime.lambdaHigh, policy: evidence.policy(position),
        score: means.scores[regime.position], cost: means.costs[regime.position],
        hullShare: Double(onHull[regime.position]) / Double(max(1, means.replicates)))
    }
  }

  private func replicateHull(_ replicate: Int) -> [Int] {
    Hull(
      means.positions.indices.filter { isEligible[$0] }.map { index in
        PolicyPoint(
          position: index, cost: evidence.bootstrap.costs[means.positions[index]][replicate],
          score: evidence.bootstrap.scores[means.positions[index]][replicate])
      }
    ).points.map(\.position)
  }

  private func kSet(_ ks: [KSchedule], _ wins: [Double], choice: Int, lambda: Double?) -> [KSchedule] {
    guard let lambda else {
      // Off the hull no λ makes policies comparable; the k's that the rule picks now and then stand in.
      return Set(ks.indices.filter { wins[$0] >= 0.05 }.map { ks[$0] } + [ks[choice]]).sorted()
    }
    return KSet(means, ks: ks, recommended: choice, lambda: lambda, isEligible: isEligible).members
  }

  /// The k by which policies are grouped.
  package static func k(of policy: Policy, poolCount: Int) -> KSchedule {
    switch policy {
    case .scheme(let scheme): scheme.k
    case .moa: KSchedule(constant: poolCount)
    case .single, .blender, .oracle: KSchedule(constant: 1)
    }
  }

  private func nothingMeets() -> RecommendationError {
    let sample = means.sample(isEligible.contains(true) ? isEligible : isEligible.map { _ in true })
    let nearest = rule.nearest(in: sample)
    func figure(_ value: Double) -> String { Figures.short(value, digits: 6) }
    func cost(_ value: Double) -> String { "\(figure(value)) \(settings.costUnit.rawValue) per query" }
    var constraints: [String] = []
    if let target = rule.target(in: sample) { constraints.append("a score of \(figure(target))") }
    if let budget = rule.budget { constraints.append("a cost of \(cost(budget))") }
    if let limit = rule.maxLatencyP95 { constraints.append("a p95 latency of \(figure(limit)) s") }
    if let confidence = rule.confidence { constraints.append("a confidence of \(figure(confidence))") }
    return .nothingMeets(
      workload: summary.name, constraint: constraints.joined(separator: " and "),
      nearest: evidence.policy(means.positions[nearest]).description,
      reaches: "a score of \(figure(sample.scores[nearest])) at \(cost(sample.costs[nearest]))"
        + latencies.text(means.positions[nearest]))
  }
}

extension Recommender {
  private func chosen(_ choice: Int, lambda: Double?, winShare: Double) -> ChosenPolicy {
    let position = means.positions[choice]
    let hasConstraint = rule.scoreTarget != nil || rule.budget != nil
    return ChosenPolicy(
      policy: evidence.policy(position), frozen: frozen(evidence.policy(position)),
      stopShare: evidence.stopShare(position), score: evidence.score(position), cost: evidence.cost(position),
      objective: lambda.map { evidence.objective(position, lambda: $0, winShare: winShare) },
      latency: latencies.summary(position), winShare: winShare,
      metShare: hasConstraint ? means.metShares(rule, isEligible: isEligible)[choice] : nil,
      expectedRegret: lambda.map { regret(choice, lambda: $0) })
  }

  private func regret(_ choice: Int, lambda: Double) -> Double {
    let objectives = means.positions.indices.filter { isEligible[$0] }.map {
      means.objectives($0, lambda: lambda)
    }
    let own = means.objectives(choice, lambda: lambda)
    guard means.replicates > 0 else { return 0 }
    let total = (0..<means.replicates).reduce(0.0) { sum, replicate in
      sum + ((objectives.map { $0[replicate] }.max() ?? own[replicate]) - own[replicate])
    }
    return total / Double(means.replicates)
  }

  /// What the rule would take without the recommended policy and those that are the same on every query, as
  /// `prior` with k = 1 and the model it always takes.
  private func runnerUp(_ choice: Int, lambda: Double?) -> RunnerUp? {
    let others = isEligible.indices.map { index in
      isEligible[index] && index != choice
        && (means.replicateScores[index] != means.replicateScores[choice]
          || means.replicateCosts[index] != means.replicateCosts[choice])
    }
    guard let next = rule.choose(in: means.sample(others, pairedError)) else { return nil }
    let difference = means.difference(choice, next, lambda: lambda ?? 0)
    let isSeparated = difference.low > 0 || difference.high < 0
    let ratio = 1.96 * difference.standardError / abs(difference.mean)
    let needed = (Double(evidence.rows) * ratio * ratio).rounded(.up)
    return RunnerUp(
      policy: evidence.policy(means.positions[next]), difference: difference, isSeparated: isSeparated,
      queriesToSeparate: isSeparated || !needed.isFinite || needed > 1e15 ? nil : Int(needed))
  }

  private func baselines(_ choice: Int, lambda: Double?) -> [BaselineComparison] {
    let own = means.positions[choice]
    return evidence.kept.indices.filter { evidence.policy($0).isBaseline }.map { position in
      let score = paired(own, position) {
        $0.scoreReplicates($1)
      } mean: {
        $0.meanScore($1)
      }
      let cost = paired(own, position) {
        $0.costReplicates($1)
      } mean: {
        $0.meanCost($1)
      }
      let objective = lambda.map { lambda in
        paired(own, position) {
          $0.objectiveReplicates($1, lambda: lambda)
        } mean: {
          $0.meanScore($1) - lambda * $0.meanCost($1)
        }
      }
      return BaselineComparison(
        policy: evidence.policy(position), score: evidence.meanScore(position),
        cost: evidence.meanCost(position),
        objective: lambda.map { evidence.meanScore(position) - $0 * evidence.meanCost(position) },
        difference: objective ?? score, scoreDifference: score, costDifference: cost)
    }
  }

  private func paired(
    _ left: Int, _ right: Int, _ replicates: (Evidence, Int) -> [Double], mean: (Evidence, Int) -> Double
  ) -> Estimate {
    Estimate(
      mean: mean(evidence, left) - mean(evidence, right),
      replicates: zip(replicates(evidence, left), replicates(evidence, right)).map { $0 - $1 })
  }

  private func heldOut(choice: Int, lambda: Double?, _ eligible: [[Bool]]) async -> HeldOut {
    let validation = CrossValidation(
      evidence, rule: rule, positions: means.positions, scale: settings.costUnit.scale, eligible: eligible)
    let own = await CompositeMeans(validation.chosen, settings: settings)
    let objective = lambda.map { own.objective(lambda: $0) }
    var single: HeldOutSingle?
    if let best = validation.bestSingle {
      let other = await CompositeMeans(best, settings: settings)
      single = HeldOutSingle(
        score: other.score.mean, cost: other.cost.mean, scoreDifference: own.scoreDifference(to: other),
        costDifference: own.costDifference(to: other))
    }
    return HeldOut(
      score: own.score, cost: own.cost, objective: objective,
      scoreOptimism: means.scores[choice] - own.score.mean, costOptimism: means.costs[choice] - own.cost.mean,
      objectiveOptimism: lambda.flatMap { lambda in
        objective.map { means.objective(choice, lambda: lambda) - $0.mean }
      },
      bestSingle: single, foldsWithoutChoice: validation.foldsWithoutChoice)
  }
}
