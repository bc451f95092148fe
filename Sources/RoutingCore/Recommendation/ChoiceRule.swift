/// What is wanted: how the recommended policy is chosen from means (Scheme.md, "What may be wanted").
package struct ChoiceRule: Sendable, Equatable {
  /// The aim among the policies that meet the constraints.
  package enum Aim: Sendable, Equatable {
    /// The largest S − λT.
    case objective(lambda: Double)
    /// The least cost that reaches the score target.
    case leastCost
    /// The best that the budget buys along the hull.
    case budget
  }

  /// A score to reach.
  package enum ScoreTarget: Sendable, Equatable {
    /// A mean score.
    case score(Double)
    /// A share of the best recommendable policy's mean score.
    case shareOfBest(Double)
  }

  package var aim: Aim
  package var scoreTarget: ScoreTarget?
  /// Mean cost per query, in cost units.
  package var budget: Double?
  /// Seconds; an unknown latency fails it.
  package var maxLatencyP95: Double?
  /// How probable it must be that the constraints are met; `nil` = met by the means.
  package var confidence: Double?
  /// Takes the cheapest policy within a standard error of the best.
  package var isOneStandardError = false

  package init(aim: Aim, scoreTarget: ScoreTarget? = nil, budget: Double? = nil) {
    self.aim = aim
    self.scoreTarget = scoreTarget
    self.budget = budget
  }

  /// Without a wish: the cheapest policy that reaches 99 % of the best score.
  package static let standard = ChoiceRule(aim: .leastCost, scoreTarget: .shareOfBest(0.99))
}

/// Means of the recommendable policies in one sample, in the order in which ties fall (`TieRank`).
package struct ChoiceSample {
  /// Per query.
  package var scores: [Double]
  /// Per query, in cost units.
  package var costs: [Double]
  /// Whether each policy may be chosen at all (latency, confidence).
  package var isEligible: [Bool]
  /// The standard error of the paired difference of two policies in the objective, for the one-standard-error
  /// rule.
  package var pairedError: PairedError

  package typealias PairedError = @Sendable (_ one: Int, _ other: Int) -> Double

  package init(
    scores: [Double], costs: [Double], isEligible: [Bool], pairedError: @escaping PairedError = { _, _ in 0 }
  ) {
    self.scores = scores
    self.costs = costs
    self.isEligible = isEligible
    self.pairedError = pairedError
  }
}

extension ChoiceRule {
  /// The score to reach in this sample; `nil` without a target.
  package func target(in sample: ChoiceSample) -> Double? {
    switch scoreTarget {
    case nil: nil
    case .score(let score): score
    case .shareOfBest(let share): sample.eligible.map { sample.scores[$0] }.max().map { share * $0 }
    }
  }

  /// Whether the policy at `index` meets the score target and the budget.
  package func isMet(_ index: Int, in sample: ChoiceSample) -> Bool {
    isMet(index, in: sample, target: target(in: sample))
  }

  /// The same, `target` being that of the sample.
  func isMet(_ index: Int, in sample: ChoiceSample, target: Double?) -> Bool {
    meetsScore(index, in: sample, target: target) && (budget.map { sample.costs[index] <= $0 } ?? true)
  }

  private func meetsScore(_ index: Int, in sample: ChoiceSample, target: Double?) -> Bool {
    // A share of the best is computed in floating point; the best itself must reach 100 % of it.
    target.map { sample.scores[index] >= $0 - 1e-12 } ?? true
  }

  /// The chosen policy; `nil` when none meets the constraints.
  package func choose(in sample: ChoiceSample) -> Int? {
    let target = target(in: sample)
    let feasible = sample.eligible.filter { meetsScore($0, in: sample, target: target) }
    let affordable = budget.map { limit in feasible.filter { sample.costs[$0] <= limit } } ?? feasible
    switch aim {
    case .objective(let lambda):
      return largestObjective(among: affordable, in: sample, lambda: lambda)
    case .leastCost:
      return affordable.best {
        -sample.costs[$0]
      } cheaper: {
        -sample.scores[$0]
      }
    case .budget:
      guard let budget else { return nil }
      return BudgetSplit(sample, among: feasible, budget: budget)?.cheaper
    }
  }
}

