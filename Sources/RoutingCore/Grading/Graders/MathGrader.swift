/// Compares mathematical answers by value where that can be computed, else by their normalised LaTeX.
///
/// The answer is read where the text marks it (``FinalAnswer``); without a mark it is the last formula between
/// dollar signs, else the last number. See ``MathForm`` for what is equal.
struct MathGrader: AnswerGrader {
  static let entry = GraderEntry(
    name: "math", summary: "the final answer as mathematics: fractions, roots, intervals, sets, matrices"
  ) { _ in MathGrader() }

  func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard let reference = item.reference else { throw .noReference }
    let stated = FinalAnswer(in: reference).map(\.text) ?? reference
    guard let wanted = MathForm.canonical(stated) else { throw .unfitReference(expected: "answer") }
    return .comparing(Self.answer(in: item.text), with: wanted)
  }

  private static func answer(in text: String) -> String? {
    guard let found = FinalAnswer(in: text) else {
      return lastFormula(text).flatMap(MathForm.canonical) ?? NumberScanner.last(in: text)?.value.description
    }
    // A sentence may go on behind its formula.
    let formula = found.mark == .sentence ? lastFormula(found.text) : nil
    return MathForm.canonical(formula ?? found.text)
  }

  /// What stands between the last two dollar signs of the last line that has them.
  private static func lastFormula(_ text: String) -> String? {
    for line in text.split(separator: "\n").reversed() {
      let parts = line.split(separator: "$", omittingEmptySubsequences: false)
      guard parts.count >= 3 else { continue }
      return String(parts[parts.count - (parts.count % 2 == 1 ? 2 : 3)])
    }
    return nil
  }
}
