package import RoutingCore

/// Recommendations for workloads, with everything their output says about where they came from.
package struct RecommendReport: Sendable {
  package let traceName: String
  package let fingerprint: String
  package let settings: SweepSettings
  package let rule: ChoiceRule
  /// `nil` where tokens are counted.
  package let prices: PriceBook?
  package let workloads: [Recommendation]
  /// Why nothing is recommended for the others.
  package let unmet: [RecommendationError]
  package let fleet: FleetReport?
  /// Candidates of the pool.
  package let poolCount: Int
  /// The curve along k through each recommended policy, by workload; none through a baseline.
  package let curves: [String: FittedCurve]

  package init(
    traceName: String, fingerprint: String, settings: SweepSettings, rule: ChoiceRule, prices: PriceBook?,
    workloads: [Recommendation], unmet: [RecommendationError] = [], fleet: FleetReport?, poolCount: Int,
    curves: [String: FittedCurve] = [:]
  ) {
    self.traceName = traceName
    self.fingerprint = fingerprint
    self.settings = settings
    self.rule = rule
    self.prices = prices
    self.workloads = workloads
    self.unmet = unmet
    self.fleet = fleet
    self.poolCount = poolCount
    self.curves = curves
  }
}

/// One λ over all workloads.
package struct FleetReport: Sendable {
  package let budget: Double
  package let shares: [(workload: String, share: Double)]
  package let fleet: Fleet

  package init(budget: Double, shares: [(workload: String, share: Double)], fleet: Fleet) {
    self.budget = budget
    self.shares = shares
    self.fleet = fleet
  }
}
