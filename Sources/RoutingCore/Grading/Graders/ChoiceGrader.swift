/// Compares the option letter a text chooses, A to J, with the reference's.
///
/// The letter is read where the text marks its answer (``FinalAnswer``); without a mark, or where only a
/// sentence without a letter marks it, it is the last letter that stands alone. Only as many letters count as the prompt lists options.
struct ChoiceGrader: AnswerGrader {
  static let entry = GraderEntry(name: "choice", summary: "the option letter chosen, A to J") { _ in
    ChoiceGrader()
  }

  func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard let reference = item.reference else { throw .noReference }
    let stated = FinalAnswer(in: reference)?.text ?? reference
    guard let wanted = OptionLetters(stated, count: OptionLetters.all).first else {
      throw .unfitReference(expected: "option letter A to J")
    }
    let count = max(
      item.prompt.map(OptionLetters.listed) ?? OptionLetters.all, Int(wanted - UInt8(ascii: "A")) + 1)
    let letter = Self.letter(in: item.text, count: count)
    return .comparing(
      letter.map { String(UnicodeScalar($0)) }, with: String(UnicodeScalar(wanted)))
  }
}

extension ChoiceGrader {
  private static func letter(in text: String, count: Int) -> UInt8? {
    let anywhere = OptionLetters(text, count: count)
    guard let answer = FinalAnswer(in: text) else { return anywhere.last }
    return OptionLetters(answer.text, count: count).first ?? (answer.mark == .sentence ? anywhere.last : nil)
  }
}

/// The letters of a text that can be options: capitals that stand alone, and any that is all there is.
private struct OptionLetters {
  /// A to J.
  static let all = 10

  private let bytes: [UInt8]
  private let count: Int

  init(_ text: String, count: Int) {
    bytes = Array(text.utf8)
    self.count = count
  }

  /// A letter in brackets or emphasis before a bare one.
  var first: UInt8? {
    if let only { return only }
    let letters = bytes.indices.filter(isOption)
    return (letters.first(where: isWrapped) ?? letters.first).map { bytes[$0] }
  }

  var last: UInt8? { only ?? bytes.indices.last(where: isOption).map { bytes[$0] } }

  /// The only letter or digit there is, such as `b`, `(B)`, `\text{B}`.
  private var only: UInt8? {
    var text = bytes[...]
    for command in ["\\text{", "\\textbf{", "\\mathrm{", "\\mathbf{"] where text.starts(with: command.utf8) {
      text = text.dropFirst(command.utf8.count)
    }
    let kept = text.filter { ByteSearch.isLetter($0) || ByteSearch.isDigit($0) || $0 >= 0x80 }
    guard kept.count == 1, let letter = kept.first, ByteSearch.isLetter(letter) else { return nil }
    return isInRange(letter & ~0x20) ? letter & ~0x20 : nil
  }

  private func isInRange(_ letter: UInt8) -> Bool {
    Int(letter) - Int(UInt8(ascii: "A")) < count && letter >= UInt8(ascii: "A")
  }

  private func byte(_ index: Int) -> UInt8 { bytes.indices.contains(index) ? bytes[index] : 0x20 }

  private func isOption(_ index: Int) -> Bool {
    guard isInRange(bytes[index]), !isWordPart(byte(index - 1)), !isWordPart(byte(index + 1)) else {
      return false
    }
    let after = byte(index + 1)
    // Words of a sentence: "A rectangle", "I think", "I'm".
    let isWord = bytes[index] == UInt8(ascii: "A") || bytes[index] == UInt8(ascii: "I")
    if isWord, after == UInt8(ascii: "'") || after == 0xE2 { return false }
    return !(isWord && after == 0x20 && ByteSearch.isLetter(byte(index + 2)))
  }

  private func isWordPart(_ byte: UInt8) -> Bool {
    ByteSearch.isLetter(byte) || ByteSearch.isDigit(byte) || byte >= 0x80 && byte != 0xE2
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "&")
  }

  private func isWrapped(_ index: Int) -> Bool {
    let before = byte(index - 1)
    return before == UInt8(ascii: "(") || before == UInt8(ascii: "[") || before == UInt8(ascii: "*")
      || before == UInt8(ascii: "{")
  }

  // MARK: Options of a prompt

  /// How many options a prompt lists: the last run of lines that begin with A, B, C … and `.`, `)` or `:`.
  static func listed(in prompt: String) -> Int {
    var run = 0
    var found = 0
    for line in prompt.utf8.split(separator: UInt8(ascii: "\n")) {
      var line = line.drop { $0 <= 0x20 || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "*") }
      guard let letter = line.popFirst(), let mark = line.first,
        mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")") || mark == UInt8(ascii: ":")
      else { continue }
      run =
        letter == UInt8(ascii: "A") ? 1 : letter == UInt8(ascii: "A") + UInt8(clamping: run) ? run + 1 : run
      if run >= 2 { found = run }
    }
    return found >= 2 ? min(found, all) : all
  }
}
