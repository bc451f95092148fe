import RoutingCore

/// Grades the texts of one query.
struct QueryGrading: Sendable {
  let grader: any AnswerGrader
  /// Budgets at which responses are cut, beside those recorded.
  let prefixes: [Int32]
  /// Whether responses are cut at all: only where the grades become the scores, for the grade of a prefix is
  /// kept once.
  let cutsResponses: Bool

  /// What became of a call.
  enum Outcome: Sendable {
    case graded(Grade, prefixes: [PrefixGrade])
    case gap(GradingGap)
    case failedCall
    case withoutText
    /// Rankings have no answer.
    case notGraded
  }

  /// One outcome for each call of the record.
  func outcomes(_ record: QueryRecord) -> [Outcome] {
    record.calls.map { call in
      guard call.role != .ranking else { return .notGraded }
      guard call.error == nil else { return .failedCall }
      guard let text = text(of: call, in: record) else { return .withoutText }
      do throws(GradingGap) {
        let grade = try grade(text, call, record)
        return .graded(grade, prefixes: try gradedPrefixes(call, record))
      } catch {
        return .gap(error)
      }
    }
  }

  private func grade(_ text: String, _ call: CallRecord, _ record: QueryRecord) throws(GradingGap) -> Grade {
    try grader.grade(
      GradingItem(
        text: text, reference: record.reference, prompt: record.prompt, query: record.query,
        workload: record.workload, role: call.role, model: call.model ?? call.tool))
  }

  /// The text an answer is read from: of a continuation, the prefix it continues and its own.
  private func text(of call: CallRecord, in record: QueryRecord) -> String? {
    guard call.role == .continuation else { return call.text }
    guard let end = call.text, let budget = call.bootBudget else { return nil }
    func isSame(_ other: CallRecord) -> Bool { other.model == call.model && other.sample == call.sample }
    let boot = record.calls.first { $0.role == .boot && isSame($0) && $0.bootBudget == budget }?.text
    let response = record.calls.first { $0.role == .response && isSame($0) }
    guard let start = boot ?? response.flatMap(Self.cuttable)?.prefix(budget.cut).description else {
      return nil
    }
    return start + end
  }

  private static func cuttable(_ call: CallRecord) -> CuttableText? {
    call.text.map { CuttableText($0, tokenEnds: call.tokenEnds, outputTokens: call.outputTokens ?? -1) }
  }

  /// Grades of a response cut at the budgets asked for and those recorded, where it is longer.
  private func gradedPrefixes(_ call: CallRecord, _ record: QueryRecord) throws(GradingGap) -> [PrefixGrade] {
    guard cutsResponses, call.role == .response, let text = call.text, let cuttable = Self.cuttable(call)
    else { return [] }
    let recorded = call.prefixes.map(\.bootBudget.cut)
    let tokens = call.outputTokens ?? TokenEstimator.tokens(bytes: text.utf8.count)
    var grades: [PrefixGrade] = []
    for cut in Set(prefixes + recorded).sorted() where cut < tokens {
      let grade = try grade(String(cuttable.prefix(cut)), call, record)
      grades.append(PrefixGrade(bootBudget: .tokens(cut), answer: grade.answer, score: grade.score))
    }
    return grades
  }
}
