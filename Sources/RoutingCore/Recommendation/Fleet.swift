/// One workload's part in a fleet: its recommendable policies and its share of the traffic.
package struct FleetMember: Sendable {
  package let workload: String
  /// Shares of all members sum to 1.
  package let share: Double
  /// The recommendable policies with their mean score and cost, in the order in which ties fall.
  package let policies: [(policy: Policy, score: Double, cost: Double)]
  /// By λ, ascending; positions index `policies`.
  package let regimes: [Regime]

  package init(
    workload: String, share: Double, policies: [(policy: Policy, score: Double, cost: Double)],
    regimes: [Regime]
  ) {
    self.workload = workload
    self.share = share
    self.policies = policies
    self.regimes = regimes
  }

  /// The policy at λ: at a break the cheaper holds.
  package func choice(lambda: Double) -> Int {
    (regimes.last { $0.lambdaLow <= lambda } ?? regimes[0]).position
  }
}

/// One common λ over workloads that keeps the mean cost within a budget (Scheme.md, "Across workloads").
package struct Fleet: Sendable {
  package let lambda: Double
  /// Mean cost per query over the shares, in cost units.
  package let cost: Double
  package let score: Double
  /// By member.
  package let choices: [Int]
  /// The best that one policy for all workloads reaches within the budget; `nil` if none fits.
  package let uniform: Uniform?

  /// One policy for every workload.
  package struct Uniform: Sendable {
    package let policy: Policy
    package let score: Double
    package let cost: Double
  }

  /// The smallest λ ≥ 0 at which Σ share · C(λ) is within `budget`; `nil` when no λ is.
  package init?(_ members: [FleetMember], budget: Double) {
    let breaks = Set(members.flatMap { $0.regimes.map(\.lambdaLow) } + [0]).sorted()
    func cost(_ lambda: Double) -> Double {
      members.reduce(0) { $0 + $1.share * $1.policies[$1.choice(lambda: lambda)].cost }
    }
    guard let lambda = breaks.first(where: { cost($0) <= budget }) else { return nil }
    self.lambda = lambda
    self.cost = cost(lambda)
    choices = members.map { $0.choice(lambda: lambda) }
    score = zip(members, choices).reduce(0) { $0 + $1.0.share * $1.0.policies[$1.1].score }
    uniform = Self.uniform(members, budget: budget)
  }

  private static func uniform(_ members: [FleetMember], budget: Double) -> Uniform? {
    guard let first = members.first else { return nil }
    let tables = members.map { member in
      Dictionary(
        member.policies.map { ($0.policy, ($0.score, $0.cost)) }, uniquingKeysWith: { one, _ in one })
    }
    var best: Uniform?
    for candidate in first.policies {
      var score = 0.0
      var cost = 0.0
      let fitsAll = zip(members, tables).allSatisfy { member, table in
        guard let (own, price) = table[candidate.policy] else { return false }
        score += member.share * own
        cost += member.share * price
        return true
      }
      guard fitsAll, cost <= budget else { continue }
      if let held = best, score < held.score || (score == held.score && cost >= held.cost) { continue }
      best = Uniform(policy: candidate.policy, score: score, cost: cost)
    }
    return best
  }
}

extension Recommender {
  /// The workload's part in a fleet.
  package func fleetMember(share: Double) -> FleetMember {
    FleetMember(
      workload: evidence.replay.workload.name, share: share,
      policies: means.positions.indices.map {
        (evidence.policy(means.positions[$0]), means.scores[$0], means.costs[$0])
      },
      regimes: hull.regimes(scale: settings.costUnit.scale))
  }
}
