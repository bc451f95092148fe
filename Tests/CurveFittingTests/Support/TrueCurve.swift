import CurveFitting
import RoutingCore
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A curve with known parameters, written down independently of the library's families.
struct TrueCurve: Sendable, CustomTestStringConvertible {
  let family: String
  let parameters: [Double]
  let x: [Double]
  let value: @Sendable (Double) -> Double

  var testDescription: String { "\(family) \(parameters)" }
  var y: [Double] { x.map(value) }

  func data(plus noise: [Double]? = nil, errors: CurveData.Errors = .unknown) -> CurveData {
    let points = zip(x, y).enumerated().map { index, point in
      CurvePoint(x: point.0, y: point.1 + (noise?[index] ?? 0), standardError: nil)
    }
    return CurveData(points: points, errors: errors)
  }

  /// Points with the same variance and the same correlation between any two.
  static func equicorrelated(_ count: Int, correlation: Double, deviation: Double) -> CurveData.Errors {
    .correlated(
      covariance: (0..<count * count).map { place in
        deviation * deviation * (place / count == place % count ? 1 : correlation)
      }, isGiven: false)
  }

  /// e^{−x}.
  static func decay(_ x: Double) -> Double { exp(-x) }

  static let budgets: [Double] = [25, 50, 100, 150, 200, 300, 400]
  static let counts: [Double] = [1, 2, 3, 4, 5, 6, 7, 8]

  static let all: [TrueCurve] = [
    TrueCurve(family: "constant", parameters: [0.7], x: budgets) { _ in 0.7 },
    TrueCurve(family: "linear", parameters: [0.5, 0.0005], x: budgets) { 0.5 + 0.0005 * $0 },
    TrueCurve(family: "logarithmic", parameters: [0.3, 0.08], x: budgets) { 0.3 + 0.08 * log($0) },
    TrueCurve(family: "saturating-exponential", parameters: [0.85, 0.5, 80], x: budgets) {
      0.85 - 0.5 * exp(-$0 / 80)
    },
    TrueCurve(family: "saturating-exponential", parameters: [0.4, -0.3, 2], x: counts) {
      0.4 + 0.3 * exp(-$0 / 2)
    },
    TrueCurve(family: "power", parameters: [0.9, 1.5, 0.5], x: budgets) { 0.9 - 1.5 * pow($0, -0.5) },
    TrueCurve(family: "power", parameters: [0.1, -0.01, -0.7], x: budgets) { 0.1 + 0.01 * pow($0, 0.7) },
    TrueCurve(family: "hyperbolic", parameters: [0.8, 0.6, 60], x: budgets) { 0.8 - 0.6 / (1 + $0 / 60) },
    TrueCurve(family: "logistic", parameters: [0.9, 100, 40], x: budgets) {
      0.9 / (1 + exp(-($0 - 100) / 40))
    },
    TrueCurve(family: "logistic", parameters: [0.9, 200, -60], x: budgets) {
      0.9 / (1 + exp(($0 - 200) / 60))
    },
    TrueCurve(family: "rise-and-fall", parameters: [0.8, 0.6, 0.0004, 50], x: budgets) {
      0.8 - 0.6 * exp(-$0 / 50) - 0.0004 * $0
    },
  ]
}
