import RoutingCore
import Testing

@Suite struct RankAgreementTests {
  @Test("Pairs of equal scores count for neither side")
  func ties() {
    // 3 1 1 0 in this order: five pairs differ; all stand right.
    let perfect = RankAgreement(ranked: [900_000, 500_000, 500_000, 0])
    #expect(perfect.pairs == 5)
    #expect(perfect.concordant == 5)
    #expect(perfect.somersD == 1)
    // Five of six pairs differ: 5 / √(6 · 5).
    #expect(abs((perfect.tauB ?? 0) - 5 / 30.0.squareRoot()) < 1e-15)
  }

  @Test("One swap of neighbours turns one pair around")
  func swap() {
    let agreement = RankAgreement(ranked: [500_000, 900_000, 100_000])
    #expect(agreement.pairs == 3)
    #expect(agreement.concordant == 2)
    #expect(abs((agreement.somersD ?? 0) - 1.0 / 3) < 1e-15)
  }

  @Test("Where all scores are equal nothing is measured", arguments: [[], [1], [7, 7, 7]] as [[Int32]])
  func uninformative(scores: [Int32]) {
    let agreement = RankAgreement(ranked: scores)
    #expect(agreement.somersD == nil)
    #expect(agreement.tauB == nil)
  }

  @Test("The chance of a hit equals a count over every order", arguments: 1...4)
  func chance(k: Int) {
    let scores: [Int32] = [1_000_000, 0, 1_000_000, 0, 0]
    var hits = 0
    var orders = 0
    for first in 0..<5 {
      for second in 0..<5 where second != first {
        for third in 0..<5 where third != first && third != second {
          for fourth in 0..<5 where ![first, second, third].contains(fourth) {
            let fifth = 10 - first - second - third - fourth
            orders += 1
            if TopHit.isHit(ranked: [first, second, third, fourth, fifth].map { scores[$0] }, k: k) {
              hits += 1
            }
          }
        }
      }
    }
    let expected = Double(hits) / Double(orders)
    #expect(abs(Double(TopHit.chance(scores, k: k)) / 1e9 - expected) < 1e-9)
  }

  @Test("With 64 candidates the chance is exact")
  func large() {
    // 1 − C(63, 32) / C(64, 32) = 1/2.
    let scores = [1_000_000] + [Int32](repeating: 0, count: 63)
    #expect(TopHit.chance(scores, k: 32) == 500_000_000)
  }
}
