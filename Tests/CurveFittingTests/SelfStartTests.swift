import CurveFitting
import RoutingCore
import Testing

/// Points exactly on a curve give its parameters back, whatever the family, and nobody gives a start.
struct SelfStartTests {
  @Test("Points on a curve give its parameters", arguments: TrueCurve.all)
  func parameters(_ truth: TrueCurve) throws {
    let fit = try CurveFitter(truth.data()).fit(truth.family, hasIntervals: false).fit
    for (own, expected) in zip(fit.parameters, truth.parameters) {
      #expect(abs(own.value - expected) <= 1e-6 * max(abs(expected), 1e-3), "\(own.name)")
    }
  }

  @Test("The same curve in other units has the same parameters in those units", arguments: TrueCurve.all)
  func units(_ truth: TrueCurve) throws {
    let data = CurveData(
      points: zip(truth.x, truth.y).map { CurvePoint(x: $0, y: 1e6 * $1) }, errors: .unknown)
    let fitted = try CurveFitter(data).fit(truth.family, hasIntervals: false)
    for (x, y) in zip(truth.x, truth.y) { #expect(abs(fitted.value(at: x) - 1e6 * y) <= 1e-3) }
  }

  @Test("The chosen family of points on a curve goes through the points", arguments: TrueCurve.all)
  func choice(_ truth: TrueCurve) throws {
    let errors = TrueCurve.equicorrelated(truth.x.count, correlation: 0.6, deviation: 0.0001)
    let chosen = try #require(CurveFitter(truth.data(errors: errors)).fits(hasIntervals: false).chosen)
    for (x, y) in zip(truth.x, truth.y) { #expect(abs(chosen.value(at: x) - y) <= 0.0005) }
  }

  @Test("The slope is the derivative", arguments: TrueCurve.all)
  func slope(_ truth: TrueCurve) throws {
    let fitted = try CurveFitter(truth.data()).fit(truth.family, hasIntervals: false)
    for x in truth.x {
      let step = 1e-4 * x
      let difference = (fitted.value(at: x + step) - fitted.value(at: x - step)) / (2 * step)
      #expect(abs(fitted.slope(at: x) - difference) <= 1e-6 * max(abs(difference), 1e-4))
    }
  }

  @Test("Standard errors agree with finite differences of the curve", arguments: TrueCurve.all)
  func jacobian(_ truth: TrueCurve) throws {
    // With σ = 1, the covariance is (JᵀJ)⁻¹; the curve's own differences must give its inverse.
    let data = CurveData(
      points: zip(truth.x, truth.y).map { CurvePoint(x: $0, y: $1, standardError: 1) }, errors: .independent)
    let fitted = try CurveFitter(data).fit(truth.family, hasIntervals: false)
    let count = truth.parameters.count
    var information = [Double](repeating: 0, count: count * count)
    for x in truth.x {
      let gradient = (0..<count).map { Differences.gradient(of: truth.family, truth.parameters, $0, at: x) }
      for row in 0..<count {
        for column in 0..<count { information[row * count + column] += gradient[row] * gradient[column] }
      }
    }
    for row in 0..<count {
      for column in 0..<count {
        var product = 0.0
        for inner in 0..<count {
          product +=
            try #require(fitted.covariance[row * count + inner]) * information[inner * count + column]
        }
        #expect(abs(product - (row == column ? 1 : 0)) <= 2e-3)
      }
    }
  }
}
