package import RoutingCore

/// From points to a fitted curve with everything outputs say about it.
package struct CurveAnalysis: Sendable {
  /// Families to fit; `nil` = all.
  package var families: [String]?
  package var throughOrigin = false
  /// Score per cost unit; `nil` = no optimum is asked for.
  package var lambda: Double?

  package init() {}

  /// A slice of a trace's policies.
  /// - Throws: `FitError` for a family that is not known.
  package func curve(_ sample: CurveSample, workload: String) throws(FitError) -> FittedCurve {
    let data = sample.data
    let axis = sample.slice.axis
    guard data.points.count > 1 || sample.measured.count < 2 else {
      return unfitted(
        sample, workload,
        note: "all points are equal on every query: the score does not depend on \(axis.rawValue)")
    }
    let fitter: CurveFitter
    do {
      fitter = try CurveFitter(data, families: families, throughOrigin: throughOrigin)
    } catch FitError.unknownFamily(let name, let known) {
      throw .unknownFamily(name: name, known: known)
    } catch {
      return unfitted(sample, workload, note: error.description)
    }
    let fits = fitter.fits()
    let chosen = fits.chosen
    let optimum = chosen.flatMap { fitted in
      lambda.flatMap {
        CurveOptimizer(sample: sample, fitted: fitted, problem: fitter.problem, lambda: $0).optimum()
      }
    }
    let words = CurveWords(fits: fits, chosen: chosen, points: data.points.count, rank: fitter.rank)
    return FittedCurve(
      workload: workload, along: axis.rawValue, slice: sample.slice.name, points: readings(sample, data),
      rank: fitter.rank, families: fits.outcomes, chosen: chosen?.fit.family, asymptote: chosen?.asymptote,
      marginalGain: chosen.map { gain($0, data, axis: axis) }, optimum: optimum,
      line: chosen.map { line($0, data) } ?? [],
      notes: words.notes + (optimum.map { [words.agreement($0, axis: axis)] } ?? []))
  }

  private func unfitted(_ sample: CurveSample, _ workload: String, note: String) -> FittedCurve {
    FittedCurve(
      workload: workload, along: sample.slice.axis.rawValue, slice: sample.slice.name,
      points: readings(sample, sample.data), rank: sample.fitted.count, families: [], chosen: nil,
      asymptote: nil, marginalGain: nil, optimum: nil, line: [], notes: [note])
  }

  /// Points from a table; x is called `along`.
  /// - Throws: `FitError` for points that are none, or where no family can be fitted to them.
  package func curve(_ data: CurveData, along: String) throws(FitError) -> FittedCurve {
    let fitter = try CurveFitter(data, families: families, throughOrigin: throughOrigin)
    let fits = fitter.fits()
    guard let chosen = fits.chosen else {
      throw fits.skips.first?.error
        ?? .tooFewPoints(family: "a curve", parameters: 1, needed: 3, found: data.points.count, isRank: false)
    }
    let words = CurveWords(fits: fits, chosen: chosen, points: data.points.count, rank: fitter.rank)
    return FittedCurve(
      workload: nil, along: along, slice: "",
      points: data.points.map { .init(x: $0.x, y: $0.y, standardError: $0.standardError) },
      rank: fitter.rank, families: fits.outcomes, chosen: chosen.fit.family, asymptote: chosen.asymptote,
      marginalGain: gain(chosen, data, axis: nil), optimum: nil, line: line(chosen, data), notes: words.notes)
  }

  private func readings(_ sample: CurveSample, _ data: CurveData) -> [FittedCurve.Reading] {
    var readings: [FittedCurve.Reading] = []
    for (index, point) in sample.measured.enumerated() {
      let place = sample.fitted.firstIndex(of: index)
      let twin = place == nil ? sample.twin(of: index).map { sample.measured[$0].x } : nil
      readings.append(
        FittedCurve.Reading(
          x: point.x, y: point.score,
          standardError: place.map { data.points[$0].standardError } ?? point.standardError,
          cost: lambda == nil ? nil : point.cost, isFitted: place != nil,
          remark: twin.map { "equal to \(CurveWords.number($0)) on every query" }))
    }
    if let full = sample.drawn {
      readings.append(
        FittedCurve.Reading(
          x: full.x, y: full.score, standardError: full.standardError,
          cost: lambda == nil ? nil : full.cost, isFitted: false,
          remark: "full, at the mean output length"))
    }
    return readings
  }

  /// 100 tokens, one candidate, one layer; a unit of x for points from a table.
  private func gain(_ fitted: FittedFamily, _ data: CurveData, axis: CurveAxis?) -> MarginalGain {
    let places = Support(data.points.map(\.x)).x
    switch axis {
    case .k, .layers:
      let steps = places.dropLast().map { ($0, fitted.value(at: $0 + 1) - fitted.value(at: $0)) }
      return MarginalGain(step: 1, values: steps.filter { $0.1.isFinite })
    case .boot, nil:
      let step = axis == nil ? 1.0 : 100
      let steps = places.map { ($0, step * fitted.slope(at: $0)) }
      return MarginalGain(step: step, values: steps.filter { $0.1.isFinite })
    }
  }

  private func line(_ fitted: FittedFamily, _ data: CurveData) -> [CurvePoint] {
    let support = Support(data.points.map(\.x))
    return ShapeAxis.even(from: support.low, to: support.high, count: 41)
      .map { CurvePoint(x: $0, y: fitted.value(at: $0), standardError: fitted.standardError(at: $0)) }
      .filter { $0.y.isFinite }
  }
}
