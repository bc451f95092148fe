/// Whether the whole text is the reference, spaces put in order.
struct ExactGrader: AnswerGrader {
  static let entry = GraderEntry(
    name: "exact", summary: "the whole text is the reference", takesIgnoreCase: true
  ) { options in ExactGrader(ignoresCase: options.ignoresCase) }

  let ignoresCase: Bool

  func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard let reference = item.reference else { throw .noReference }
    return .comparing(
      PlainText.normalized(item.text, ignoringCase: ignoresCase),
      with: PlainText.normalized(reference, ignoringCase: ignoresCase))
  }
}

/// Text made comparable.
enum PlainText {
  /// Every run of white space as one space, none at the ends.
  static func normalized(_ text: String, ignoringCase: Bool) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return ignoringCase ? words.lowercased() : words
  }
}
