/// What to run for one workload, how good it is, and how sure that is (Scheme.md, "k* with uncertainty").
package struct Recommendation: Sendable {
  package let workload: String
  package let rows: Int
  package let comparedRows: Int
  /// The λ in force: given, implied by a budget, or of the hull policy chosen; `nil` off the hull.
  package let lambda: Double?
  package let recommended: ChosenPolicy
  package let heldOut: HeldOut
  /// Adaptive policies against fixed ones; `nil` where one of them is not compared.
  package let adaptive: AdaptiveComparison?
  /// Values of k (as in ids) whose best policy is not below the recommended one, ascending.
  package let kSet: [KSchedule]
  /// Share of replicates that pick a policy with this k, by k ascending.
  package let winShareByK: [(k: KSchedule, share: Double)]
  package let regimes: [RegimeSummary]
  /// Shares of the two hull policies that spend a budget exactly; empty without a budget.
  package let mixture: [MixtureShare]
  package let runnerUp: RunnerUp?
  package let baselines: [BaselineComparison]
  /// What the rule takes, or comes nearest to, where only one model may be called; `nil` where none is compared.
  package let bestSingle: PolicyMeans?
  package private(set) var warnings: [Warning]
  package let excluded: [ExcludedPolicy]
}

extension Recommendation {
  /// With fewer queries than this, people are told that there are few.
  package static let fewQueries = 100

  /// The same with further warnings; of two with one code the first stays.
  package func adding(_ more: [Warning]) -> Recommendation {
    var copy = self
    for warning in more where !copy.warnings.contains(where: { $0.code == warning.code }) {
      copy.warnings.append(warning)
    }
    return copy
  }
}

/// A policy with its figures.
package struct ChosenPolicy: Sendable {
  package let policy: Policy
  /// The same with `prior` as the fixed order over all queries (Scheme.md, "Selectors"); `nil` where no `static:` can name it.
  package let frozen: Policy?
  /// Share of queries that take the smaller k of an adaptive policy; `nil` where k is fixed.
  package let stopShare: Double?
  package let score: Estimate
  /// Per query, in cost units.
  package let cost: Estimate
  package let objective: ObjectiveSummary?
  package let latency: LatencySummary?
  /// Share of replicates in which the rule in force picks it: a description, not a probability.
  package let winShare: Double
  /// Share of replicates in which it meets the constraints; `nil` without one.
  package let metShare: Double?
  /// Mean over replicates of (largest J − J of this one); `nil` without λ.
  package let expectedRegret: Double?
}

/// A policy with its mean score and cost.
package struct PolicyMeans: Sendable, Equatable {
  package let policy: Policy
  package let score: Double
  /// Per query, in cost units.
  package let cost: Double

  package init(policy: Policy, score: Double, cost: Double) {
    self.policy = policy
    self.score = score
    self.cost = cost
  }
}

/// What the rule achieves on queries it was not chosen on: 10-fold cross-validation.
package struct HeldOut: Sendable {
  package let score: Estimate
  package let cost: Estimate
  package let objective: Estimate?
  /// In-sample minus held-out.
  package let scoreOptimism: Double
  package let costOptimism: Double
  package let objectiveOptimism: Double?
  /// The best single model, itself chosen on nine folds; `nil` where none is compared.
  package let bestSingle: HeldOutSingle?
  /// Folds whose nine others left no policy that meets the constraints; the nearest stood in.
  package let foldsWithoutChoice: Int
}

/// The best single model held out, and the paired difference of the recommendation to it.
package struct HeldOutSingle: Sendable {
  package let score: Double
  package let cost: Double
  package let scoreDifference: Estimate
  package let costDifference: Estimate
}

/// A regime with its policy's means.
package struct RegimeSummary: Sendable {
  package let lambdaLow: Double
  package let lambdaHigh: Double?
  package let policy: Policy
  package let score: Double
  package let cost: Double
  /// Share of replicates in which the policy is on the hull.
  package let hullShare: Double
}

/// The share of queries a policy of a mixture gets.
package struct MixtureShare: Sendable, Equatable {
  package let policy: Policy
  package let share: Double

  package init(policy: Policy, share: Double) {
    self.policy = policy
    self.share = share
  }
}

/// The policy the rule would take next, and whether the data tell the two apart.
package struct RunnerUp: Sendable {
  package let policy: Policy
  /// Of what the rule compares: the objective, or the score where there is no λ.
  package let difference: Estimate
  /// Whether the 95 % interval of the difference excludes 0.
  package let isSeparated: Bool
  /// About how many queries would separate them; `nil` when separated or equal on every query.
  package let queriesToSeparate: Int?
}

/// The recommended policy against a baseline, paired.
package struct BaselineComparison: Sendable {
  package let policy: Policy
  package let score: Double
  package let cost: Double
  package let objective: Double?
  /// Recommended minus baseline: of the objective, or of the score where there is no λ.
  package let difference: Estimate
  package let scoreDifference: Estimate
  package let costDifference: Estimate

  /// Whether score and cost agree in every replicate.
  package var isTheSame: Bool {
    [scoreDifference, costDifference].allSatisfy { $0.mean == 0 && $0.standardError == 0 }
  }
}

/// Something a reader should know before trusting a recommendation.
package struct Warning: Sendable, Equatable {
  /// Stable name, e.g. `small-sample`.
  package let code: String
  package let text: String

  package init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}

/// Why nothing can be recommended.
package enum RecommendationError: Error, Equatable {
  /// No policy covers enough queries.
  case nothingCompared(workload: String, reason: String)
  /// No policy meets the constraints; the nearest one and what it reaches.
  case nothingMeets(workload: String, constraint: String, nearest: String, reaches: String)
}

extension RecommendationError {
  package var workload: String {
    switch self {
    case .nothingCompared(let workload, _), .nothingMeets(let workload, _, _, _): workload
    }
  }
}

extension RecommendationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nothingCompared(let workload, let reason):
      "\(workload): no policy covers enough queries to be compared: \(reason)"
    case .nothingMeets(let workload, let constraint, let nearest, let reaches):
      "\(workload): no policy meets \(constraint); the nearest is \(nearest), which reaches \(reaches)"
    }
  }
}
