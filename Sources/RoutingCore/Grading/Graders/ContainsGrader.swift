/// Whether the reference occurs in the text, spaces put in order; no answer is extracted.
struct ContainsGrader: AnswerGrader {
  static let entry = GraderEntry(
    name: "contains", summary: "the reference occurs in the text", takesIgnoreCase: true
  ) { options in ContainsGrader(ignoresCase: options.ignoresCase) }

  let ignoresCase: Bool

  var findsAnswers: Bool { false }

  func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard let reference = item.reference else { throw .noReference }
    let wanted = PlainText.normalized(reference, ignoringCase: ignoresCase)
    guard !wanted.isEmpty else { throw .unfitReference(expected: "text") }
    let isThere = PlainText.normalized(item.text, ignoringCase: ignoresCase).contains(wanted)
    return Grade(answer: nil, score: isThere ? .one : .zero)
  }
}
