/// One policy to run, with what is known about it.
package struct ProductionDecision: Sendable, Equatable {
  /// The caller's label it is for; `nil` = every other query.
  package var workload: String?
  package var policy: Policy
  /// Who ranks, where rankings are recorded; without one the selector needs no call.
  package var selector: ToolDeclaration?
  /// Who merges, where merges are recorded; at l ≥ 3 also where an offline aggregator takes the last merge.
  package var aggregator: ToolDeclaration?
  package var expected: ProductionFigures
  /// Values of k whose best policy is not below the recommended one.
  package var kSet: [String]
  package var regimes: [ProductionRegime]
  package var runnerUp: ProductionRunnerUp?
  package var bestSingle: PolicyMeans?
  package var mixture: [MixtureShare]
  package var warnings: [Warning]

  package init(
    workload: String?, policy: Policy, selector: ToolDeclaration?, aggregator: ToolDeclaration?,
    expected: ProductionFigures, kSet: [String], regimes: [ProductionRegime],
    runnerUp: ProductionRunnerUp?, bestSingle: PolicyMeans?, mixture: [MixtureShare], warnings: [Warning]
  ) {
    self.workload = workload
    self.policy = policy
    self.selector = selector
    self.aggregator = aggregator
    self.expected = expected
    self.kSet = kSet
    self.regimes = regimes
    self.runnerUp = runnerUp
    self.bestSingle = bestSingle
    self.mixture = mixture
    self.warnings = warnings
  }
}

/// A mean with its 95 % interval.
package struct ProductionFigure: Sendable, Equatable {
  package var mean: Double
  package var low: Double
  package var high: Double

  package init(mean: Double, low: Double, high: Double) {
    self.mean = mean
    self.low = low
    self.high = high
  }

  /// Rounded to six significant digits; what is nearer to 0 than 10⁻¹² is rounding noise and becomes 0.
  package init(_ estimate: Estimate) {
    func rounded(_ value: Double) -> Double {
      abs(value) < 1e-12 ? 0 : value.rounded(significantDigits: 6)
    }
    mean = rounded(estimate.mean)
    low = rounded(estimate.low)
    high = rounded(estimate.high)
  }
}

/// What a policy scores, costs and takes, and on how many queries that was found.
package struct ProductionFigures: Sendable, Equatable {
  package var queries: Int
  package var comparedQueries: Int
  /// The λ in force; `nil` off the hull.
  package var lambda: Double?
  /// On queries the policy was not chosen on: the headline.
  package var heldOutScore: ProductionFigure
  package var heldOutCost: ProductionFigure
  package var score: ProductionFigure
  package var cost: ProductionFigure
  /// `nil` where some query's timing is unknown.
  package var latency: ProductionLatency?
  package var winShare: Double
  /// Share of replicates that meet the constraints; `nil` without one.
  package var metShare: Double?

  package init(
    queries: Int, comparedQueries: Int, lambda: Double?, heldOutScore: ProductionFigure,
    heldOutCost: ProductionFigure, score: ProductionFigure, cost: ProductionFigure,
    latency: ProductionLatency?, winShare: Double, metShare: Double?
  ) {
    self.queries = queries
    self.comparedQueries = comparedQueries
    self.lambda = lambda
    self.heldOutScore = heldOutScore
    self.heldOutCost = heldOutCost
    self.score = score
    self.cost = cost
    self.latency = latency
    self.winShare = winShare
    self.metShare = metShare
  }
}

/// Seconds per query.
package struct ProductionLatency: Sendable, Equatable {
  package var mean: Double
  package var p50: Double
  package var p95: Double
  package var p99: Double

  package init(mean: Double, p50: Double, p95: Double, p99: Double) {
    self.mean = mean
    self.p50 = p50
    self.p95 = p95
    self.p99 = p99
  }
}

/// An interval of λ and the policy that is best on it.
package struct ProductionRegime: Sendable, Equatable {
  package var lambdaLow: Double
  /// `nil` = no upper end.
  package var lambdaHigh: Double?
  package var means: PolicyMeans

  package init(lambdaLow: Double, lambdaHigh: Double?, means: PolicyMeans) {
    self.lambdaLow = lambdaLow
    self.lambdaHigh = lambdaHigh
    self.means = means
  }
}

/// The policy the rule would take next.
package struct ProductionRunnerUp: Sendable, Equatable {
  package var policy: Policy
  /// Recommended minus runner-up: of S − λT, or of the score where there is no λ.
  package var difference: ProductionFigure
  package var isSeparated: Bool
  package var queriesToSeparate: Int?

  package init(
    policy: Policy, difference: ProductionFigure, isSeparated: Bool, queriesToSeparate: Int?
  ) {
    self.policy = policy
    self.difference = difference
    self.isSeparated = isSeparated
    self.queriesToSeparate = queriesToSeparate
  }
}

/// What a workload loses under the policy for everyone, paired on the queries that both cover.
package struct ProductionRegret: Sendable, Equatable {
  package var workload: String
  /// Queries compared.
  package var queries: Int
  /// Score lost per query.
  package var scoreLoss: ProductionFigure
  /// Cost added per query, in cost units.
  package var extraCost: ProductionFigure
  /// S − λT lost at the workload's own λ; `nil` without one.
  package var objectiveLoss: ProductionFigure?

  package init(
    workload: String, queries: Int, scoreLoss: ProductionFigure, extraCost: ProductionFigure,
    objectiveLoss: ProductionFigure?
  ) {
    self.workload = workload
    self.queries = queries
    self.scoreLoss = scoreLoss
    self.extraCost = extraCost
    self.objectiveLoss = objectiveLoss
  }
}
