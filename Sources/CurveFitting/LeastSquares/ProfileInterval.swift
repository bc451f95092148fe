/// Ends of a 95 % interval by profile likelihood: where the best fit with the parameter held there is worse
/// by the quantile (Bates and Watts 1988, §6).
struct ProfileInterval {
  let problem: CurveProblem
  let best: FamilyMinimum
  /// By how much the whitened residual sum of squares may grow.
  let allowance: Double

  /// One end, or a better minimum than `best` that was come across.
  enum End {
    case at(Double)
    case notIdentified
    case improved(ParameterVector)
  }

  /// How often the distance from the best value is widened in search of the end.
  private static let widenings = 12

  /// - Parameters:
  ///   - step: about the distance to the end, > 0.
  ///   - sign: 1 for the upper end, −1 for the lower.
  func end(
    of parameter: Int, step: Double, sign: Double, _ minimizer: borrowing FamilyMinimizer
  ) -> End {
    let value = best.point[parameter]
    var walk = ProfileWalk(interval: self, parameter: parameter, warm: best.point)
    var inner = value
    var distance = step
    var ranges = ranges(beyond: value, parameter, sign, minimizer)
    for _ in 0..<Self.widenings {
      var outer = value + sign * distance
      let limit = sign > 0 ? ranges.first?.upperBound : ranges.first?.lowerBound
      let isLimited = limit.map { sign * ($0 - outer) <= 0 } ?? false
      if isLimited, let limit { outer = limit }
      guard outer != inner, let excess = walk.excess(at: outer, minimizer) else { return .notIdentified }
      if let improved = walk.improved { return .improved(improved) }
      if excess >= 0 { return walk.root(from: inner, to: outer, tolerance: 1e-5 * step, minimizer) }
      inner = outer
      if isLimited {
        ranges.removeFirst()
        // Across a gap in the domain, such as the logarithm that a power law becomes at c = 0.
        guard let next = ranges.first else { return .notIdentified }
        inner = sign > 0 ? next.lowerBound : next.upperBound
        distance = max(distance, abs(inner - value))
      }
      distance *= 2
    }
    return .notIdentified
  }

  /// The parts of the parameter's domain from `value` outwards; none for a linear parameter.
  private func ranges(
    beyond value: Double, _ parameter: Int, _ sign: Double, _ minimizer: borrowing FamilyMinimizer
  ) -> [ClosedRange<Double>] {
    guard parameter >= minimizer.family.linearCount else { return [] }
    let all = minimizer.axes[parameter - minimizer.family.linearCount].ranges
    return sign > 0
      ? all.filter { $0.upperBound >= value } : all.filter { $0.lowerBound <= value }.reversed()
  }
}

/// Fits along one parameter, each started from the one before.
private struct ProfileWalk {
  let interval: ProfileInterval
  let parameter: Int
  var warm: ParameterVector
  var improved: ParameterVector?
  var isAtBound = false

  /// < 0 inside the interval, 0 at its end; `nil` where no fit is found.
  mutating func excess(at value: Double, _ minimizer: borrowing FamilyMinimizer) -> Double? {
    let constraint = minimizer.unconstrained.holding(parameter, at: value)
    guard
      let found = try? minimizer.minimum(
        of: interval.problem, constraint, warm: warm, step: TrustRegionSolver.coarseStep)
    else { return nil }
    warm = found.point
    isAtBound = !found.atBound.isEmpty
    let growth = found.rss - interval.best.rss
    if growth < -1e-7 * interval.best.rss, growth < -1e-9 * interval.allowance { improved = found.point }
    return (max(0, growth) / interval.allowance).squareRoot() - 1
  }

  mutating func root(
    from inner: Double, to outer: Double, tolerance: Double, _ minimizer: borrowing FamilyMinimizer
  ) -> ProfileInterval.End {
    let first = excess(at: inner, minimizer)
    guard let first, first < 0 else { return .notIdentified }
    var failed = false
    let end = try? ScalarSearch.root(
      of: { value in
        let excess = excess(at: value, minimizer)
        if excess == nil { failed = true }
        return excess ?? 1
      }, from: inner, to: outer, tolerance: tolerance)
    if let improved { return .improved(improved) }
    guard let end, !failed else { return .notIdentified }
    // With another parameter stopped at its bound, the end is the domain's and not the data's.
    guard let last = excess(at: end, minimizer), last.isFinite, !isAtBound else { return .notIdentified }
    return .at(end)
  }
}
