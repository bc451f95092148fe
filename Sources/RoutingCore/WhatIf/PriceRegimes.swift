/// Which policy is recommended as one model's price varies, exactly.
///
/// A policy's cost is linear in the price, so what is minimised is a line for each policy, and the recommended one
/// is their lower envelope.
package struct PriceRegimes: Sendable {
  package let workload: String
  package let model: String
  /// The price at factor 1.
  package let price: ModelPrice
  /// Ascending from factor 0; a break belongs to the dearer side.
  package let regimes: [PriceRegime]

  /// The regime in force at the price as it is.
  package var present: PriceRegime? {
    regimes.last { $0.low <= 1 }
  }
}

/// An interval of the factor on a price in which one policy is recommended.
package struct PriceRegime: Sendable, Equatable {
  package let low: Double
  /// `nil` = no upper end.
  package let high: Double?
  package let policy: Policy
}

/// The lower envelope of lines a + b·x over x ≥ 0.
package enum LowerEnvelope {
  /// Lines that are lowest somewhere, with where each begins.
  ///
  /// - Parameter lines: in the order in which ties fall; b ≥ 0.
  package static func pieces(_ lines: [(a: Double, b: Double)]) -> [(line: Int, from: Double)] {
    guard
      var current = lines.indices.min(by: { left, right in
        let (p, q) = (lines[left], lines[right])
        return p.a != q.a ? p.a < q.a : p.b != q.b ? p.b < q.b : left < right
      })
    else { return [] }
    var pieces = [(line: current, from: 0.0)]
    while true {
      var next: (line: Int, at: Double)?
      for line in lines.indices where lines[line].b < lines[current].b {
        let at = (lines[line].a - lines[current].a) / (lines[current].b - lines[line].b)
        // Of lines that cross together the flattest goes on.
        if let held = next, at > held.at || (at == held.at && lines[line].b >= lines[held.line].b) {
          continue
        }
        next = (line, at)
      }
      guard let next else { return pieces }
      current = next.line
      let from = max(next.at, pieces[pieces.count - 1].from)
      if from == pieces[pieces.count - 1].from { pieces.removeLast() }
      pieces.append((current, from))
    }
  }
}

extension Recommender {
  /// The recommended policy by the price of one model, everything else as it is.
  ///
  /// - Parameter payer: of the trace; its price is above 0.
  /// - Returns: `nil` where the rule is not linear in costs: a budget, a confidence, one standard error.
  package func priceRegimes(payer: Int, prices: PriceTable) -> PriceRegimes? {
    guard rule.budget == nil, rule.confidence == nil, !rule.isOneStandardError else { return nil }
    let sample = means.sample(isEligible)
    let target = rule.target(in: sample)
    let feasible = sample.eligible.filter { index in
      target.map { sample.scores[index] >= $0 - 1e-12 } ?? true
    }
    let slope = feasible.map { partCost($0, payer: payer, prices: prices) }
    let lines = zip(feasible, slope).map { index, part -> (a: Double, b: Double) in
      let rest = sample.costs[index] - part
      guard case .objective(let lambda) = rule.aim else { return (rest, part) }
      return (lambda * rest - sample.scores[index], lambda * part)
    }
    let pieces = LowerEnvelope.pieces(lines)
    let regimes = pieces.indices.map { place in
      PriceRegime(
        low: pieces[place].from, high: place + 1 < pieces.count ? pieces[place + 1].from : nil,
        policy: evidence.policy(means.positions[feasible[pieces[place].line]]))
    }
    return PriceRegimes(
      workload: evidence.replay.workload.name, model: trace.payers[payer], price: prices.rates[payer],
      regimes: regimes)
  }

  /// The mean cost per query that one payer's tokens make.
  private func partCost(_ index: Int, payer: Int, prices: PriceTable) -> Double {
    let ledger = evidence.replay.ledgers[evidence.kept[means.positions[index]]]
    let total = Stage.allCases.reduce(Int128(0)) { sum, stage in
      let usage = ledger[stage, payer: payer]
      return sum + usage.cost(at: prices.rates[payer]) - usage.recorded
    }
    return Double(wide: total) / Double(evidence.rows) / settings.costUnit.scale
  }
}
