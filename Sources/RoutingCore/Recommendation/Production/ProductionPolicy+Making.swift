/// What a production policy is made from.
package struct ProductionSource {
  package var trace: Trace
  /// Everything that was replayed.
  package var policies: [Policy]
  package var header: TraceHeader
  package var settings: SweepSettings
  package var samples: SampleSelection
  package var grader: String?
  package var rule: ChoiceRule
  /// The wish in words.
  package var sentence: String
  package var fleetBudget: Double?
  package var prices: PriceBook?
  /// By workload.
  package var recommendations: [Recommendation]
  package var shares: TrafficShares
  /// Over all workloads by their shares.
  package var overall: Recommendation
  package var regrets: [ProductionRegret]

  package init(
    trace: Trace, policies: [Policy], header: TraceHeader, settings: SweepSettings,
    samples: SampleSelection, grader: String?, rule: ChoiceRule,
    sentence: String,
    fleetBudget: Double?, prices: PriceBook?, recommendations: [Recommendation], shares: TrafficShares,
    overall: Recommendation, regrets: [ProductionRegret]
  ) {
    self.trace = trace
    self.policies = policies
    self.header = header
    self.settings = settings
    self.samples = samples
    self.grader = grader
    self.rule = rule
    self.sentence = sentence
    self.fleetBudget = fleetBudget
    self.prices = prices
    self.recommendations = recommendations
    self.shares = shares
    self.overall = overall
    self.regrets = regrets
  }
}

/// Why no production policy can be written.
package enum ProductionPolicyError: Error, Equatable {
  /// A model name that `static:` cannot hold.
  case cannotFreeze(policy: String)
}

extension ProductionPolicyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cannotFreeze(let policy):
      """
      '\(policy)' cannot be written as a fixed order: a model's name is empty or holds '>' or what looks like \
      a part of a policy id; rename the model, or leave out prior (--selector)
      """
    }
  }
}

extension ProductionPolicy {
  package init(_ source: ProductionSource) throws(ProductionPolicyError) {
    let settings = source.settings
    let trace = source.trace
    let pooled = trace.pooled(as: source.overall.workload, source.shares)
    func prior(_ trace: Trace, _ workload: Workload) -> FrozenPrior {
      FrozenPrior(trace, workload, excludesFailures: settings.excludesFailures)
    }
    var decisions: [ProductionDecision] = []
    for recommendation in source.recommendations {
      guard let workload = trace.workloads.first(where: { $0.name == recommendation.workload }) else {
        continue
      }
      decisions.append(
        try DecisionMaking(source, prior(trace, workload)).decision(recommendation, for: workload.name))
    }
    self.init(
      wish: source.wish, traceName: trace.name, fingerprint: trace.fingerprint,
      prices: source.productionPrices, seed: settings.seed, replicates: settings.replicates,
      baselineAggregator: source.baselineAggregator, baselineSelector: source.baselineSelector,
      models: trace.candidates.enumerated().map { position, name in
        let declared = source.header.declaration(of: name)
        return ProductionModel(
          name: name, isInPool: position < trace.poolCount, skills: declared?.skills ?? [],
          continuation: declared?.continuation)
      },
      workloads: decisions,
      fallback: try DecisionMaking(source, prior(pooled, pooled.workloads[0]))
        .decision(source.overall, for: nil),
      shares: source.shares.parts.map {
        ProductionShare(workload: $0.workload, share: $0.share.rounded(significantDigits: 9))
      },
      regrets: source.regrets)
  }
}

extension ProductionSource {
  fileprivate var wish: ProductionWish {
    ProductionWish(
      sentence: sentence, aim: rule.aim, scoreTarget: rule.scoreTarget, budget: rule.budget,
      fleetBudget: fleetBudget, maxLatencyP95: rule.maxLatencyP95, confidence: rule.confidence,
      isOneStandardError: rule.isOneStandardError, costUnit: settings.costUnit,
      accounting: settings.accounting, continuation: settings.continuation,
      excludesFailures: settings.excludesFailures, samples: samples, grader: grader)
  }

