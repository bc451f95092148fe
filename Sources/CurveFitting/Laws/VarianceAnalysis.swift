package import RoutingCore

/// From a measured variance to the laws compared with it.
package struct VarianceAnalysis: Sendable {
  let workload: String
  /// The aggregator's id.
  let source: String
  let measurement: VarianceMeasurement
  /// Of the models' scores; `nil` where it is not known.
  let correlation: ModelCorrelation?

  package init(
    workload: String, source: String, measurement: VarianceMeasurement, correlation: ModelCorrelation?
  ) {
    self.workload = workload
    self.source = source
    self.measurement = measurement
    self.correlation = correlation
  }

  /// For `mean` the laws hold by algebra, so nothing is fitted (Scheme.md, "Variance laws"); for merges they are compared.
  package func curve() -> VarianceCurve {
    let isMean = source == "mean"
    let fits = isMean ? nil : Self.fits(measurement)
    let chosen = fits?.chosen
    let rho = isMean ? algebraicRho : fits.flatMap(Self.fittedRho)
    let words = VarianceWords(measurement: measurement, source: source, correlation: correlation, fits: fits)
    return VarianceCurve(
      workload: workload, source: source, kind: measurement.kind, points: measurement.points,
      laws: fits?.outcomes ?? [], chosen: chosen?.fit.family, rho: rho,
      effectiveCandidates: rho.map(effective) ?? [], rows: measurement.rows, text: words.text)
  }

  /// Only the variance across queries of the mean of k answers has ρ in it.
  private var algebraicRho: VarianceCurve.Correlation? {
    guard measurement.kind == .across else { return nil }
    return correlation.map { VarianceCurve.Correlation(value: $0.rho, low: $0.low, high: $0.high) }
  }

  private static func fittedRho(_ fits: CurveFits) -> VarianceCurve.Correlation? {
    guard let law = fits.fitted.first(where: { $0.fit.family == "correlated" }),
      let rho = law.fit.parameters.first(where: { $0.name == "rho" })
    else { return nil }
    return VarianceCurve.Correlation(value: rho.value, low: rho.low, high: rho.high)
  }

  /// Only a ρ from 0 to 1 is a correlation that k answers could share.
  private func effective(_ rho: VarianceCurve.Correlation) -> [(k: Int, value: Double)] {
    guard (0...1).contains(rho.value) else { return [] }
    return measurement.points.map { point in
      (point.k, Double(point.k) / (1 + Double(point.k - 1) * rho.value))
    }
  }

  /// Points that do not vary at all (one set of all within a query) are left out of the fit.
  static func fits(_ measurement: VarianceMeasurement) -> CurveFits? {
    let n = measurement.points.count
    let kept = measurement.points.indices.filter { measurement.points[$0].standardError > 0 }
    let covariance = kept.flatMap { row in kept.map { measurement.covariance[row * n + $0] } }
    let points = kept.map { index in
      let point = measurement.points[index]
      return CurvePoint(x: Double(point.k), y: point.value, standardError: point.standardError)
    }
    guard
      let problem = try? CurveProblem(
        CurveData(points: points, errors: .correlated(covariance: covariance, isGiven: false)))
    else { return nil }
    var laws: [any CurveFamily] = [IndependentLaw(), CorrelatedLaw()]
    if measurement.poolCount > 1 { laws.append(FinitePoolLaw(pool: measurement.poolCount)) }
    let fitter = FamilyFitter(problem: problem, hasIntervals: true)
    return CurveFits(
      laws.map { law -> CurveFits.Outcome in
        do throws(FitError) {
          return .success(try fitter.fit(law))
        } catch {
          return .failure(CurveFits.Skip(family: law.name, error: error))
        }
      })
  }
}
