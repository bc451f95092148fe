/// Scores recorded texts against a query's reference. A new one is a file and a line in `GraderRegistry`.
///
/// A grader keeps nothing between texts, so texts can be graded in any order and on any number of threads.
package protocol AnswerGrader: Sendable {
  /// - Throws: why this text cannot be graded; a text that is merely wrong, or from which no answer can be
  ///   read, scores 0.
  func grade(_ item: GradingItem) throws(GradingGap) -> Grade

  /// Whether it reads an answer from a text, rather than only scoring it.
  var findsAnswers: Bool { get }

  /// Why grading cannot go on at all, once that is known.
  var breakdown: GraderError? { get }
}

extension AnswerGrader {
  package var findsAnswers: Bool { true }
  package var breakdown: GraderError? { nil }
}

/// One text with what it is graded against.
package struct GradingItem: Sendable, Equatable {
  package var text: String
  package var reference: String?
  package var prompt: String?
  /// Where the text stands, for graders outside the program.
  package var query: String
  package var workload: String
  package var role: CallRole
  package var model: String?

  package init(
    text: String, reference: String?, prompt: String? = nil, query: String = "", workload: String = "",
    role: CallRole = .response, model: String? = nil
  ) {
    self.text = text
    self.reference = reference
    self.prompt = prompt
    self.query = query
    self.workload = workload
    self.role = role
    self.model = model
  }
}

/// A grader's verdict on a text.
package struct Grade: Sendable, Equatable {
  /// The answer in one spelling per value, so that equal answers are equal strings; `nil` = none was found.
  package var answer: String?
  package var score: Score

  package init(answer: String?, score: Score) {
    self.answer = answer
    self.score = score
  }

  /// 1 if the answer equals the reference, else 0.
  static func comparing(_ answer: String?, with reference: String) -> Grade {
    let isRight = answer.map { ExactString($0) == ExactString(reference) } ?? false
    return Grade(answer: answer, score: isRight ? .one : .zero)
  }
}

/// Why a text could not be graded. It keeps the score it had, and the summary counts it.
package enum GradingGap: Error, Equatable, Hashable {
  case noReference
  /// The reference is not what this grader compares with.
  case unfitReference(expected: String)
  /// A grader outside the program gave no score.
  case failed(String)
}

extension GradingGap: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noReference: "the query has no reference"
    case .unfitReference(let expected): "the reference holds no \(expected)"
    case .failed(let why): why
    }
  }
}
