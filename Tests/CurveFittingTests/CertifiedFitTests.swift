import CurveFitting
import Testing

/// Against values certified to 11 digits by the NIST Statistical Reference Datasets; nobody gives a start.
struct CertifiedFitTests {
  private func fitted(_ reference: ReferenceData, hasIntervals: Bool = false) throws -> FittedFamily {
    try CurveFitter(reference.data, throughOrigin: reference.throughOrigin)
      .fit(reference.family, hasIntervals: hasIntervals)
  }

  @Test("Parameters agree to 8 digits", arguments: ReferenceData.all)
  func parameters(_ reference: ReferenceData) throws {
    let translated = reference.translation(try fitted(reference).fit.parameters.map(\.value))
    for (own, certified) in zip(translated, reference.certified) {
      #expect(abs(own.value - certified.value) <= 1e-8 * abs(certified.value))
    }
  }

  @Test("Standard errors agree to 6 digits", arguments: ReferenceData.all)
  func standardErrors(_ reference: ReferenceData) throws {
    let fitted = try fitted(reference)
    let count = fitted.fit.parameters.count
    let translated = reference.translation(fitted.fit.parameters.map(\.value))
    for (own, certified) in zip(translated, reference.certified) {
      var variance = 0.0
      for row in 0..<count {
        for column in 0..<count {
          let covariance = try #require(fitted.covariance[row * count + column])
          variance += own.gradient[row] * covariance * own.gradient[column]
        }
      }
      #expect(abs(variance.squareRoot() - certified.deviation) <= 1e-6 * certified.deviation)
    }
  }

  @Test("The residual sum of squares agrees to 9 digits", arguments: ReferenceData.all)
  func residuals(_ reference: ReferenceData) throws {
    let rss = try fitted(reference).fit.rss
    #expect(abs(rss - reference.rss) <= 1e-9 * reference.rss)
  }

  @Test("Intervals hold the estimate, and are identified on both sides", arguments: ReferenceData.all)
  func intervals(_ reference: ReferenceData) throws {
    for parameter in try fitted(reference, hasIntervals: true).fit.parameters {
      let low = try #require(parameter.low)
      let high = try #require(parameter.high)
      #expect(low < parameter.value && parameter.value < high)
    }
  }
}
