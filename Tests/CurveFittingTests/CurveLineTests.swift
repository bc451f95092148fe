import CurveFitting
import RoutingCore
import Testing

@Suite struct CurveLineTests {
  /// σ² (1/n + (x − x̄)²/Sxx) for a straight line with known, equal errors: here x̄ = 3, Sxx = 10, σ = 0.2.
  @Test("The drawn line carries the textbook error of a straight line")
  func straight() throws {
    let points = [1.0, 2, 3, 4, 5].map { CurvePoint(x: $0, y: 2 * $0 + 1, standardError: 0.2) }
    var analysis = CurveAnalysis()
    analysis.families = ["linear"]
    let curve = try analysis.curve(CurveData(points: points, errors: .independent), along: "x")
    #expect(curve.line.first?.x == 1 && curve.line.last?.x == 5)
    for point in curve.line {
      let expected = 0.2 * (0.2 + (point.x - 3) * (point.x - 3) / 10).squareRoot()
      let found = try #require(point.standardError)
      #expect(abs(found - expected) < 1e-9)
      #expect(abs(point.y - 2 * point.x - 1) < 1e-9)
    }
  }
}
