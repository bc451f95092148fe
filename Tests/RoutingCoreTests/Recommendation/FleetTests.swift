import RoutingCore
import Testing

@Suite struct FleetTests {
  /// A workload of policies with scores and costs from a small range.
  private func member(_ draws: inout Draws, share: Double, policies: Int = 6) -> FleetMember {
    let points = (0..<policies).map { index in
      (
        policy: Policy.single("m\(index)"), score: Double(draws.below(100)) / 100,
        cost: Double(1 + draws.below(50))
      )
    }
    let hull = Hull(
      points.enumerated().map { index, point in
        PolicyPoint(position: index, cost: Int128(point.cost), score: Int128((point.score * 1e6).rounded()))
      })
    return FleetMember(workload: "w", share: share, policies: points, regimes: hull.regimes(scale: 1))
  }

  /// What the largest S − λT costs, ties to the cheaper.
  private func cost(_ members: [FleetMember], lambda: Double) -> Double {
    members.reduce(0) { sum, member in
      let best = member.policies.reduce(member.policies[0]) { held, policy in
        let lead = policy.score - lambda * policy.cost - (held.score - lambda * held.cost)
        return lead > 1e-12 || (abs(lead) <= 1e-12 && policy.cost < held.cost) ? policy : held
      }
      return sum + member.share * best.cost
    }
  }

  @Test("λ is the smallest that keeps the budget, by brute force", arguments: 1...40 as ClosedRange<UInt64>)
  func smallest(seed: UInt64) throws {
    var draws = Draws(seed: seed)
    let members = [0.5, 0.3, 0.2].map { member(&draws, share: $0) }
    let budget = Double(3 + draws.below(40))
    guard let fleet = Fleet(members, budget: budget) else {
      #expect(cost(members, lambda: 1e9) > budget)
      return
    }
    #expect(fleet.cost <= budget)
    #expect(abs(cost(members, lambda: fleet.lambda) - fleet.cost) < 1e-9)
    for step in 0..<1000 {
      let smaller = fleet.lambda * Double(step) / 1000.5
      #expect(fleet.lambda == 0 || cost(members, lambda: smaller) > budget, "λ = \(smaller)")
    }
    let score = zip(members, fleet.choices).reduce(0) { $0 + $1.0.share * $1.0.policies[$1.1].score }
    #expect(abs(fleet.score - score) < 1e-12)
  }

  @Test(
    "The one policy for all is the best that fits, and no better than one for each",
    arguments: 1...40 as ClosedRange<UInt64>)
  func uniform(seed: UInt64) throws {
    var draws = Draws(seed: 100 + seed)
    let members = [0.6, 0.4].map { member(&draws, share: $0) }
    let fleet = try #require(Fleet(members, budget: 30))
    let fitting = (0..<6).map { index in
      members.reduce((score: 0.0, cost: 0.0)) {
        ($0.score + $1.share * $1.policies[index].score, $0.cost + $1.share * $1.policies[index].cost)
      }
    }.filter { $0.cost <= 30 }
    #expect(fleet.uniform?.score == fitting.map(\.score).max())
    // At the λ in force no assignment has a larger S − λT.
    if let uniform = fleet.uniform {
      #expect(
        fleet.score - fleet.lambda * fleet.cost >= uniform.score - fleet.lambda * uniform.cost - 1e-12)
    }
  }

  @Test("A budget that nothing keeps has no λ, one that everything keeps has λ = 0")
  func ends() throws {
    var draws = Draws(seed: 5)
    let members = [member(&draws, share: 1)]
    #expect(Fleet(members, budget: 0.5) == nil)
    let generous = try #require(Fleet(members, budget: 100))
    #expect(generous.lambda == 0)
    #expect(generous.score == members[0].policies.map(\.score).max())
  }
}
