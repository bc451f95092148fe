import RoutingCore
import Testing

@Suite struct JudgeGraderTests {
  @Test(
    "A score is the only number on the last line, brought to 0…1; nothing is guessed",
    arguments: [
      ("7", 700_000), ("I checked 3 steps of 4.\nScore: 7.5", 750_000), ("**10**\n\n", 1_000_000),
      ("7/10", 700_000), ("7 out of 10.", 700_000), ("0", 0), ("11", nil), ("-1", nil), ("seven", nil),
      ("", nil),
      ("between 6 and 7", nil), ("10/10", 1_000_000), ("/10", nil), ("7/9", nil),
    ] as [(String, Int32?)])
  func scores(_ reply: String, _ millionths: Int32?) {
    #expect(JudgeScale.standard.score(in: reply)?.millionths == millionths)
  }

  @Test(
    "Other scales are linear, rounded half to even", arguments: [("1", 0), ("2", 333_333), ("4", 1_000_000)])
  func otherScale(_ reply: String, _ millionths: Int32) throws {
    let scale = try #require(JudgeScale(low: 1, high: 4))
    #expect(scale.score(in: reply)?.millionths == millionths)
    #expect(JudgeScale(low: 4, high: 4) == nil)
  }

  private let item = GradingItem(
    text: "55 {query}", reference: "55", prompt: "What is 50 + 5?", model: "lark")

  @Test("A question shows the query, the reference and the text as they are, and not who wrote it")
  func question() throws {
    let question = JudgeQuestion(prompt: DefaultPrompts.judge, scale: .standard)
    let text = try question.text(about: item)
    #expect(text.contains("What is 50 + 5?") && text.contains("55 {query}") && text.contains("0 to 10"))
    #expect(!text.contains("lark") && !text.contains("{answer}"))
  }

  @Test("What a question needs and the query lacks is a gap")
  func gaps() {
    let question = JudgeQuestion(prompt: DefaultPrompts.judge, scale: .standard)
    var bare = item
    bare.reference = nil
    #expect(throws: GradingGap.noReference) { try question.text(about: bare) }
    let open = JudgeQuestion(prompt: PromptTemplate("{query} {answer} {scale}"), scale: .standard)
    #expect(throws: Never.self) { try open.text(about: bare) }
    bare.prompt = nil
    #expect(throws: GradingGap.failed("the query has no prompt")) { try open.text(about: bare) }
  }

  @Test("Grades come from the replies; no reply and an unreadable one are gaps")
  func grades() throws {
    let question = JudgeQuestion(prompt: PromptTemplate("{answer}"), scale: .standard)
    let grader = JudgeGrader(
      question: question, replies: [ExactString("55 {query}"): "4", ExactString("odd"): "who knows"])
    #expect(try grader.grade(item).score.millionths == 400_000)
    var other = item
    other.text = "odd"
    #expect(throws: GradingGap.self) { try grader.grade(other) }
    other.text = "unseen"
    #expect(throws: GradingGap.failed("the judge gave no reply")) { try grader.grade(other) }
  }
}
