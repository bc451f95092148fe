import CurveFitting
import RoutingCore
import Testing

/// Points nothing can be fitted to, each with a sentence.
struct ErrorTests {
  private func points(_ values: [(Double, Double)], sigma: Double? = nil) -> [CurvePoint] {
    values.map { CurvePoint(x: $0.0, y: $0.1, standardError: sigma) }
  }

  private let line: [(Double, Double)] = [(1, 1), (2, 2), (3, 2.5), (4, 4), (5, 5)]

  @Test("Fewer points than a family takes")
  func fewPoints() throws {
    let fitter = try CurveFitter(CurveData(points: points(Array(line.prefix(4))), errors: .unknown))
    #expect(
      throws: FitError.tooFewPoints(
        family: "saturating-exponential", parameters: 3, needed: 5, found: 4, isRank: false)
    ) { try fitter.fit("saturating-exponential") }
    #expect(throws: Never.self) { try fitter.fit("linear") }
  }

  @Test("With known errors a family takes one point more than parameters")
  func knownErrors() throws {
    let fitter = try CurveFitter(
      CurveData(points: points(Array(line.prefix(4)), sigma: 0.1), errors: .independent))
    #expect(throws: Never.self) { try fitter.fit("saturating-exponential") }
    #expect(
      throws: FitError.tooFewPoints(
        family: "rise-and-fall", parameters: 4, needed: 5, found: 4, isRank: false)
    ) { try fitter.fit("rise-and-fall") }
  }

  @Test("All x equal")
  func sameX() {
    #expect(throws: FitError.allXEqual(x: 2, points: 3)) {
      try CurveFitter(CurveData(points: points([(2, 1), (2, 2), (2, 3)]), errors: .unknown))
    }
  }

  @Test("Two different x do for a line, not for a curve")
  func twoX() throws {
    let fitter = try CurveFitter(
      CurveData(points: points([(1, 1), (1, 1.1), (2, 2), (2, 2.1), (2, 1.9)]), errors: .unknown))
    #expect(throws: Never.self) { try fitter.fit("linear") }
    #expect(throws: FitError.tooFewDistinct(family: "hyperbolic", needed: 3, found: 2)) {
      try fitter.fit("hyperbolic")
    }
  }

  @Test("A value that is not a number")
  func notFinite() {
    #expect(throws: FitError.notFinite(what: "y", point: 2)) {
      try CurveFitter(CurveData(points: points([(1, 1), (2, .nan), (3, 3)]), errors: .unknown))
    }
    #expect(throws: FitError.notFinite(what: "x", point: 3)) {
      try CurveFitter(CurveData(points: points([(1, 1), (2, 2), (.infinity, 3)]), errors: .unknown))
    }
  }

  @Test("A standard error that is none", arguments: [-0.1, 0, .infinity])
  func badSigma(_ sigma: Double) {
    #expect(throws: FitError.badStandardError(point: 1, value: sigma)) {
      try CurveFitter(CurveData(points: points(line, sigma: sigma), errors: .independent))
    }
  }

  @Test("A covariance that is not positive semidefinite is an error only when it was given")
  func indefinite() {
    let covariance: [Double] = [1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1]
    let three = points([(1, 1), (2, 2), (3, 3.5)])
    #expect {
      try CurveFitter(
        CurveData(points: three, errors: .correlated(covariance: covariance, isGiven: true)))
    } throws: { error in
      if case .notPositiveSemidefinite(let smallest, _)? = error as? FitError {
        // Of this matrix 1 − 2 · 0.9.
        abs(smallest + 0.8) < 1e-12
      } else {
        false
      }
    }
    #expect(throws: Never.self) {
      try CurveFitter(
        CurveData(points: three, errors: .correlated(covariance: covariance, isGiven: false)))
    }
  }

  @Test("A covariance that is not symmetric, or has a variance of 0")
  func badCovariance() {
    let two = points([(1, 1), (2, 2)])
    #expect(throws: FitError.asymmetricCovariance(row: 1, column: 2)) {
      try CurveFitter(
        CurveData(points: two, errors: .correlated(covariance: [1, 0.5, 0.4, 1], isGiven: true)))
    }
    #expect(throws: FitError.badVariance(point: 2, value: 0)) {
      try CurveFitter(
        CurveData(points: two, errors: .correlated(covariance: [1, 0, 0, 0], isGiven: true)))
    }
  }

  @Test("x = 0 for a logarithm or a power, and x < 0 for a hyperbola")
  func domain() throws {
    let fitter = try CurveFitter(
      CurveData(points: points([(-1, 0), (0, 1), (1, 2), (2, 2.5), (3, 2.8)]), errors: .unknown))
    #expect(throws: FitError.domain(family: "logarithmic", reason: "needs x > 0, found x = -1.0")) {
      try fitter.fit("logarithmic")
    }
    #expect(throws: FitError.domain(family: "power", reason: "needs x > 0, found x = -1.0")) {
      try fitter.fit("power")
    }
    #expect(throws: FitError.domain(family: "hyperbolic", reason: "needs x ≥ 0, found x = -1.0")) {
      try fitter.fit("hyperbolic")
    }
  }

  @Test("A family without a form through the origin, and one that does not exist")
  func families() throws {
    let data = CurveData(points: points(line), errors: .unknown)
    #expect(throws: FitError.noOriginForm(family: "logistic")) {
      try CurveFitter(data, throughOrigin: true).fit("logistic")
    }
    #expect(throws: FitError.unknownFamily(name: "cubic", known: FamilyRegistry.names)) {
      try CurveFitter(data, families: ["cubic"])
    }
  }

  @Test("A skipped family says why and the others are fitted")
  func skips() throws {
    let fits = try CurveFitter(CurveData(points: points(line), errors: .unknown)).fits()
    let skipped = fits.outcomes.filter { $0.fit == nil }.map(\.family)
    #expect(skipped == ["rise-and-fall"])
    let weights = fits.outcomes.compactMap(\.fit?.weight)
    #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
  }
}
