import Reporting
import Testing

@Suite struct AmountsTests {
  @Test(
    "A change of cost is said so that it can be pictured",
    arguments: [
      (-0.25, 1.0, "for 25 % less"), (0.3, 1.0, "for 30 % more"), (2.0, 1.0, "at 3.0 times the cost"),
      (0, 1, "at the same cost"),
    ])
  func changes(difference: Double, whole: Double, words: String) {
    #expect(Amounts(unit: .usd).changeInWords(difference, of: whole) == words)
  }

  @Test("Dollars are shown for a thousand queries, tokens for one")
  func units() {
    #expect(Amounts(unit: .usd).sentence(0.00158) == "$1.58 per 1,000 queries")
    #expect(Amounts(unit: .tokens).sentence(158) == "158 tok per query")
  }
}
