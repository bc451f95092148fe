import ConfigFiles
import Testing

@Suite struct PriceComparisonTests {
  private func list(_ text: String) throws -> PriceList { try PriceList.read(text, name: "p", sha256: "") }

  @Test("Changed prices are listed with their percentage, others counted or named")
  func changes() throws {
    let comparison = PriceComparison(
      try list("prices: {a: {input: 2, output: 8}, b: 1, c: 3, free: 0}"),
      try list("prices: {a: {input: 1.5, cached_input: 0.5, output: 8}, b: 1.0, d: 4, free: 1}"))
    #expect(
      comparison.changes.map { "\($0.model) \($0.field.rawValue) \($0.before) \($0.after)" } == [
        "a input 2000000 1500000", "a cached_input 2000000 500000", "free input 0 1000000",
        "free cached_input 0 1000000",
        "free output 0 1000000",
      ])
    #expect(comparison.changes.map(\.permille) == [-250, -750, nil, nil, nil])
    #expect(comparison.added == ["d"])
    #expect(comparison.removed == ["c"])
    #expect(comparison.unchanged == 1)
  }

  @Test("A change is rounded to a tenth of a percent, half to even")
  func rounding() throws {
    let before = try list("prices: {a: 1, b: 3, c: 16}")
    let after = try list("prices: {a: 1.0005, b: 2, c: 16.024}")
    #expect(
      PriceComparison(before, after).changes.filter { $0.field == .input }.map(\.permille) == [0, -333, 2])
  }
}
