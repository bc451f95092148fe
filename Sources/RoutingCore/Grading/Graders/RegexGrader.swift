/// Takes the answer with a pattern and compares it with the reference, spaces put in order.
///
/// The last match counts; its first group is the answer, or all of it where the pattern has no group.
struct RegexGrader: AnswerGrader {
  static let entry = GraderEntry(
    name: "regex", summary: "the last match of a pattern (its first group) is the reference",
    arguments: "PATTERN", onlyArgument: "pattern", takesIgnoreCase: true
  ) { options throws(GraderError) in
    try RegexGrader(pattern: options.arguments[0], ignoresCase: options.ignoresCase)
  }

  private let pattern: String
  private let ignoresCase: Bool

  init(pattern: String, ignoresCase: Bool) throws(GraderError) {
    self.pattern = pattern
    self.ignoresCase = ignoresCase
    do {
      _ = try Regex(pattern)
    } catch {
      throw .badPattern(pattern, reason: "\(error)")
    }
  }

  func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard let reference = item.reference else { throw .noReference }
    let answer = answer(in: item.text).map { PlainText.normalized($0, ignoringCase: ignoresCase) }
    return .comparing(answer, with: PlainText.normalized(reference, ignoringCase: ignoresCase))
  }

  private func answer(in text: String) -> String? {
    // A compiled pattern may not be shared between threads.
    guard let regex = try? Regex(pattern), let match = text.matches(of: regex.ignoresCase(ignoresCase)).last
    else { return nil }
    let output = match.output
    guard output.count > 1 else { return String(text[match.range]) }
    return output[1].substring.map(String.init)
  }
}
