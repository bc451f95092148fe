/// Scores a text by what a judging model said about it. The model has been asked before: see ``JudgeQuestion``.
package struct JudgeGrader: AnswerGrader {
  package static let name = "judge"

  private let question: JudgeQuestion
  private let replies: [ExactString: String]

  /// - Parameter replies: the model's replies by what it was asked.
  package init(question: JudgeQuestion, replies: [ExactString: String]) {
    self.question = question
    self.replies = replies
  }

  package var findsAnswers: Bool { false }

  package func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard let reply = replies[ExactString(try question.text(about: item))] else {
      throw .failed("the judge gave no reply")
    }
    guard let score = question.scale.score(in: reply) else {
      throw .failed(
        "the judge's last line holds no single number from \(question.scale.low) to \(question.scale.high)")
    }
    return Grade(answer: nil, score: score)
  }
}

/// What a judging model is asked about a text. It is not told who wrote the text.
package struct JudgeQuestion: Sendable, Equatable {
  package let prompt: PromptTemplate
  package let scale: JudgeScale

  package init(prompt: PromptTemplate, scale: JudgeScale) {
    self.prompt = prompt
    self.scale = scale
  }

  /// - Throws: `GradingGap` where the prompt names something that the query does not have.
  package func text(about item: GradingItem) throws(GradingGap) -> String {
    let places = prompt.places
    var values: [PromptTemplate.Place: String] = [
      .answer: item.text, .scale: "\(scale.low) to \(scale.high)",
    ]
    if places.contains(.query) {
      guard let query = item.prompt else { throw .failed("the query has no prompt") }
      values[.query] = query
    }
    if places.contains(.reference) {
      guard let reference = item.reference else { throw .noReference }
      values[.reference] = reference
    }
    return prompt.filled(values)
  }
}
