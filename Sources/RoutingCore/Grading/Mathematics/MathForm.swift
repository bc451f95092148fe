/// The one spelling of a mathematical answer.
enum MathForm {
  /// Equal answers give equal text: `\dfrac12`, `0.5` and `x = \frac{1}{2}` are all `0.5`. What cannot be read as a
  /// formula is compared as text without spaces and sizes. `nil` for nothing.
  static func canonical(_ answer: String) -> String? {
    let answer = PlainText.normalized(answer, ignoringCase: false)
    guard !answer.isEmpty else { return nil }
    if let words = words(answer) { return words }
    guard let tokens = LatexTokenizer.tokens(of: answer).map(cleaned), !tokens.isEmpty, !isProse(tokens),
      let text = text(of: tokens)
    else { return plain(answer) }
    return text
  }

  private static func text(of tokens: [LatexToken]) -> String? {
    guard tokens.contains(.mark("pm")) else { return LatexParser.list(tokens).map(joined) }
    // `a \pm b` gives two answers.
    let lists = ["+", "-"].map { sign in LatexParser.list(tokens.map { $0 == .mark("pm") ? .mark(sign) : $0 })
    }
    guard let first = lists[0], let second = lists[1] else { return nil }
    return joined(first + second)
  }

  /// Answers side by side have no order.
  private static func joined(_ relations: [MathRelation]) -> String {
    let names = Set(relations.map(\.name))
    let texts = relations.map { $0.text(dropsName: names.count == 1) }
    guard texts.count > 1 else { return texts[0] }
    return Set(texts.map(ExactString.init)).sorted().map(\.text).joined(separator: ",")
  }

  // MARK: Texts

  /// An answer in words, such as "No solution.", in lower case.
  private static func words(_ answer: String) -> String? {
    let scalars = answer.unicodeScalars
    guard scalars.allSatisfy({ $0.properties.isAlphabetic || " .'-".unicodeScalars.contains($0) }),
      scalars.first?.properties.isAlphabetic == true
    else { return nil }
    let words = answer.lowercased().split(separator: " ").map { $0.filter { $0 != "." } }
    guard words.contains(where: { $0.utf8.count >= 3 && !LatexNames.functions.contains($0) }) else {
      return nil
    }
    return words.joined(separator: " ")
  }

  /// Whether three words and more stand in it: a sentence, not a formula.
  private static func isProse(_ tokens: [LatexToken]) -> Bool {
    tokens.count { if case .text(let word) = $0 { word != "or" && word != "and" } else { false } } >= 3
  }

  /// What is no formula, without spaces, dollars and sizes.
  private static func plain(_ answer: String) -> String {
    var text = answer
    for word in ["\\left", "\\right", "\\!", "\\,", "\\;", "\\ ", "$", " "] {
      text = text.replacing(word, with: "")
    }
    for word in ["\\dfrac", "\\tfrac"] { text = text.replacing(word, with: "\\frac") }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  // MARK: Degrees and units

  private static func cleaned(_ tokens: [LatexToken]) -> [LatexToken] {
    var kept: [LatexToken] = []
    for token in tokens {
      kept.append(token)
      // `^\circ` and `^{\circ}`
      for pattern: [LatexToken] in [
        [.mark("^"), .symbol("circ")], [.mark("^"), .mark("{"), .symbol("circ"), .mark("}")],
      ] where kept.suffix(pattern.count).elementsEqual(pattern) {
        kept.removeLast(pattern.count)
      }
    }
    return withoutUnits(kept)
  }

  /// Leaves out words behind a value, such as `\text{ cm}^2`, unless the answer is words alone.
  private static func withoutUnits(_ tokens: [LatexToken]) -> [LatexToken] {
    var kept = tokens[...]
    while true {
      var rest = kept
      if case .mark("}")? = rest.last, rest.count > 3, rest.dropLast(2).last == .mark("{"),
        rest.dropLast(3).last == .mark("^")
      {
        rest = rest.dropLast(4)
      } else if case .number? = rest.last, rest.dropLast().last == .mark("^") {
        rest = rest.dropLast(2)
      }
      guard case .text(let word)? = rest.last, word != "or", word != "and", rest.count > 1,
        rest.contains(where: { if case .text = $0 { false } else { true } }),
        isValue(rest.dropLast().last == .mark("/") ? rest.dropLast(2).last : rest.dropLast().last)
      else { return Array(kept) }
      rest = rest.dropLast()
      // `calories/day`
      kept = rest.last == .mark("/") ? rest.dropLast() : rest
    }
  }

  private static func isValue(_ token: LatexToken?) -> Bool {
    switch token {
    case .number, .symbol, .text: true
    case .mark(let mark): ["}", ")", "]", "!"].contains(mark)
    case .command, nil: false
    }
  }
}
