/// How far prefixes, selectors and aggregators can be trusted on one workload (Scheme.md, "Calibration").
package struct WorkloadCalibration: Sendable {
  package let name: String
  /// Rows of the workload, and those that every kept policy covers and every candidate is graded on.
  package let rows: Int
  package let comparedRows: Int
  /// Share of the compared queries on which some candidate scores more than another.
  package let informative: Estimate?
  /// By selector, by boot budget.
  package let rankings: [RankingCalibration]
  /// By selector, by k.
  package let sufficient: [SufficientBudget]
  package let worth: [SelectorWorth]
  package let aggregators: [AggregatorStress]
  package let contradictions: [ContradictionStress]
  package let signatures: [SignatureFinding]
  /// What the rule picks; `nil` where nothing meets it.
  package let choice: Policy?
  package let excluded: [ExcludedPolicy]
}

/// One selector at one boot budget against the scores of the full answers.
package struct RankingCalibration: Sendable {
  package let selector: String
  package let boot: BootBudget
  /// Over pairs with different scores: 1 = perfect, 0 = random; `nil` without such a pair.
  package let somersD: Estimate?
  /// Mean over the informative queries.
  package let tauB: Estimate?
  /// By k, ascending.
  package let hits: [HitRate]
  /// Mean score of the policy that takes the first k, by k.
  package let scores: [ScoreAtK]
}

/// How often the best answer is among the first k.
package struct HitRate: Sendable {
  package let k: Int
  package let rate: Estimate
  /// The exact expectation of a random order.
  package let random: Double
  /// The rate of `prior`; `nil` where it is not compared.
  package let prior: Double?
}

/// The mean score at one k.
package struct ScoreAtK: Sendable {
  package let k: Int
  package let score: Estimate
}

/// The smallest boot budget that is as good as the full answers, within a margin.
package struct SufficientBudget: Sendable {
  package let selector: String
  package let k: Int
  package let margin: Double
  package let verdict: Verdict
  /// Score with full answers minus score at each budget.
  package let losses: [(boot: BootBudget, loss: Estimate)]

  package enum Verdict: Sendable, Equatable {
    /// The smallest whose loss lies wholly below the margin.
    case budget(BootBudget)
    /// Every budget's loss lies wholly above it.
    case fullOnly
    /// About so many queries would tell, where that can be said.
    case cannotTell(queries: Int?)
  }
}

/// What a selector gains on drawing candidates at random.
package struct SelectorWorth: Sendable {
  package let selector: String
  package let boot: BootBudget
  package let k: Int
  /// Selector minus random at the same k and budget.
  package let score: Estimate
  /// The same, per query in cost units.
  package let cost: Estimate
  /// What a random choice has to pay to score as much; `nil` where none of the grid does.
  package let randomNeeds: RandomNeeds?
  /// Selector minus `prior` at the same k; `nil` where `prior` is not compared.
  package let againstPrior: PairedDifference?
}

/// The cheapest random policy that scores at least as much.
package struct RandomNeeds: Sendable {
  package let policy: Policy
  /// Its cost minus the selector's, per query.
  package let extraCost: Estimate
}

/// Two policies on the same queries.
package struct PairedDifference: Sendable {
  package let score: Estimate
  package let cost: Estimate
}

/// Merges by how many of their inputs were right.
package struct AggregatorStress: Sendable {
  package let policy: Policy
  package let aggregator: String
  package let k: Int
  /// By right inputs, 0 … k.
  package let byRight: [MergesByRight]
  /// Of the merges with a right input, those that are wrong.
  package let lost: Estimate?
  /// Of the merges without one, those that are right.
  package let found: Estimate?
}

/// Merges with the same number of right inputs.
package struct MergesByRight: Sendable {
  package let right: Int
  package let queries: Int
  /// Share of right merges; `nil` without queries.
  package let merged: Estimate?
}

/// Queries whose first k candidates do not all give the same answer, against the others.
package struct ContradictionStress: Sendable {
  package let policy: Policy
  package let k: Int
  package let queries: Int
  package let share: Estimate
  /// Mean scores where they disagree: of the first-ranked, of the merge, of the best of the k.
  package let first: Estimate?
  package let merged: Estimate?
  package let best: Estimate?
  /// Mean score of the merge where they agree.
  package let mergedAgreeing: Estimate?
}
