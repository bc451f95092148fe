import RoutingCore
import Testing

@Suite struct SufficientBudgetTests {
  private func loss(_ boot: Int32, _ mean: Double, _ low: Double, _ high: Double) -> (
    boot: BootBudget, loss: Estimate
  ) {
    var estimate = Estimate(mean: mean, replicates: [low, high])
    estimate.standardError = (high - low) / 3.92
    return (.tokens(boot), estimate)
  }

  private func verdict(_ losses: [(boot: BootBudget, loss: Estimate)], queries: Int = 400)
    -> SufficientBudget.Verdict
  {
    SufficientBudget(selector: "s", k: 1, margin: 0.01, losses: losses, queries: queries).verdict
  }

  @Test("The smallest budget whose loss lies wholly below the margin is taken")
  func smallest() {
    #expect(
      verdict([loss(25, 0.02, 0.01, 0.03), loss(50, 0, -0.01, 0.009), loss(100, 0, -0.01, 0.005)])
        == .budget(.tokens(50)))
  }

  @Test("Where every loss lies above the margin only full answers do")
  func none() {
    #expect(verdict([loss(25, 0.05, 0.03, 0.07), loss(50, 0.03, 0.02, 0.04)]) == .fullOnly)
  }

  @Test("Between the two, the queries that would tell shrink the interval to the margin")
  func cannotTell() {
    // se 0.01 at 400 queries; 0.01 − 0.005 must hold 1.96 of them: 400 · (1.96 · 0.01 / 0.005)² = 6146.56.
    #expect(verdict([loss(25, 0.005, -0.0146, 0.0246)]) == .cannotTell(queries: 6147))
  }

  @Test("A loss above the margin on average needs no number of queries")
  func hopeless() {
    #expect(verdict([loss(25, 0.02, -0.02, 0.06)]) == .cannotTell(queries: nil))
  }
}
