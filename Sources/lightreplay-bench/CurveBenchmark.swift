import CurveFitting
import RoutingCore

/// All families, intervals included, on 100 curves of 6 correlated points; one core.
enum CurveBenchmark {
  private static let curves = 100
  private static let budgets: [Double] = [25, 50, 100, 150, 200, 400]

  static func run() async throws {
    let data = (0..<curves).map { curve(UInt64($0)) }
    let seconds = try await Benchmark.fastest(of: 3) {
      for points in data { _ = try CurveFitter(points).fits() }
    }
    print("curves     all families on \(curves) curves of \(budgets.count) points, 1 thread: \(seconds) s")
  }

  /// A saturating rise with noise that the points mostly share.
  private static func curve(_ seed: UInt64) -> CurveData {
    let random = Philox(seed: 17)
    func noise(_ draw: UInt32) -> Double {
      // Twelve uniforms less six: close enough to normal for a timing.
      (0..<12).reduce(-6) { sum, part in
        sum + Double(random.bits(item: seed, draw: draw * 12 + part) >> 11) / 9_007_199_254_740_992
      }
    }
    let shared = noise(0)
    let points = budgets.enumerated().map { index, x in
      let rise = 0.85 - 0.5 * 80 / (80 + x)
      return CurvePoint(x: x, y: rise + 0.02 * (0.9 * shared + 0.4 * noise(UInt32(index + 1))))
    }
    let n = points.count
    let covariance = (0..<n * n).map { 0.0004 * ($0 / n == $0 % n ? 0.97 : 0.81) }
    return CurveData(points: points, errors: .correlated(covariance: covariance, isGiven: false))
  }
}
