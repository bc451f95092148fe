import RoutingCore
import Testing

@Suite struct ModelPriceTests {
  @Test("No cached price is the input price; one number is input and output")
  func defaults() {
    #expect(ModelPrice(input: 3) == ModelPrice(input: 3, cachedInput: 3, output: 3))
    #expect(ModelPrice(input: 3, output: 9) == ModelPrice(input: 3, cachedInput: 3, output: 9))
    #expect(ModelPrice(input: 3, cachedInput: 0, output: 9).cachedInput == 0)
  }

  @Test(
    "A price per million tokens is as many picodollars per token times a million, half to even",
    arguments: [
      ("0.15", 150_000), ("1000000", 1_000_000_000_000), ("0", 0), ("0.0000005", 0), ("0.0000015", 2),
      ("1000000.1", nil), ("-1", nil), ("free", nil),
    ] as [(String, Int64?)])
  func parsing(text: String, expected: Int64?) {
    #expect(ModelPrice.picodollarsPerToken(text) == expected)
  }
}

@Suite struct PriceTableTests {
  @Test("Rates are in the order of the trace's payers")
  func rates() throws {
    let trace = try Bench.sketch.trace()
    #expect(trace.payers == ["m1", "m2", "m3", "judge"])
    let table = try PriceTable.dollars(Bench.prices, for: trace, needed: [0, 1, 2, 3])
    #expect(table.rates.map(\.output) == [20, 30, 4, 80])
    #expect(PriceTable.tokens(for: trace).rates.allSatisfy { $0 == ModelPrice(input: 1) })
  }

  @Test("A model without a price is an error that names it, never 0")
  func missing() throws {
    let trace = try Bench.sketch.trace()
    var book = Bench.prices
    book.prices["m2"] = nil
    book.prices["judge"] = nil
    #expect(throws: PolicyError.noPrice(payers: ["m2", "judge"])) {
      try PriceTable.dollars(book, for: trace, needed: [0, 1, 2, 3])
    }
    #expect(throws: PolicyError.noPrice(payers: ["judge"])) {
      try PriceTable.dollars(book, for: trace, needed: [0, 3])
    }
  }

  @Test("Only names that are nobody's may be what is meant")
  func nearMisses() throws {
    let trace = try Bench.sketch.trace()
    var book = Bench.prices
    book.prices["M2"] = book.prices.removeValue(forKey: "m2")
    #expect(throws: PolicyError.noPrice(payers: ["m2"], known: ["M2"])) {
      try PriceTable.dollars(book, for: trace, needed: [0, 1, 2, 3])
    }
  }

  @Test("A model that nobody pays needs no price")
  func notNeeded() throws {
    let trace = try Bench.sketch.trace()
    var book = Bench.prices
    book.prices["m2"] = nil
    #expect(throws: Never.self) { try PriceTable.dollars(book, for: trace, needed: [0, 2, 3]) }
  }
}
