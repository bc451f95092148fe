/// A policy as a point: what it costs and scores, as exact sums over the same rows.
package struct PolicyPoint: Sendable, Equatable {
  /// Position in the list the points come from.
  package let position: Int
  /// Integer cost units.
  package let cost: Int128
  /// Millionths.
  package let score: Int128

  package init(position: Int, cost: Int128, score: Int128) {
    self.position = position
    self.cost = cost
    self.score = score
  }
}

/// The upper concave hull of (cost, score) from the best score down to the cheapest point: the policies that
/// maximise S − λT for some λ ≥ 0, each on an interval of λ (Scheme.md, "Objective").
package struct Hull: Sendable, Equatable {
  /// From the dearest (best at λ = 0) to the cheapest.
  package let points: [PolicyPoint]

  /// - Parameter points: in the order in which ties fall, the preferred first.
  package init(_ points: [PolicyPoint]) {
    let chain = Self.chain(Array(points.indices)) {
      points[$0].cost
    } score: {
      points[$0].score
    } isBelow: {
      Self.isBelow(points[$0], points[$1], points[$2])
    }
    self.points = chain.map { points[$0] }
  }

  /// The elements of `indices` on the upper concave hull, dearest first; of equal points the earlier index.
  ///
  /// - Parameter isBelow: whether the first lies on or below the line from the second to the dearer third.
  static func chain<Value: Comparable>(
    _ indices: [Int], cost: (Int) -> Value, score: (Int) -> Value, isBelow: (Int, Int, Int) -> Bool
  ) -> [Int] {
    // Cheapest first; of equal cost only the best score, of equal points the preferred one.
    let sorted = indices.sorted { left, right in
      if cost(left) != cost(right) { return cost(left) < cost(right) }
      if score(left) != score(right) { return score(left) > score(right) }
      return left < right
    }
    var kept: [Int] = []
    for index in sorted {
      if let last = kept.last, score(index) <= score(last) { continue }
      while kept.count > 1, isBelow(kept[kept.count - 1], kept[kept.count - 2], index) { kept.removeLast() }
      kept.append(index)
    }
    return kept.reversed()
  }

  /// The λ (score in millionths per integer cost unit) at which point `index` gives way to the cheaper next.
  package func breakpoint(after index: Int) -> Double {
    let (dear, cheap) = (points[index], points[index + 1])
    return Double(dear.score - cheap.score) / Double(dear.cost - cheap.cost)
  }

  /// Whether `middle` lies on or below the line from `cheap` to `dear`: no λ needs it.
  private static func isBelow(_ middle: PolicyPoint, _ cheap: PolicyPoint, _ dear: PolicyPoint) -> Bool {
    let (left, leftOverflow) = (middle.score - cheap.score).multipliedReportingOverflow(
      by: dear.cost - cheap.cost)
    let (right, rightOverflow) = (dear.score - cheap.score).multipliedReportingOverflow(
      by: middle.cost - cheap.cost)
    guard !leftOverflow, !rightOverflow else {
      return Double(middle.score - cheap.score) * Double(dear.cost - cheap.cost)
        <= Double(dear.score - cheap.score) * Double(middle.cost - cheap.cost)
    }
    return left <= right
  }
}

/// An interval of λ on which one policy is best; at the lower end it already holds.
package struct Regime: Sendable, Equatable {
  /// Position of the policy.
  package let position: Int
  package let lambdaLow: Double
  /// `nil` = no upper end.
  package let lambdaHigh: Double?

  package init(position: Int, lambdaLow: Double, lambdaHigh: Double?) {
    self.position = position
    self.lambdaLow = lambdaLow
    self.lambdaHigh = lambdaHigh
  }
}

extension Hull {
  /// The regimes ascending in λ from 0; λ in score per cost unit of `scale` integer units.
  package func regimes(scale: Double) -> [Regime] {
    let unit = scale / Double(Score.unit)
    return points.indices.map { index in
      Regime(
        position: points[index].position,
        lambdaLow: index == 0 ? 0 : breakpoint(after: index - 1) * unit,
        lambdaHigh: index == points.count - 1 ? nil : breakpoint(after: index) * unit)
    }
  }
}
