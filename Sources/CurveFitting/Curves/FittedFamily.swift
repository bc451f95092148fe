package import RoutingCore

/// A family fitted to points: its figures, and the curve itself.
package struct FittedFamily: Sendable {
  package internal(set) var fit: FamilyFit
  /// Covariance of the parameters, row by row; `nil` where the data do not determine it.
  package let covariance: [Double?]
  let family: any CurveFamily
  let point: ParameterVector

  package func value(at x: Double) -> Double { family.value(x, point) }
  package func slope(at x: Double) -> Double { family.slope(x, point) }

  /// Of the curve at x, by the delta method; `nil` where some parameter's error is not known.
  func standardError(at x: Double) -> Double? {
    let gradient = family.gradient(x, point)
    let count = family.parameters.count
    var variance = 0.0
    for row in 0..<count {
      for column in 0..<count {
        guard let entry = covariance[row * count + column] else { return nil }
        variance += gradient[row] * entry * gradient[column]
      }
    }
    return variance.isFinite && variance >= 0 ? variance.squareRoot() : nil
  }

  package var asymptote: Double? { family.asymptote(point).flatMap { $0.isFinite ? $0 : nil } }
}

/// Fits one family.
struct FamilyFitter {
  let problem: CurveProblem
  /// Interval ends cost a few dozen fits each.
  let hasIntervals: Bool

  /// How often a better minimum met on the way to an interval's end is followed.
  private static let restarts = 3

  /// - Throws: `FitError` where the family cannot be fitted to the points.
  func fit(_ family: any CurveFamily) throws(FitError) -> FittedFamily {
    let minimizer = try FamilyMinimizer(family, for: problem)
    var warm: ParameterVector?
    for restart in 0...Self.restarts {
      let best = try minimizer.minimum(of: problem, minimizer.unconstrained, warm: warm)
      var better: ParameterVector?
      let fitted = try describe(best, minimizer, &better, mayRestart: restart < Self.restarts)
      guard let better else { return fitted }
      warm = better
    }
    throw .notConverged(family: family.name, starts: Self.restarts + 1)
  }

  private func describe(
    _ best: FamilyMinimum, _ minimizer: borrowing FamilyMinimizer, _ better: inout ParameterVector?,
    mayRestart: Bool
  ) throws(FitError) -> FittedFamily {
    let family = minimizer.family
    let count = family.parameters.count
    let freedom = problem.rank - count
    let variance = problem.hasErrors ? 1 : best.rss / Double(freedom)
    let free = (0..<count).filter { !best.atBound.contains($0) }
    let residuals = CurveResiduals(family: family, problem: problem, axes: minimizer.axes)
    let covariance = try ParameterCovariance(
      jacobian: residuals.jacobian(best.point, free), free: free, count: count, variance: variance)
    let parameters = parameters(best, covariance, variance, minimizer, &better, mayRestart: mayRestart)
    let plain = zip(problem.x, problem.y).reduce(0.0) { sum, point in
      let residual = family.value(point.0, best.point) - point.1
      return sum + residual * residual
    }
    let fit = FamilyFit(
      family: family.name, formula: family.formula, parameters: parameters, rss: plain,
      chiSquare: problem.hasErrors ? best.rss : nil,
      pValue: problem.hasErrors ? Distributions.chiSquareTail(best.rss, degreesOfFreedom: freedom) : nil,
      degreesOfFreedom: freedom, aic: aic(best.rss, parameters: count), weight: 0,
      isNearSingular: covariance.isNearSingular)
    return FittedFamily(fit: fit, covariance: covariance.entries, family: family, point: best.point)
  }

  /// Values, errors and intervals. Stops short where a better minimum is met that may still be followed.
  private func parameters(
    _ best: FamilyMinimum, _ covariance: ParameterCovariance, _ variance: Double,
    _ minimizer: borrowing FamilyMinimizer, _ better: inout ParameterVector?, mayRestart: Bool
  ) -> [CurveParameter] {
    let family = minimizer.family
    let freedom = problem.rank - family.parameters.count
    let quantile =
      problem.hasErrors
      ? Distributions.chiSquare95 : Distributions.fisher95(degreesOfFreedom: freedom)
    let profile = ProfileInterval(problem: problem, best: best, allowance: quantile * variance)
    var parameters: [CurveParameter] = []
    for (index, name) in family.parameters.enumerated() {
      let error = covariance.standardError(index)
      var ends: (low: Double?, high: Double?) = (nil, nil)
      if hasIntervals {
        let reach = error.map { $0 * quantile.squareRoot() }
        (ends.low, ends.high) = interval(index, reach, profile, minimizer, &better)
        if better != nil, mayRestart { break }
      }
      parameters.append(
        CurveParameter(
          name: name, value: best.point[index], standardError: error, low: ends.low, high: ends.high,
          isAtBound: best.atBound.contains(index)))
    }
    if !mayRestart { better = nil }
    return parameters
  }

  private func interval(
    _ parameter: Int, _ reach: Double?, _ profile: ProfileInterval, _ minimizer: borrowing FamilyMinimizer,
    _ better: inout ParameterVector?
  ) -> (low: Double?, high: Double?) {
    let value = profile.best.point[parameter]
    guard profile.allowance > 0 else { return (value, value) }
    if minimizer.family.shapeCount == 0 {
      // On a linear family the profile is a parabola.
      return reach.map { (value - $0, value + $0) } ?? (nil, nil)
    }
    let step = reach.flatMap { $0 > 0 && $0.isFinite ? $0 : nil } ?? max(abs(value) / 4, 1e-6)
    var ends: [Double?] = []
    for sign in [-1.0, 1] {
      switch profile.end(of: parameter, step: step, sign: sign, minimizer) {
      case .at(let end): ends.append(end)
      case .notIdentified: ends.append(nil)
      case .improved(let point):
        better = point
        ends.append(nil)
      }
    }
    return (ends[0], ends[1])
  }

  /// χ² + 2p with known errors, else AICc (Hurvich and Tsai 1989); parameters of the curve only.
  private func aic(_ rss: Double, parameters: Int) -> Double {
    let p = Double(parameters)
    if problem.hasErrors { return rss + 2 * p }
    let n = Double(problem.rank)
    // A perfect fit has no scatter left to take the logarithm of but rounding.
    let magnitude = max(problem.y.map(abs).max() ?? 0, 1e-140)
    let floor = n * (1e-15 * magnitude) * (1e-15 * magnitude)
    return n * logarithm(max(rss, floor) / n) + 2 * p + 2 * p * (p + 1) / (n - p - 1)
  }
}
