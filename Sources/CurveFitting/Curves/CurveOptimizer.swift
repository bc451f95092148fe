import RoutingCore

/// The optimum of a fitted curve, with the interval that refitted replicates give.
struct CurveOptimizer {
  let sample: CurveSample
  let fitted: FittedFamily
  let problem: CurveProblem
  let lambda: Double

  /// Replicates that are refitted (Curves.md, "Fitting").
  private static let replicates = 500

  func optimum() -> CurveOptimum? {
    let measured = sample.measured
    guard measured.count > 1 else { return nil }
    let search = OptimumSearch(places: measured.map(\.x), lambda: lambda, isWhole: sample.slice.axis.isWhole)
    guard let best = search.best(costs: measured.map(\.cost), curve: { fitted.value(at: $0) }) else {
      return nil
    }
    let (low, high) = refitted(search).map { ($0.low, $0.high) } ?? (nil, nil)
    let place = search.measured(scores: measured.map(\.score), costs: measured.map(\.cost))
    let picks = (measured.first?.scores ?? []).indices.map { replicate in
      let pick = search.measured(
        scores: measured.map { $0.scores[replicate] }, costs: measured.map { $0.costs[replicate] })
      return measured[pick].x
    }
    guard !picks.isEmpty else { return nil }
    let spread = Estimate.percentileInterval(picks)
    let isWithin = (low ?? -.infinity)...(high ?? .infinity) ~= measured[place].x
    return CurveOptimum(
      lambda: lambda, x: best.x, low: low, high: high,
      isAtEdge: best.x <= measured[0].x || best.x >= measured[measured.count - 1].x,
      objective: best.objective, measured: (measured[place].x, spread.low, spread.high),
      agrees: isWithin || (spread.low...spread.high ~= best.x))
  }

  /// Percentiles over the first replicates; `nil` where more than a tenth of them could not be fitted.
  private func refitted(_ search: OptimumSearch) -> (low: Double, high: Double)? {
    guard let minimizer = try? FamilyMinimizer(fitted.family, for: problem) else { return nil }
    let count = min(Self.replicates, sample.measured.first?.scores.count ?? 0)
    var found: [Double] = []
    for replicate in 0..<count {
      let again = CurveProblem(problem, y: sample.fitted.map { sample.measured[$0].scores[replicate] })
      guard
        let minimum = try? minimizer.minimum(
          of: again, minimizer.unconstrained, warm: fitted.point, step: TrustRegionSolver.coarseStep),
        let best = search.best(
          costs: sample.measured.map { $0.costs[replicate] },
          curve: { fitted.family.value($0, minimum.point) })
      else { continue }
      found.append(best.x)
    }
    guard count > 0, 10 * found.count >= 9 * count else { return nil }
    return Estimate.percentileInterval(found)
  }
}
