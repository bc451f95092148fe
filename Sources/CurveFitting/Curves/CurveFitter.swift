package import RoutingCore

/// Fits families to points and chooses among them (Curves.md, "Fitting").
package struct CurveFitter: Sendable {
  package let data: CurveData
  let problem: CurveProblem
  private let families: [String]
  private let throughOrigin: Bool

  /// A family must beat `constant` by this much in AIC to be chosen.
  package static let leadOverConstant = 4.0

  /// - Parameter families: names; `nil` = all.
  /// - Throws: `FitError` for points or errors that are none, and unknown names.
  package init(_ data: CurveData, families: [String]? = nil, throughOrigin: Bool = false) throws(FitError) {
    for name in families ?? [] { _ = try FamilyRegistry.family(name) }
    self.data = data
    problem = try CurveProblem(data)
    self.families = families ?? FamilyRegistry.names
    self.throughOrigin = throughOrigin
  }

  /// Independent points: fewer than the points where some follow from the others.
  package var rank: Int { problem.rank }

  /// One family.
  package func fit(_ name: String, hasIntervals: Bool = true) throws(FitError) -> FittedFamily {
    var family = try FamilyRegistry.family(name)
    if throughOrigin {
      guard let bent = OriginCurve(family) else { throw .noOriginForm(family: name) }
      family = bent
    }
    return try FamilyFitter(problem: problem, hasIntervals: hasIntervals).fit(family)
  }

  /// Every family asked for, with Akaike weights.
  package func fits(hasIntervals: Bool = true) -> CurveFits {
    var outcomes: [CurveFits.Outcome] = []
    for name in families {
      do throws(FitError) {
        outcomes.append(.success(try fit(name, hasIntervals: hasIntervals)))
      } catch {
        outcomes.append(.failure(CurveFits.Skip(family: name, error: error)))
      }
    }
    return CurveFits(outcomes)
  }
}

/// What became of a list of families on the same points.
package struct CurveFits: Sendable {
  package struct Skip: Error {
    package let family: String
    package let error: FitError
  }

  package typealias Outcome = Result<FittedFamily, Skip>

  package let outcomes: [FamilyOutcome]
  package let fitted: [FittedFamily]
  package let skips: [Skip]

  init(_ results: [Outcome]) {
    let best = results.compactMap { try? $0.get().fit.aic }.min() ?? 0
    let masses = results.map { result in
      (try? result.get()).map { exponential(-($0.fit.aic - best) / 2) } ?? 0
    }
    let total = masses.reduce(0, +)
    var fitted: [FittedFamily] = []
    var skips: [Skip] = []
    outcomes = zip(results, masses).map { result, mass in
      switch result {
      case .success(var family):
        family.fit.weight = mass / total
        fitted.append(family)
        return .fitted(family.fit)
      case .failure(let skip):
        skips.append(skip)
        return .skipped(family: skip.family, reason: skip.error.description)
      }
    }
    self.fitted = fitted
    self.skips = skips
  }

  /// The family with the smallest AIC; `constant` unless it is beaten by `CurveFitter.leadOverConstant`.
  package var chosen: FittedFamily? {
    guard var best = fitted.first else { return nil }
    for family in fitted.dropFirst() where family.fit.aic < best.fit.aic { best = family }
    guard let constant = fitted.first(where: { $0.fit.family == "constant" }) else { return best }
    return constant.fit.aic - best.fit.aic >= CurveFitter.leadOverConstant ? best : constant
  }
}
