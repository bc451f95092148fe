/// Policies compared on the same rows: who wins at which λ, and who is on the frontier.
struct PolicyComparison: Sendable {
  let policies: [Policy]
  /// In the same order.
  let totals: ResampledTotals

  func objectiveReplicates(_ position: Int, lambda: Double) -> [Double] {
    zip(totals.scoreReplicates(position), totals.costReplicates(position)).map { $0 - lambda * $1 }
  }

  func objective(_ position: Int, lambda: Double, winShare: Double?) -> ObjectiveSummary {
    let interval = Estimate.percentileInterval(objectiveReplicates(position, lambda: lambda))
    return ObjectiveSummary(
      lambda: lambda, mean: totals.meanScore(position) - lambda * totals.meanCost(position),
      low: interval.low, high: interval.high, winShare: winShare)
  }

  /// Positions that may be recommended, smaller first where objective and cost tie.
  var contenders: [Int] {
    policies.indices.filter { !policies[$0].isBound }
      .sorted { TieRank(policies[$0]) < TieRank(policies[$1]) }
  }

  /// The share of replicates each policy wins at λ; `nil` for bounds.
  func winShares(lambda: Double) -> [Double?] {
    let contenders = contenders
    let replicates = totals.bootstrap.replicates
    var wins = [Int](repeating: 0, count: policies.count)
    let scores = contenders.map(totals.scoreReplicates)
    let costs = contenders.map(totals.costReplicates)
    for replicate in 0..<replicates {
      var best = 0
      for rival in contenders.indices.dropFirst() {
        let lead = scores[rival][replicate] - lambda * costs[rival][replicate]
        let held = scores[best][replicate] - lambda * costs[best][replicate]
        if lead > held || (lead == held && costs[rival][replicate] < costs[best][replicate]) { best = rival }
      }
      if !contenders.isEmpty { wins[contenders[best]] += 1 }
    }
    return policies.indices.map { position in
      policies[position].isBound ? nil : Double(wins[position]) / Double(max(1, replicates))
    }
  }

  /// Recommendable positions that no other beats in score without costing more (Pareto).
  var frontier: Set<Int> {
    let points = contenders.map { (position: $0, score: totals.scores[$0], cost: totals.costs[$0]) }
    var best: Int128 = -1
    var found: Set<Int> = []
    let sorted = points.enumerated().sorted { left, right in
      if left.element.cost != right.element.cost { return left.element.cost < right.element.cost }
      if left.element.score != right.element.score { return left.element.score > right.element.score }
      return left.offset < right.offset
    }
    for (_, point) in sorted where point.score > best {
      best = point.score
      found.insert(point.position)
    }
    return found
  }
}
