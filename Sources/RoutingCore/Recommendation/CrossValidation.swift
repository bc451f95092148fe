/// Chooses on nine folds and scores on the tenth (Scheme.md, "Held-out figures").
package struct CrossValidation {
  /// Sums of the chosen policies on the queries they were not chosen on: one policy, by group.
  package let chosen: GroupSums
  /// The same for the best single model of the nine folds; `nil` where no single model is compared.
  package let bestSingle: GroupSums?
  package let foldsWithoutChoice: Int

  /// - Parameters:
  ///   - group: of `positions` those that are chosen among, held to the score target that all set; `nil` = all.
  ///   - positions: the policies that may be chosen, in the order in which ties fall.
  ///   - scale: integer cost units in a cost unit.
  ///   - eligible: by fold, whether each may be chosen on the rows outside it.
  package init(
    _ evidence: Evidence, rule: ChoiceRule, positions: [Int], scale: Double, eligible: [[Bool]],
    among group: [Bool]? = nil
  ) {
    let sums = evidence.sums
    let singles = positions.filter {
      if case .single = evidence.policy($0) { true } else { false }
    }
    var picked = [Int](repeating: positions[0], count: Int(IdentityDigest.folds))
    var single = picked
    var without = 0
    for fold in 0..<IdentityDigest.folds where sums.folds.contains(fold) {
      let training = FoldMeans(sums, without: fold, positions: positions, scale: scale)
      let sample = ChoiceSample(
        scores: training.scores, costs: training.costs, isEligible: eligible[Int(fold)],
        pairedError: training.pairedError(rule))
      if training.isEmpty {
        // Everything is in this fold: the choice cannot be held out.
        without += 1
      }
      let choice = rule.choose(in: sample, among: group)
      if !choice.isMet, !training.isEmpty { without += 1 }
      picked[Int(fold)] = positions[choice.index]
      let best = singles.max { left, right in
        let (a, b) = (training.score(of: left), training.score(of: right))
        return a != b ? a < b : training.cost(of: left) > training.cost(of: right)
      }
      single[Int(fold)] = best ?? positions[0]
    }
    foldsWithoutChoice = without
    chosen = sums.composite { picked[Int($0)] }
    bestSingle = singles.isEmpty ? nil : sums.composite { single[Int($0)] }
  }
}

/// Means over the groups outside a fold.
private struct FoldMeans {
  let scores: [Double]
  let costs: [Double]
  let isEmpty: Bool
  private let places: [Int: Int]
  private let sums: GroupSums
  private let groups: [Int]
  private let positions: [Int]
  private let rows: Double
  private let scale: Double

  init(_ sums: GroupSums, without fold: UInt8, positions: [Int], scale: Double) {
    let groups = sums.folds.indices.filter { sums.folds[$0] != fold }
    let rows = Double(groups.reduce(Int64(0)) { $0 + sums.counts[$1] })
    isEmpty = groups.isEmpty
    func mean(_ column: ContiguousArray<Int128>, _ unit: Double) -> Double {
      groups.isEmpty ? 0 : Double(groups.reduce(Int128(0)) { $0 + column[$1] }) / rows / unit
    }
    scores = positions.map { mean(sums.scores[$0], Double(Score.unit)) }
    costs = positions.map { mean(sums.costs[$0], scale) }
    places = Dictionary(uniqueKeysWithValues: positions.enumerated().map { ($1, $0) })
    self.sums = sums
    self.groups = groups
    self.positions = positions
    self.rows = rows
    self.scale = scale
  }

  func score(of position: Int) -> Double { places[position].map { scores[$0] } ?? 0 }
  func cost(of position: Int) -> Double { places[position].map { costs[$0] } ?? 0 }

  /// The standard error of a paired difference in the objective, √Σ_g (D_g − d n_g)² ÷ n, for group sums D_g
  /// with mean d: what the bootstrap's tends to, without resampling every fold.
  func pairedError(_ rule: ChoiceRule) -> ChoiceSample.PairedError {
    guard rule.isOneStandardError, case .objective(let lambda) = rule.aim else { return { _, _ in 0 } }
    return { one, other in
      let squares = sums.deviations(
        positions[one], positions[other], lambda: lambda, scale: scale, in: groups
      ).reduce(0) { $0 + $1 * $1 }
      return squares.squareRoot() / rows
    }
  }
}

extension GroupSums {
  /// The groups outside a fold.
  package func without(fold: UInt8) -> GroupSums {
    let groups = folds.indices.filter { folds[$0] != fold }
    func picked<Value>(_ column: ContiguousArray<Value>) -> ContiguousArray<Value> {
      ContiguousArray(groups.map { column[$0] })
    }
    return GroupSums(
      keys: picked(keys), folds: picked(folds), counts: picked(counts), scores: scores.map(picked),
      costs: costs.map(picked))
  }

  /// One column in which each group has the sums of the policy chosen for its fold.
  package func composite(_ policy: (UInt8) -> Int) -> GroupSums {
    GroupSums(
      keys: keys, folds: folds, counts: counts,
      scores: [ContiguousArray(keys.indices.map { scores[policy(folds[$0])][$0] })],
      costs: [ContiguousArray(keys.indices.map { costs[policy(folds[$0])][$0] })])
  }
}

extension ChoiceRule {
  /// The chosen policy of a group (`nil` = all), held to the score target that all policies set, or the one that
  /// comes nearest to the constraints.
  package func choose(in sample: ChoiceSample, among group: [Bool]?) -> (index: Int, isMet: Bool) {
    guard let group else {
      let choice = choose(in: sample)
      return (choice ?? nearest(in: sample), choice != nil)
    }
    var own = sample
    own.isEligible = zip(sample.isEligible, group).map { $0 && $1 }
    let rule = held(toTargetOf: sample)
    if let choice = rule.choose(in: own) { return (choice, true) }
    if !own.isEligible.contains(true) { own.isEligible = group }
    return (rule.nearest(in: own), false)
  }

  /// The same rule with the score target as the sample sets it.
  func held(toTargetOf sample: ChoiceSample) -> ChoiceRule {
    var rule = self
    if let target = target(in: sample) { rule.scoreTarget = .score(target) }
    return rule
  }
}
