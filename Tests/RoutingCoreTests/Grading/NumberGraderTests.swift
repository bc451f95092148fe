import RoutingCore
import Testing

/// A grader by name.
func grader(_ name: String, _ options: GraderOptions = GraderOptions()) throws -> any AnswerGrader {
  try #require(GraderRegistry.entries.first { $0.name == name }).grader(options)
}

@Suite struct NumberGraderTests {
  private func grade(_ text: String, _ reference: String?) throws -> Grade {
    try grader("number").grade(GradingItem(text: text, reference: reference))
  }

  @Test(
    "A number is the same number in every spelling",
    arguments: [
      ("1,234.50", "1234.5"), ("$1,080", "1080"), ("-$5", "-5"), ("−3", "-3"), ("2/3", "\\frac{2}{3}"),
      ("3 1/2", "3.5"), ("3\\frac{1}{2}", "3.5"), ("\\frac12", "0.5"), ("\\dfrac{-1}{2}", "-0.5"),
      ("4.00", "4"),
      (".5", "0.5"), ("6.02e3", "6020"), ("3 \\times 10^{4}", "30000"), ("2 × 10^-2", "0.02"),
      ("1{,}000", "1000"),
      ("12\\,345", "12345"), ("1'000", "1000"), ("18 dollars", "18"), ("5 + 3 = 8 eggs", "8"), ("€77", "77"),
      ("£-2.5", "-2.5"), ("1e-7", "0.0000001"), ("0.1", "1/10"),
    ])
  func spellings(text: String, same: String) throws {
    let first = try grade(text, same)
    #expect(first.score == .one)
    // One spelling per value, so that a vote counts equal answers together.
    #expect(first.answer == (try grade(same, same).answer))
  }

  @Test(
    "The number is read where the text marks its answer",
    arguments: [
      ("First 3, then 4.\n#### 18", "18"), ("so \\boxed{5} and then \\boxed{42}. Done in 7 steps.", "42"),
      ("{\"reasoning\": \"16 - 3\", \"answer\": \"13\", \"steps\": 2}", "13"), ("{\"answer\": 13}", "13"),
      ("The answer is 18 (in 3 hours).", "18"), ("**Answer:** 12\nChecked 3 times.", "12"),
      ("We get 3, then 19", "19"), ("The answer follows.\nIt is 7", "7"),
      ("\\boxed{\\frac{3}{4}} of 5", "0.75"),
      ("Final answer: x = 9", "9"), ("The answer is: as said, 3 of them", "3"),
      ("{\"answer\": \"$2,000\"} or 5", "2000"),
    ])
  func places(text: String, answer: String) throws {
    #expect(try grade(text, answer) == Grade(answer: answer, score: .one))
  }

  @Test(
    "A percent sign is a unit: 50% is 50 and 0.5",
    arguments: [("50%", "50"), ("50%", "0.5"), ("0.5", "50%"), ("50 percent", "0.5")])
  func percent(text: String, reference: String) throws {
    #expect(try grade(text, reference).score == .one)
  }

  @Test(
    "Numbers that differ, however little, are not equal",
    arguments: [
      ("0.333", "1/3"), ("18.0000001", "18"), ("50%", "5"), ("-5", "5"), ("1,23", "123"), ("1,2345", "12345"),
      ("10 - 7", "3"),
      ("12345678901234567890.5", "12345678901234567891"),
    ])
  func differences(text: String, reference: String) throws {
    #expect(try grade(text, reference).score == .zero)
  }

  @Test("A minus between numbers subtracts, and one before a number is its sign")
  func minus() throws {
    #expect(try grade("from 16-3", "3").score == .one)
    #expect(try grade("it is -3", "-3").score == .one)
    #expect(try grade("pages 5-10", "10").score == .one)
  }

  @Test("An exponent or index is no number of its own")
  func exponents() throws {
    #expect(try grade("We use 4 and x^2", "4").score == .one)
    #expect(try grade("We use 4 and a_{10}", "4").score == .one)
  }

  @Test(
    "A text without a number scores 0 and has no answer",
    arguments: ["", "I do not know.", "\\boxed{x}", "{\"answer\": \"none\"}"])
  func unanswered(text: String) throws {
    #expect(try grade(text, "18") == Grade(answer: nil, score: .zero))
  }

  @Test(
    "A text cut inside its answer has not answered there",
    arguments: ["It is 5, so \\boxed{1", "It is 5. {\"answer\": \"1", "It is 5. {\"answer\": 1"])
  func cut(text: String) throws {
    // What is left is the last number written; the mark is not closed and counts for nothing.
    #expect(try grade(text, "5").score == .zero)
    #expect(try grade(text, "5").answer == "1")
  }

  @Test("Without a reference, or with one that is no number, nothing is graded")
  func gaps() throws {
    #expect(throws: GradingGap.noReference) { try grade("18", nil) }
    #expect(throws: GradingGap.unfitReference(expected: "number")) { try grade("18", "eighteen") }
  }

  @Test("A worked solution can be the reference")
  func solution() throws {
    #expect(try grade("18", "She has 16 - 3 - 4 = 9 eggs, so 9 * 2 = 18.\n#### 18").score == .one)
  }
}
