/// A decision of a policy file replayed on a trace: can it run there, and do its figures hold?
package struct DecisionCheck: Sendable, Equatable {
  /// `nil` = the default.
  package let workload: String?
  package let policy: Policy
  /// Why it cannot be replayed at all.
  package let problem: String?
  /// What the replay gave; `nil` with a problem.
  package let found: Found?

  /// Means over the queries the policy covers.
  package struct Found: Sendable, Equatable {
    package let queries: Int
    package let covered: Int
    package let score: Double
    /// In cost units, at the prices asked for.
    package let cost: Double
    /// Whether each mean lies within the file's 95 % interval.
    package let scoreHolds: Bool
    package let costHolds: Bool
  }

  package var isWrong: Bool { found.map { !$0.scoreHolds || !$0.costHolds } ?? true }

  package init(_ decision: ProductionDecision, problem: String) {
    self.init(decision, problem: problem, found: nil)
  }

  /// - Parameter evidence: of a replay of the decision's policy alone.
  package init(_ decision: ProductionDecision, _ evidence: Evidence) {
    guard evidence.rows > 0, !evidence.kept.isEmpty else {
      self.init(decision, problem: "no query of the trace covers it", found: nil)
      return
    }
    let (score, cost) = (evidence.meanScore(0), evidence.meanCost(0))
    self.init(
      decision, problem: nil,
      found: Found(
        queries: evidence.replay.rowCount, covered: evidence.rows, score: score, cost: cost,
        scoreHolds: decision.expected.score.holds(score), costHolds: decision.expected.cost.holds(cost)))
  }

  private init(_ decision: ProductionDecision, problem: String?, found: Found?) {
    workload = decision.workload
    policy = decision.policy
    self.problem = problem
    self.found = found
  }
}

extension ProductionFigure {
  /// Whether a mean lies within the interval, which is rounded to six digits.
  fileprivate func holds(_ value: Double) -> Bool {
    let slack = 1e-5 * max(abs(low), abs(high))
    return value >= low - slack && value <= high + slack
  }
}
