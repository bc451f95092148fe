import RoutingCore
import Testing

@Suite struct FixedPointTests {
  @Test(
    "Decimal text becomes the nearest integer at the given scale, ties to even",
    arguments: [
      ("0", 6, 0), ("1", 6, 1_000_000), ("0.95", 6, 950_000), ("-3", 6, -3_000_000),
      ("0.0000005", 6, 0), ("0.0000015", 6, 2), ("0.00000050001", 6, 1), ("0.0000025", 6, 2),
      ("1e-6", 6, 1), ("5e-7", 6, 0), ("5.0000001E-7", 6, 1), ("12.5e3", 0, 12_500),
      ("9e-400000000000", 6, 0),
      ("0e999999999999", 6, 0), ("-0.0000005", 6, 0), ("0.3", 0, 0), ("0.5", 0, 0), ("0.7", 0, 1),
      ("1.5", 0, 2),
      ("99.99", 0, 100), ("0.05", 0, 0),
    ] as [(String, Int, Int128)])
  func rounding(text: String, places: Int, expected: Int128) {
    #expect(FixedPoint.scaled(text, places: places) == expected)
  }

  @Test(
    "Only JSON numbers are read",
    arguments: ["", "-", "+1", "01", "1.", ".5", "1e", "1e+", "NaN", "Infinity", "0x1", "1 ", "١", "1e400"])
  func refused(text: String) {
    #expect(FixedPoint.scaled(text, places: 6) == nil)
  }

  @Test(
    "Printing gives the shortest decimal text, which reads back as the same value",
    arguments: [(0, "0"), (950_000, "0.95"), (1_000_000, "1"), (1, "0.000001"), (-1_500_000, "-1.5")]
      as [(Int128, String)])
  func printing(value: Int128, text: String) {
    #expect(FixedPoint.text(value, places: 6) == text)
    #expect(FixedPoint.scaled(text, places: 6) == value)
  }

  @Test(
    "A share is rounded half to even, below zero too",
    arguments: [(5, 2, 2), (7, 2, 4), (1, 3, 0), (2, 3, 1), (-5, 2, -2), (-7, 2, -4), (-1, 3, 0), (6, 3, 2)]
      as [(Int128, Int128, Int128)])
  func shares(numerator: Int128, denominator: Int128, expected: Int128) {
    #expect(FixedPoint.dividedHalfEven(numerator, by: denominator) == expected)
  }
}
