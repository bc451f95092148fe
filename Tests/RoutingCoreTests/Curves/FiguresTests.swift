import RoutingCore
import Testing

@Suite struct FiguresTests {
  @Test(
    "Numbers in sentences have three significant digits and nothing trailing",
    arguments: [
      (0, "0"), (1, "1"), (0.5, "0.5"), (0.12345, "0.123"), (0.00045678, "0.000457"), (12.345, "12.3"),
      (123.45, "123"), (-98765.4, "-98765"), (-1.0334e-8, "-1.03e-8"), (2.5e12, "2.5e12"), (.nan, "?"),
    ] as [(Double, String)])
  func short(_ value: Double, _ text: String) {
    #expect(Figures.short(value) == text)
  }
}