extension ChoiceRule {
  /// The largest S − λT, or the cheapest that is a standard error below it at most.
  private func largestObjective(among indices: [Int], in sample: ChoiceSample, lambda: Double) -> Int? {
    func objective(_ index: Int) -> Double { sample.scores[index] - lambda * sample.costs[index] }
    let largest = indices.best(by: objective) { sample.costs[$0] }
    guard isOneStandardError, let best = largest else { return largest }
    return indices.filter { objective(best) - objective($0) <= sample.pairedError(best, $0) }
      .best {
        -sample.costs[$0]
      } cheaper: {
        -objective($0)
      }
  }
}

extension ChoiceRule {
  /// What comes nearest when nothing meets the constraints, ties to the cheaper and to the better: the best score for a
  /// score target, or within the budget; else the cheapest.
  func nearest(in sample: ChoiceSample) -> Int {
    let all = sample.eligible.isEmpty ? Array(sample.scores.indices) : sample.eligible
    let affordable = budget.map { limit in all.filter { sample.costs[$0] <= limit } } ?? []
    let best = (scoreTarget == nil ? affordable : all).best(
      by: { sample.scores[$0] }, cheaper: { sample.costs[$0] })
    let cheapest = all.best(by: { -sample.costs[$0] }, cheaper: { -sample.scores[$0] })
    return best ?? cheapest ?? 0
  }
}

extension ChoiceSample {
  var eligible: [Int] { isEligible.indices.filter { isEligible[$0] } }
}

extension [Int] {
  /// The element with the largest value; ties to the smaller second value, then to the earlier element.
  fileprivate func best(by value: (Int) -> Double, cheaper second: (Int) -> Double) -> Int? {
    var best: Int?
    for candidate in self {
      guard let held = best else {
        best = candidate
        continue
      }
      let (new, old) = (value(candidate), value(held))
      if new > old || (new == old && second(candidate) < second(held)) { best = candidate }
    }
    return best
  }
}

/// The two neighbouring hull policies whose shares spend a budget exactly.
package struct BudgetSplit: Sendable, Equatable {
  /// Indices into the sample.
  package let cheaper: Int
  package let dearer: Int
  /// The share of queries that the dearer policy gets.
  package let dearerShare: Double
  /// Slope between them: what another unit of budget would buy; 0 where the budget buys the best.
  package let lambda: Double

  /// `nil` when even the cheapest hull policy costs more than the budget.
  package init?(_ sample: ChoiceSample, among indices: [Int], budget: Double) {
    let hull = Self.hull(sample, indices)
    guard let cheapest = hull.last, sample.costs[cheapest] <= budget else { return nil }
    guard let dearest = hull.first, sample.costs[dearest] > budget else {
      cheaper = hull[0]
      dearer = hull[0]
      dearerShare = 0
      lambda = 0
      return
    }
    let place = hull.firstIndex { sample.costs[$0] <= budget } ?? hull.count - 1
    cheaper = hull[place]
    dearer = hull[place - 1]
    let spread = sample.costs[dearer] - sample.costs[cheaper]
    dearerShare = (budget - sample.costs[cheaper]) / spread
    lambda = (sample.scores[dearer] - sample.scores[cheaper]) / spread
  }

  /// Indices on the upper concave hull, dearest first.
  private static func hull(_ sample: ChoiceSample, _ indices: [Int]) -> [Int] {
    Hull.chain(indices) {
      sample.costs[$0]
    } score: {
      sample.scores[$0]
    } isBelow: {
      isBelow(sample, $0, $1, $2)
    }
  }

  private static func isBelow(_ sample: ChoiceSample, _ middle: Int, _ cheap: Int, _ dear: Int) -> Bool {
    (sample.scores[middle] - sample.scores[cheap]) * (sample.costs[dear] - sample.costs[cheap])
      <= (sample.scores[dear] - sample.scores[cheap]) * (sample.costs[middle] - sample.costs[cheap])
  }
}
