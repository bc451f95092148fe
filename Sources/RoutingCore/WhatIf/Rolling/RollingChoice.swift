/// The choice of a pool and a policy from what was seen so far.
///
/// Models are ordered by their own S − λT on what was seen. The pools looked at are the whole pool and the first
/// m of that order, for every m from 2 on; of all policies over these the rule takes one. The models of the whole
/// pool that are not in the chosen policy's pool have lost and stay out until a later choice.
struct RollingChoice {
  private let rule: ChoiceRule
  private let lambda: Double
  private let scale: Double
  /// Group of each place.
  private let groups: [Int32]

  init(_ request: RollingRequest, scale: Double, groups: [Int32]) {
    rule = request.rule
    lambda = request.lambda
    self.scale = scale
    self.groups = groups
  }

  /// The chosen column.
  ///
  /// - Parameter seen: places whose outcomes are known, at least one.
  func choose(from shelf: inout RollingShelf, seen: [Int]) async throws -> Int? {
    let models = 0..<shelf.basis.trace.poolCount
    let singles = models.map { shelf.single($0) }
    func ranked(_ value: (RollingColumn) -> Double) -> [Int] {
      let values = singles.map { $0.map(value) ?? -.infinity }
      return models.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
    }
    let byScore = ranked { Double($0.score(seen)) }
    let byObjective = ranked { $0.objective(seen, lambda: lambda, scale: scale) }
    var choices = try await shelf.policies(over: shelf.whole, order: byScore)
    for size in stride(from: models.count - 1, to: 1, by: -1) {
      choices += try await shelf.policies(over: CandidateSet(byObjective.prefix(size)), order: byScore)
    }
    let columns = choices.map { shelf.columns[$0] }
    let sample = ChoiceSample(
      scores: columns.map { Double($0.score(seen)) / Double(Score.unit) / Double(seen.count) },
      costs: columns.map { Double(wide: $0.cost(seen)) / scale / Double(seen.count) },
      isEligible: columns.map { _ in true },
      pairedError: { pairedError(columns[$0], columns[$1], seen) })
    return rule.choose(in: sample).map { choices[$0] }
  }

  /// The standard error of the mean paired difference in S − λT, by groups of queries.
  private func pairedError(_ one: RollingColumn, _ other: RollingColumn, _ seen: [Int]) -> Double {
    var totals: [(group: Int32, sum: Double, count: Double)] = []
    for place in seen.sorted(by: { (groups[$0], $0) < (groups[$1], $1) }) {
      let difference =
        one.objective([place], lambda: lambda, scale: scale)
        - other.objective([place], lambda: lambda, scale: scale)
      if let last = totals.indices.last, totals[last].group == groups[place] {
        totals[last].sum += difference
        totals[last].count += 1
      } else {
        totals.append((groups[place], difference, 1))
      }
    }
    let mean = totals.reduce(0) { $0 + $1.sum } / Double(seen.count)
    let squares = totals.reduce(0) { sum, total in
      let rest = total.sum - mean * total.count
      return sum + rest * rest
    }
    return squares.squareRoot() / Double(seen.count)
  }
}

extension RollingColumn {
  /// Σ S − λT over some places.
  func objective(_ places: some Sequence<Int>, lambda: Double, scale: Double) -> Double {
    Double(score(places)) / Double(Score.unit) - lambda * Double(wide: cost(places)) / scale
  }
}
