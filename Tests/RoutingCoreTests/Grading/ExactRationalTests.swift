import RoutingCore
import Testing

@Suite struct ExactRationalTests {
  @Test(
    "A rational is written as a decimal where one ends within 12 places",
    arguments: [
      (1, 2, "0.5"), (-7, 4, "-1.75"), (6, 3, "2"), (1, 3, "1/3"), (-2, 6, "-1/3"),
      (1, 4096, "0.000244140625"), (1, 8192, "1/8192"), (0, 5, "0"),
    ])
  func text(above: Int, below: Int, text: String) throws {
    #expect(try #require(ExactRational(Int128(above), over: Int128(below))).description == text)
  }

  @Test("Arithmetic is exact, and leaves no number rather than a wrong one")
  func arithmetic() throws {
    let third = try #require(ExactRational(1, over: 3))
    #expect(third.adding(third)?.adding(third) == .one)
    #expect(third.power(-2) == ExactRational(9))
    #expect(ExactRational(1, over: 0) == nil)
    #expect(ExactRational.zero.inverse == nil)
    #expect(ExactRational(10).power(40) == nil)
    let large = try #require(ExactRational(10).power(30))
    #expect(large.multiplied(by: large) == nil)
    #expect(large.adding(third) != nil)
  }
}
