import RoutingCore
import Testing

@Suite struct BootBudgetTests {
  @Test(
    "A budget is none, full or a count from 1 to 2³¹ − 1",
    arguments: [
      ("none", BootBudget.none), ("full", .full), ("1", .tokens(1)), ("2147483647", .tokens(.max)),
      ("0", nil),
      ("-1", nil),
      ("+1", nil), ("01", nil), ("", nil), ("2147483648", nil), ("Full", nil), ("1.5", nil), (" 1", nil),
    ] as [(String, BootBudget?)])
  func parsing(text: String, expected: BootBudget?) {
    #expect(BootBudget(text) == expected)
    if let expected { #expect(expected.description == text) }
  }

  @Test("none is before every count, full after")
  func order() {
    #expect(
      [BootBudget.full, .tokens(200), .none, .tokens(25)].sorted() == [
        .none, .tokens(25), .tokens(200), .full,
      ])
  }
}

@Suite struct ScoreTests {
  @Test(
    "A score is decimal text from 0 to 1, to millionths, half to even",
    arguments: [
      ("0", 0), ("1", 1_000_000), ("0.95", 950_000), ("0.0000005", 0), ("0.0000015", 2),
      ("1.0000004", 1_000_000),
      ("1.000001", nil), ("-0.1", nil), ("x", nil),
    ] as [(String, Int32?)])
  func parsing(text: String, millionths: Int32?) {
    #expect(Score(decimal: text)?.millionths == millionths)
  }

  @Test("It prints as the shortest decimal text")
  func printing() {
    #expect(Score.one.description == "1")
    #expect(Score(millionths: 125_000)?.description == "0.125")
  }
}

@Suite struct CostTests {
  @Test("Dollars become picodollars, half to even")
  func parsing() {
    #expect(Cost(dollars: "0.003") == Cost(picodollars: 3_000_000_000))
    #expect(Cost(dollars: "0.0000000000005") == .zero)
    #expect(Cost(dollars: "0.0000000000015") == Cost(picodollars: 2))
    #expect(Cost(dollars: "$1") == nil)
  }

  @Test("Sums are exact")
  func sums() {
    #expect(Cost(picodollars: 1 << 100) + Cost(picodollars: 1) == Cost(picodollars: 1 << 100 + 1))
    #expect(Cost(picodollars: 3) - Cost(picodollars: 5) < .zero)
  }
}

@Suite struct MicrosecondsTests {
  @Test("A time is from 0 to 10⁷ seconds")
  func limits() {
    #expect(Microseconds(count: 10_000_000_000_000)?.count == 10_000_000_000_000)
    #expect(Microseconds(count: 10_000_000_000_001) == nil)
    #expect(Microseconds(count: -1) == nil)
  }
}
