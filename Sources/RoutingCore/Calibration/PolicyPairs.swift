/// Kept policies by value, and their paired differences.
struct PolicyPairs {
  let evidence: Evidence
  private let positions: [Policy: Int]

  init(_ evidence: Evidence) {
    self.evidence = evidence
    positions = Dictionary(
      evidence.kept.indices.map { (evidence.policy($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The position of a policy among those kept.
  subscript(policy: Policy) -> Int? { positions[policy] }

  /// Mean score of the first policy minus that of the second.
  func score(_ left: Int, minus right: Int) -> Estimate {
    Estimate(
      mean: evidence.meanScore(left) - evidence.meanScore(right),
      replicates: zip(evidence.scoreReplicates(left), evidence.scoreReplicates(right)).map { $0 - $1 })
  }

  /// Mean cost of the first policy minus that of the second, in cost units.
  func cost(_ left: Int, minus right: Int) -> Estimate {
    Estimate(
      mean: evidence.meanCost(left) - evidence.meanCost(right),
      replicates: zip(evidence.costReplicates(left), evidence.costReplicates(right)).map { $0 - $1 })
  }
}

extension SufficientBudget {
  /// Fewer queries say nothing, whatever their bootstrap.
  private static let fewest = 20

  /// - Parameters:
  ///   - losses: by boot budget, ascending, without the full one.
  ///   - queries: how many the losses were measured on.
  package init(
    selector: String, k: Int, margin: Double, losses: [(boot: BootBudget, loss: Estimate)], queries: Int
  ) {
    self.selector = selector
    self.k = k
    self.margin = margin
    self.losses = losses
    guard queries >= Self.fewest else {
      verdict = .cannotTell(queries: nil)
      return
    }
    if let first = losses.first(where: { $0.loss.high < margin }) {
      verdict = .budget(first.boot)
    } else if losses.allSatisfy({ $0.loss.low > margin }) {
      verdict = .fullOnly
    } else {
      verdict = .cannotTell(
        queries: losses.compactMap { Self.queries($0.loss, margin: margin, now: queries) }.min())
    }
  }

  /// The n at which 1.96 standard errors fit between the loss and the margin, errors shrinking with √n.
  private static func queries(_ loss: Estimate, margin: Double, now: Int) -> Int? {
    guard loss.mean < margin else { return nil }
    let ratio = 1.96 * loss.standardError / (margin - loss.mean)
    let needed = (Double(now) * ratio * ratio).rounded(.up)
    return needed.isFinite && needed < 1e12 ? max(now, Int(needed)) : nil
  }
}

extension SelectorWorth {
  /// `nil` where the policy or its random counterpart is not compared.
  init?(_ scheme: SchemePolicy, k: Int, _ pairs: PolicyPairs, randoms: [Policy]) {
    var random = scheme
    random.selector = RandomSelector.entry.name
    guard let own = pairs[.scheme(scheme)], let other = pairs[.scheme(random)] else { return nil }
    selector = scheme.selector
    boot = scheme.boot
    self.k = k
    score = pairs.score(own, minus: other)
    cost = pairs.cost(own, minus: other)
    let evidence = pairs.evidence
    let enough = randoms.compactMap { pairs[$0] }.filter {
      evidence.meanScore($0) >= evidence.meanScore(own)
    }
    let cheapest = enough.min { evidence.meanCost($0) < evidence.meanCost($1) }
    randomNeeds = cheapest.map {
      RandomNeeds(policy: evidence.policy($0), extraCost: pairs.cost($0, minus: own))
    }
    var prior = scheme
    prior.selector = PriorSelector.entry.name
    prior.boot = .none
    againstPrior = pairs[.scheme(prior)].map {
      PairedDifference(score: pairs.score(own, minus: $0), cost: pairs.cost(own, minus: $0))
    }
  }
}