  fileprivate var baselineAggregator: String {
    policies.lazy.compactMap { if case .moa(let tool) = $0 { tool } else { nil } }.first
      ?? AggregatorRegistry.usual
  }

  fileprivate var baselineSelector: String {
    policies.lazy.compactMap { if case .blender(let tool) = $0 { tool } else { nil } }.first
      ?? SelectorRegistry.usual
  }

  fileprivate var productionPrices: ProductionPrices? {
    prices.map { book in
      ProductionPrices(
        book: book.name, date: book.date, sha256: book.sha256,
        rows: trace.payers.compactMap { payer in
          book.prices[payer].map { ProductionPrices.Row(model: payer, price: $0) }
        })
    }
  }
}

/// Turns recommendations of one workload into what runs.
private struct DecisionMaking {
  private let tools: RecordedTools
  private let prior: FrozenPrior

  init(_ source: ProductionSource, _ prior: FrozenPrior) {
    tools = RecordedTools(trace: source.trace, header: source.header)
    self.prior = prior
  }

  func decision(_ result: Recommendation, for workload: String?) throws(ProductionPolicyError)
    -> ProductionDecision
  {
    let policy = try frozen(result.recommended.policy)
    var regimes: [ProductionRegime] = []
    for regime in result.regimes {
      regimes.append(
        ProductionRegime(
          lambdaLow: regime.lambdaLow.rounded(significantDigits: 6),
          lambdaHigh: regime.lambdaHigh?.rounded(significantDigits: 6),
          means: means(try frozen(regime.policy), regime.score, regime.cost)))
    }
    var mixture: [MixtureShare] = []
    for part in result.mixture {
      mixture.append(
        MixtureShare(policy: try frozen(part.policy), share: part.share.rounded(significantDigits: 6)))
    }
    let next: ProductionRunnerUp? =
      if let next = result.runnerUp {
        ProductionRunnerUp(
          policy: try frozen(next.policy), difference: ProductionFigure(next.difference),
          isSeparated: next.isSeparated, queriesToSeparate: next.queriesToSeparate)
      } else {
        nil
      }
    let (selector, aggregator) = declarations(of: policy)
    return ProductionDecision(
      workload: workload, policy: policy, selector: selector, aggregator: aggregator,
      expected: figures(result), kSet: result.kSet.map(\.description), regimes: regimes, runnerUp: next,
      bestSingle: result.bestSingle.map { means($0.policy, $0.score, $0.cost) }, mixture: mixture,
      warnings: result.warnings)
  }

  private func frozen(_ policy: Policy) throws(ProductionPolicyError) -> Policy {
    guard let frozen = prior.freezing(policy) else { throw .cannotFreeze(policy: policy.description) }
    return frozen
  }

  private func means(_ policy: Policy, _ score: Double, _ cost: Double) -> PolicyMeans {
    PolicyMeans(
      policy: policy, score: score.rounded(significantDigits: 6), cost: cost.rounded(significantDigits: 6))
  }

  private func declarations(of policy: Policy) -> (ToolDeclaration?, ToolDeclaration?) {
    switch policy {
    case .scheme(let scheme):
      (tools.selector(scheme.selector), tools.aggregator(scheme.aggregator, layers: scheme.layers))
    case .moa(let aggregator): (nil, tools.aggregator(aggregator, layers: 2))
    case .blender(let selector): (tools.selector(selector), nil)
    case .single, .oracle: (nil, nil)
    }
  }

  private func figures(_ result: Recommendation) -> ProductionFigures {
    let chosen = result.recommended
    return ProductionFigures(
      queries: result.rows, comparedQueries: result.comparedRows,
      lambda: result.lambda?.rounded(significantDigits: 6),
      heldOutScore: ProductionFigure(result.heldOut.score),
      heldOutCost: ProductionFigure(result.heldOut.cost), score: ProductionFigure(chosen.score),
      cost: ProductionFigure(chosen.cost),
      latency: chosen.latency.map {
        ProductionLatency(
          mean: $0.mean.rounded(significantDigits: 6), p50: $0.p50, p95: $0.p95, p99: $0.p99)
      }, winShare: chosen.winShare, metShare: chosen.metShare)
  }
}
