import RoutingCore
import Testing

@Suite struct FiguresTests {
  @Test(
    "Numbers in sentences have three significant digits and nothing trailing",
    arguments: [
      (0, "0"), (1, "1"), (0.5, "0.5"), (0.12345, "0.123"), (0.00045678, "0.000457"), (12.345, "12.3"),
      (123.45, "123"), (-98765.4, "-98765"), (-1.0334e-8, "-1.03e-8"), (2.5e12, "2.5e12"), (1e-12, "1e-12"),
      (-9.999e-7, "-1e-6"), (9.9999e9, "1e10"), (.nan, "?"),
    ] as [(Double, String)])
  func short(_ value: Double, _ text: String) {
    #expect(Figures.short(value) == text)
  }

  @Test(
    "As many digits as asked for, where two numbers are to be told apart",
    arguments: [
      (0.94961, "0.94961"), (1e-9, "1e-9"), (5.363749999999999e-06, "5.36375e-6"),
      (0.00013069062, "0.000130691"),
      (1_234_567.8, "1234568"),
    ] as [(Double, String)])
  func longer(_ value: Double, _ text: String) {
    #expect(Figures.short(value, digits: 6) == text)
  }
}
