import RoutingCore

/// What a variance curve says.
struct VarianceWords {
  let measurement: VarianceMeasurement
  let source: String
  let correlation: ModelCorrelation?
  let fits: CurveFits?

  var text: String {
    let parts = source == "mean" ? [algebra] : merge
    return (parts + sampling).joined(separator: "; ")
  }

  private var algebra: String {
    switch measurement.kind {
    case .within: return "by algebra the variance is (σ²/k)(N−k)/(N−1); nothing is fitted"
    case .samples: return "the noise of repeated recordings; nothing is fitted"
    case .across: break
    }
    guard let correlation else { return "the scores do not vary; there is no correlation to speak of" }
    let range =
      "ρ = \(Figures.short(correlation.rho)) (\(Figures.short(correlation.low)) to \(Figures.short(correlation.high)))"
    let law =
      "by algebra the variance is σ²(ρ + (1−ρ)/k) with σ² = \(Figures.short(correlation.variance)) and \(range)"
    return correlation.rejectsIndependence
      ? "\(law): independence, σ²/k, is rejected"
      : "\(law): independence, σ²/k, is not rejected"
  }

  private var merge: [String] {
    guard let fits else { return ["too few points to compare laws"] }
    guard let chosen = fits.chosen else {
      return ["no law can be fitted: \(fits.skips.first.map { "\($0.error)" } ?? "too few points")"]
    }
    var parts = ["the laws are for averages and not derived for merges"]
    if let iid = fits.fitted.first(where: { $0.fit.family == "iid" }), let p = iid.fit.pValue {
      parts.append(
        p < 0.05
          ? "independence, σ²/k, is rejected (\(CurveWords.probability(p)))"
          : "independence, σ²/k, is not rejected (\(CurveWords.probability(p)))")
    }
    if let p = chosen.fit.pValue {
      parts.append(
        p < 0.05
          ? "\(chosen.fit.family) comes closest, but does not describe the points (\(CurveWords.probability(p)))"
          : "\(chosen.fit.family) describes them best (\(CurveWords.probability(p)))")
    }
    if measurement.points.contains(where: { $0.standardError == 0 }) {
      parts.append("points that cannot vary are not fitted")
    }
    return parts
  }

  private var sampling: [String] {
    measurement.samplingError.map { error in
      ["sets were sampled, which adds an error of up to \(Figures.short(100 * error)) % of a point"]
    } ?? []
  }
}
