/// Compares the number a text states with the reference, exactly.
///
/// The number is read where the text marks its answer (``FinalAnswer``); without a mark, or where only a
/// sentence without a number marks it, it is the text's last number. A percent sign is a unit: `50%` equals both 50 and 0.5.
struct NumberGrader: AnswerGrader {
  static let entry = GraderEntry(
    name: "number", summary: "the final number, exactly: fractions, separators, percent, currency"
  ) { _ in NumberGrader() }

  func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard let reference = item.reference else { throw .noReference }
    let stated = FinalAnswer(in: reference)?.text ?? reference
    guard let wanted = NumberScanner.stated(in: stated) else { throw .unfitReference(expected: "number") }
    guard let found = Self.number(in: item.text) else { return Grade(answer: nil, score: .zero) }
    return Grade(answer: found.value.description, score: Self.isEqual(found, wanted) ? .one : .zero)
  }

  private static func number(in text: String) -> FoundNumber? {
    guard let answer = FinalAnswer(in: text) else { return NumberScanner.last(in: text) }
    let stated = NumberScanner.stated(in: answer.text)
    return stated ?? (answer.mark == .sentence ? NumberScanner.last(in: text) : nil)
  }

  private static func isEqual(_ found: FoundNumber, _ wanted: FoundNumber) -> Bool {
    if found.value == wanted.value { return true }
    guard found.isPercent != wanted.isPercent else { return false }
    let percent = found.isPercent ? found.value : wanted.value
    let plain = found.isPercent ? wanted.value : found.value
    return percent.divided(by: ExactRational(100)) == plain
  }
}
