/// Scenarios against things as they are (WhatIf.md, "Scenarios").
package struct WhatIf: Sendable {
  package let before: BasisReport
  package let scenarios: [ScenarioReport]
}

/// What is recommended on one basis.
package struct BasisReport: Sendable {
  package let workloads: [ScenarioOutcome]
  /// By workload.
  package let shares: [Double]
  /// Over all workloads by their shares; `nil` where one with traffic has no recommendation.
  package let overall: Standing?
  package let traffic: Traffic?
  package let poolCount: Int
}

/// What is recommended on one workload.
package struct ScenarioOutcome: Sendable {
  package let name: String
  package let rows: Int
  package let comparedRows: Int
  /// `nil` where nothing can be recommended; `reason` says why.
  package let recommendation: Recommendation?
  package let reason: String?
  /// Policies that cannot be compared, mostly for want of recorded calls.
  package let excluded: [ExcludedPolicy]
  /// Calls that policies lack after a scenario; empty for things as they are.
  package let missing: [MissingCalls]
}

/// One scenario, before against after.
package struct ScenarioReport: Sendable {
  package let scenario: Scenario
  package let after: BasisReport
  /// After minus before, by workload and overall; `nil` where one of the two recommends nothing.
  package let differences: [PairedDifference?]
  package let overall: PairedDifference?
  /// Cost per month, after minus before; `nil` without traffic.
  package let monthly: Estimate?
  /// What the policies recommended before would score and cost afterwards, by workload.
  package let unchanged: [Standing?]
  /// Each change by itself, that which matters most first; empty for a single change.
  package let effects: [ChangeEffect]
  /// By workload and model.
  package let priceRegimes: [PriceRegimes]
}

/// One change of a scenario by itself.
package struct ChangeEffect: Sendable {
  package let change: String
  /// Overall, after minus before; `nil` where nothing is recommended afterwards.
  package let difference: PairedDifference?
  /// Cost per month, after minus before.
  package let monthly: Estimate?
}

extension WhatIf {
  /// Replays things as they are and every scenario.
  ///
  /// - Throws: `ScenarioError`, `PolicyError`.
  package init(_ basis: ScenarioBasis, scenarios: [Scenario]) async throws {
    // Everything is checked before anything is replayed.
    let bases = try scenarios.map { try basis.applying($0) }
    let replays = try bases.map { try ScenarioReplay($0) }
    let base = try ScenarioReplay(basis)
    let results = await base.results()
    let now = Side(basis, results)
    before = now.report(namesMissing: false)
    var reports: [ScenarioReport] = []
    for (scenario, replay) in zip(scenarios, replays) {
      let then = Side(replay.basis, await replay.results())
      reports.append(
        ScenarioReport(
          scenario: scenario, after: then.report(namesMissing: true),
          differences: zip(then.results, now.results).map { after, before in
            after.recommended.flatMap { own in before.recommended.map { own.difference(to: $0) } }
          }, overall: then.overall(against: now), monthly: then.monthly(against: now),
          unchanged: zip(then.results, now.results).map { after, before in
            before.recommendation.flatMap {
              after.standing(replay.basis.unchanged($0.recommended.policy))
            }
          }, effects: try await Self.effects(scenario, basis, now),
          priceRegimes: then.priceRegimes(scenario, replay.prices)))
    }
    self.scenarios = reports
  }

  private static func effects(_ scenario: Scenario, _ basis: ScenarioBasis, _ now: Side) async throws
    -> [ChangeEffect]
  {
    guard scenario.changes.count > 1 else { return [] }
    var effects: [(effect: ChangeEffect, size: Double)] = []
    for change in scenario.changes {
      let single = try basis.applying(Scenario(name: scenario.name, changes: [change]))
      let then = Side(single, await (try ScenarioReplay(single)).results())
      let effect = ChangeEffect(
        change: change.description, difference: then.overall(against: now),
        monthly: then.monthly(against: now))
      effects.append((effect, size(effect, basis.rule)))
    }
    return effects.enumerated().sorted { left, right in
      left.element.size != right.element.size
        ? left.element.size > right.element.size : left.offset < right.offset
    }.map(\.element.effect)
  }

  /// How much an effect matters: of S − λT where there is a λ, else of the cost. Losing every policy matters most.
  private static func size(_ effect: ChangeEffect, _ rule: ChoiceRule) -> Double {
    guard let difference = effect.difference else { return .infinity }
    if case .objective(let lambda) = rule.aim {
      return abs(difference.score.mean - lambda * difference.cost.mean)
    }
    return abs(effect.monthly?.mean ?? difference.cost.mean)
  }
}

/// A basis with its results.
private struct Side {
  let basis: ScenarioBasis
  let results: [WorkloadResult]

  init(_ basis: ScenarioBasis, _ results: [WorkloadResult]) {
    self.basis = basis
    self.results = results
  }

  var mix: Standing? { Standing.mixed(results.map(\.recommended), shares: basis.shares) }

  func overall(against before: Side) -> PairedDifference? {
    mix.flatMap { own in before.mix.map { own.difference(to: $0) } }
  }

  func monthly(against before: Side) -> Estimate? {
    guard let traffic = basis.traffic, let past = before.basis.traffic ?? basis.traffic, let own = mix,
      let other = before.mix
    else { return nil }
    return Estimate(
      mean: own.cost.mean * traffic.perMonth - other.cost.mean * past.perMonth,
      replicates: zip(own.costs, other.costs).map { $0 * traffic.perMonth - $1 * past.perMonth })
  }

  func report(namesMissing: Bool) -> BasisReport {
    BasisReport(
      workloads: results.map { result in
        ScenarioOutcome(
          name: result.summary.name, rows: result.summary.rows, comparedRows: result.summary.comparedRows,
          recommendation: result.recommendation, reason: result.reason, excluded: result.summary.excluded,
          missing: namesMissing ? missing(result) : [])
      }, shares: basis.shares, overall: mix, traffic: basis.traffic, poolCount: basis.trace.poolCount)
  }

  private func missing(_ result: WorkloadResult) -> [MissingCalls] {
    MissingCalls.of(
      result.evidence.replay, in: basis.trace, prices: basis.settings.costUnit == .usd ? basis.prices : nil,
      seed: basis.settings.seed)
  }

  /// Of every model whose price the scenario changes or asks about.
  func priceRegimes(_ scenario: Scenario, _ prices: PriceTable) -> [PriceRegimes] {
    // A degraded selector's costs are mixed, and no longer found by model.
    guard basis.settings.costUnit == .usd, basis.degradation == nil else { return [] }
    var models = scenario.breakEven
    for case .price(let model, _) in scenario.changes where !models.contains(model) { models.append(model) }
    return models.flatMap { model in
      results.compactMap { result -> PriceRegimes? in
        guard let payer = basis.trace.payers.firstIndex(of: model), result.recommendation != nil else {
          return nil
        }
        let price = prices.rates[payer]
        guard price.input > 0 || price.output > 0 else { return nil }
        return result.recommender?.priceRegimes(payer: payer, prices: prices)
      }
    }
  }
}

extension ScenarioBasis {
  /// A policy as it runs on this basis if nobody changes it.
  fileprivate func unchanged(_ policy: Policy) -> Policy {
    guard case .scheme(var scheme) = policy else { return policy }
    scheme.continuation = request.continuation
    return .scheme(scheme)
  }
}
