import RoutingCore
import Testing

@Suite struct ChoiceGraderTests {
  private func grade(_ text: String, _ reference: String?, prompt: String? = nil) throws -> Grade {
    try grader("choice").grade(GradingItem(text: text, reference: reference, prompt: prompt))
  }

  @Test(
    "The chosen letter is found in every usual form",
    arguments: [
      "The answer is (B).", "The answer is B", "the answer is **B**", "Answer: B", "**Answer:** B. 4 N/kg",
      "\\boxed{B}",
      "\\boxed{\\text{B}}", "{\"answer\": \"B\"}", "(b)", "b", "B) because A is too small",
      "Because of C and D, it must be B",
      "The correct answer would be option (B), not A.", "#### B", "I think A rectangle is not C but B.",
      "The closest answer is 54 eV, which is (B)",
      "**B**", "The answer is (A).\n\nThe answer is (B).",
    ])
  func forms(text: String) throws {
    #expect(try grade(text, "B") == Grade(answer: "B", score: .one))
  }

  @Test(
    "Words of a sentence are no options",
    arguments: ["A rectangle", "I do not know", "I'm not sure", "It is DNA", "Option-less", ""])
  func words(text: String) throws {
    #expect(try grade(text, "B") == Grade(answer: nil, score: .zero))
  }

  @Test("Letters beyond the options of the prompt do not count")
  func options() throws {
    let prompt = "Which?\nA. one\nB. two\nC. three\n"
    #expect(try grade("It is B. See figure E", "B", prompt: prompt).score == .one)
    #expect(try grade("It is B. See figure E", "B").score == .zero)
    #expect(try grade("It is B. See figure E", "B", prompt: "Which?").score == .zero)
  }

  @Test("A reference may be written as an answer is, and must be a letter")
  func references() throws {
    #expect(try grade("B", "(B)").score == .one)
    #expect(throws: GradingGap.unfitReference(expected: "option letter A to J")) { try grade("B", "42") }
    #expect(throws: GradingGap.noReference) { try grade("B", nil) }
  }
}
