import RoutingCore
import Testing

@Suite struct IntervalTests {
  @Test(
    "Bounds are the ⌈0.025 R⌉-th and ⌈0.975 R⌉-th smallest of R",
    arguments: [
      (1, 1, 1), (2, 1, 2), (39, 1, 39), (40, 1, 39), (41, 2, 40), (80, 2, 78), (100, 3, 98), (1000, 25, 975),
      (2000, 50, 1950), (2001, 51, 1951),
    ])
  func bounds(count: Int, low: Int, high: Int) {
    let interval = Estimate.percentileInterval((1...count).reversed().map(Double.init))
    #expect(interval.low == Double(low))
    #expect(interval.high == Double(high))
  }

  @Test("The standard error is the standard deviation of the replicates, with n − 1")
  func standardError() {
    // Squares about 2.5: 2.25 + 0.25 + 0.25 + 2.25 = 5, over 3.
    let estimate = Estimate(mean: 7, replicates: [1, 2, 3, 4])
    #expect(abs(estimate.standardError - (5.0 / 3).squareRoot()) < 1e-15)
    #expect(estimate.mean == 7)
    #expect(Estimate.standardDeviation([5]) == 0)
  }
}
