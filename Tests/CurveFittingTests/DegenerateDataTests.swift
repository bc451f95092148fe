import CurveFitting
import RoutingCore
import Testing

/// Points that say little, repeat each other or lie on a line: the answer is finite, and says what it lacks.
struct DegenerateDataTests {
  /// Two points that share all of their noise but a part.
  private func twins(apart: Double) -> CurveData {
    let x: [Double] = [1, 2, 3, 4, 5, 6]
    let y = [0.60, 0.60, 0.65, 0.68, 0.69, 0.70]
    let n = x.count
    var covariance = (0..<n * n).map { 0.0004 * ($0 / n == $0 % n ? 1 : 0.8) }
    covariance[1] = 0.0004 * (1 - apart)
    covariance[n] = covariance[1]
    for other in 2..<n {
      for twin in 0..<2 {
        covariance[twin * n + other] = 0.0004 * 0.8
        covariance[other * n + twin] = 0.0004 * 0.8
      }
    }
    return CurveData(
      points: zip(x, y).map { CurvePoint(x: $0, y: $1) },
      errors: .correlated(covariance: covariance, isGiven: false))
  }

  private func isFinite(_ fit: FamilyFit) -> Bool {
    let figures = [fit.rss, fit.aic, fit.weight] + [fit.chiSquare, fit.pValue].compactMap { $0 }
    let parameters = fit.parameters.flatMap { parameter in
      [parameter.value] + [parameter.standardError, parameter.low, parameter.high].compactMap { $0 }
    }
    return (figures + parameters).allSatisfy(\.isFinite)
  }

  @Test("Points that repeat each other lower the rank and leave every figure finite")
  func repeated() throws {
    let fitter = try CurveFitter(twins(apart: 0))
    #expect(fitter.rank == 5)
    let fits = fitter.fits()
    #expect(fits.fitted.count >= 7)
    for fitted in fits.fitted { #expect(isFinite(fitted.fit), "\(fitted.fit)") }
  }

  @Test(
    "Nearly equal points give nearly the answer of ones a little further apart",
    arguments: [1e-4, 1e-5, 1e-6])
  func nearlyEqual(_ apart: Double) throws {
    let near = try CurveFitter(twins(apart: apart)).fit("linear", hasIntervals: false)
    let further = try CurveFitter(twins(apart: 2 * apart)).fit("linear", hasIntervals: false)
    #expect(isFinite(near.fit))
    for (left, right) in zip(near.fit.parameters, further.fit.parameters) {
      #expect(abs(left.value - right.value) < 0.01)
    }
  }

  @Test("A straight line leaves a saturating curve at the end of its domain, and says so")
  func straight() throws {
    let data = CurveData(
      points: (1...8).map { CurvePoint(x: Double($0), y: 0.1 * Double($0), standardError: 0.01) },
      errors: .independent)
    let fit = try CurveFitter(data).fit("saturating-exponential").fit
    let tau = try #require(fit.parameters.first { $0.name == "tau" })
    #expect(tau.isAtBound)
    #expect(tau.standardError == nil)
    #expect(tau.high == nil)
    #expect(isFinite(fit))
  }

  @Test("Flat points: no figure is lost, and the shape is not identified")
  func flat() throws {
    let data = CurveData(
      points: (1...8).map { CurvePoint(x: Double($0), y: 0.5, standardError: 0.01) }, errors: .independent)
    let fits = try CurveFitter(data).fits()
    #expect(fits.chosen?.fit.family == "constant")
    for fitted in fits.fitted {
      #expect(isFinite(fitted.fit), "\(fitted.fit)")
      if fitted.fit.family == "saturating-exponential" {
        let tau = try #require(fitted.fit.parameters.last)
        #expect(tau.low == nil && tau.high == nil)
      }
    }
  }

  @Test("All points 0, without errors")
  func zeros() throws {
    let data = CurveData(points: (1...8).map { CurvePoint(x: Double($0), y: 0) }, errors: .unknown)
    let fits = try CurveFitter(data).fits()
    #expect(fits.chosen?.fit.family == "constant")
    for fitted in fits.fitted { #expect(isFinite(fitted.fit), "\(fitted.fit)") }
  }

  @Test("Any points give finite figures", arguments: 0..<40)
  func anything(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let count = 4 + seed % 5
    let size = [1e-6, 1, 1e6][seed % 3]
    let points = (0..<count).map { index in
      CurvePoint(
        x: Double(index + 1) * (seed % 2 == 0 ? 1 : 50), y: size * draws.normal(), standardError: size)
    }
    for errors in [CurveData.Errors.unknown, .independent] {
      let fits = try CurveFitter(CurveData(points: points, errors: errors)).fits()
      #expect(!fits.fitted.isEmpty)
      for fitted in fits.fitted { #expect(isFinite(fitted.fit), "\(fitted.fit)") }
      for skip in fits.skips {
        if case .tooFewPoints = skip.error { continue }
        Issue.record("\(skip.error)")
      }
    }
  }
}
