/// Takes LaTeX, or a plain formula, apart.
struct LatexTokenizer {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  /// Open `(`, `[` and `\{`: inside, a comma separates entries and never thousands.
  private var depth = 0
  private(set) var tokens: [LatexToken] = []

  /// Longer answers are compared as text.
  static let limit = 2000

  /// `nil` where something stands that is no formula.
  static func tokens(of text: String) -> [LatexToken]? {
    guard text.utf8.count <= limit else { return nil }
    // Texts quoted from JSON have their backslashes doubled; a row break needs an environment.
    let plain = text.contains("\\begin") ? text : text.replacing("\\\\", with: "\\")
    var tokenizer = LatexTokenizer(plain)
    return tokenizer.run() ? tokenizer.tokens : nil
  }

  private init(_ text: String) { scalars = Array(text.unicodeScalars) }

  private mutating func run() -> Bool {
    while position < scalars.count {
      guard step() else { return false }
    }
    return true
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    scalars.indices.contains(position + offset) ? scalars[position + offset] : nil
  }

  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }

  private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("a"..."z").contains($0) || ("A"..."Z").contains($0) } ?? false
  }

  private mutating func step() -> Bool {
    guard let scalar = peek() else { return false }
    if scalar == "\\" { return command() }
    if Self.isDigit(scalar) || scalar == "." && Self.isDigit(peek(1)) { return number() }
    if Self.isLetter(scalar) {
      word()
      return true
    }
    position += 1
    if scalar == "√" {
      tokens.append(.command("sqrt"))
      return true
    }
    if scalar.properties.isWhitespace || "$€£¥%°~".unicodeScalars.contains(scalar) { return true }
    if let mark = Self.marks[scalar] {
      return append(mark: mark)
    }
    if let name = Self.letters[scalar] {
      tokens.append(.symbol(name))
      return true
    }
    // A full stop or comma that ends the answer.
    return scalar == "." && scalars[position...].allSatisfy { $0.properties.isWhitespace || $0 == "$" }
  }

  private mutating func append(mark: String) -> Bool {
    switch mark {
    case "(", "[", "set{": depth += 1
    case ")", "]", "set}": depth -= 1
    default: break
    }
    tokens.append(.mark(mark))
    return true
  }

  private static let marks: [Unicode.Scalar: String] = [
    "+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "×": "*", "·": "*", "⋅": "*", "/": "/", "÷": "/",
    "^": "^",
    "_": "_", "!": "!", "=": "=", "<": "<", ">": ">", "≤": "<=", "≥": ">=", "≠": "!=", "(": "(", ")": ")",
    "[": "[", "]": "]", "{": "{", "}": "}", "|": "|", ",": ",", ";": ";", "&": "&", "±": "pm", "∪": "cup",
    "∩": "cap", "∈": "in", "′": "prime", "'": "prime", ":": ":",
  ]

  private static let letters: [Unicode.Scalar: String] = [
    "π": "pi", "∞": "infty", "θ": "theta", "α": "alpha", "β": "beta", "γ": "gamma", "λ": "lambda", "μ": "mu",
    "φ": "phi", "ω": "omega", "∅": "emptyset",
  ]

  // MARK: Numbers and words

  private mutating func number() -> Bool {
    var digits: [UInt8] = []
    takeDigits(&digits)
    while depth == 0 || peek() == "{", let length = separatorLength() {
      position += length
      takeDigits(&digits)
    }
    let whole = digits.count
    if peek() == ".", Self.isDigit(peek(1)) {
      position += 1
      takeDigits(&digits)
    } else if peek() == ".", peek(1) == "\\" {
      // `0.\overline{3}`
      position += 1
    }
    let places = digits.count - whole
    guard let value = ExactRational(digits: digits, places: places) else { return false }
    guard let repeated = repeatedDigits() else {
      tokens.append(.number(value))
      return true
    }
    guard let sum = Self.repeating(value, places: places, digits: repeated) else { return false }
    tokens.append(.number(sum))
    return true
  }

  /// The length of a separator of thousands that exactly three digits follow: `,` or `{,}`.
  private func separatorLength() -> Int? {
    let length = peek() == "," ? 1 : peek() == "{" && peek(1) == "," && peek(2) == "}" ? 3 : nil
    guard let length else { return nil }
    let isGroup = (0..<3).allSatisfy { Self.isDigit(peek(length + $0)) } && !Self.isDigit(peek(length + 3))
    return isGroup ? length : nil
  }

  private mutating func takeDigits(_ digits: inout [UInt8]) {
    while let scalar = peek(), Self.isDigit(scalar) {
      digits.append(UInt8(scalar.value))
      position += 1
    }
  }

  /// The digits of `\overline{…}` behind a decimal.
  private mutating func repeatedDigits() -> [UInt8]? {
    let name = "\\overline{"
    guard scalars[position...].starts(with: name.unicodeScalars) else { return nil }
    let digits = scalars[(position + name.unicodeScalars.count)...].prefix { Self.isDigit($0) }
    guard !digits.isEmpty, digits.count <= 12, digits.endIndex < scalars.count,
      scalars[digits.endIndex] == "}"
    else { return nil }
    position = digits.endIndex + 1
    return digits.map { UInt8($0.value) }
  }

  /// `value` + digits / ((10^count − 1) · 10^places).
  private static func repeating(_ value: ExactRational, places: Int, digits: [UInt8]) -> ExactRational? {
    guard let period = ExactRational(digits: digits, places: 0),
      let nines = ExactRational.power(10, digits.count), let shift = ExactRational.power(10, places),
      let part = ExactRational(period.numerator, over: nines - 1)?.divided(
        by: ExactRational(shift, over: 1) ?? .one)
    else { return nil }
    return value.adding(part)
  }

  /// Letters are symbols one by one; three and more together are a word, unless a function's name.
  private mutating func word() {
    let start = position
    while Self.isLetter(peek()) { position += 1 }
    let word = String(String.UnicodeScalarView(scalars[start..<position]))
    if LatexNames.functions.contains(word) || word == "sqrt" {
      tokens.append(.command(word))
    } else if word == "pi" {
      tokens.append(.symbol(word))
    } else if isUnitPart(word) {
      tokens.append(.text(word))
    } else if word.utf8.count >= 3 || ["or", "and"].contains(word) {
      tokens.append(.text(word.lowercased()))
    } else {
      tokens += word.map { .symbol(String($0)) }
    }
  }

  /// `cm` behind a number, `of` behind a word.
  private func isUnitPart(_ word: String) -> Bool {
    switch tokens.last {
    case .number: LatexNames.units.contains(word)
    case .text: word.utf8.count == 2
    default: false
    }
  }

  // MARK: Commands

  private mutating func command() -> Bool {
    position += 1
    guard let scalar = peek() else { return false }
    guard Self.isLetter(scalar) else {
      position += 1
      switch scalar {
      case "{": return append(mark: "set{")
      case "}": return append(mark: "set}")
      case "\\": tokens.append(.mark("\\\\"))
      case "|": tokens.append(.mark("|"))
      case " ", ",", ";", ":", "!", "%", "$", "(", ")", "[", "]", "&", "\n": break
      default: return false
      }
      return true
    }
    let start = position
    while Self.isLetter(peek()) { position += 1 }
    return named(String(String.UnicodeScalarView(scalars[start..<position])))
  }

  private mutating func named(_ name: String) -> Bool {
    if LatexNames.ignored.contains(name) { return true }
    if LatexNames.textual.contains(name) { return text() }
    if let mark = LatexNames.marks[name] { return append(mark: mark) }
    if LatexNames.symbols.contains(name) {
      tokens.append(.symbol(name))
      return true
    }
    if name == "begin" || name == "end" { return environment(name) }
    guard LatexNames.functions.contains(name) || LatexNames.structures.contains(name) else { return false }
    tokens.append(.command(LatexNames.synonyms[name] ?? name))
    if tokens.last == .command("frac") { takeSingleDigits() }
    return true
  }

  /// The arguments of `\frac12` are single digits.
  private mutating func takeSingleDigits() {
    while peek()?.properties.isWhitespace == true { position += 1 }
    for _ in 0..<2 {
      guard let scalar = peek(), Self.isDigit(scalar) else { return }
      tokens.append(.number(ExactRational(Int64(scalar.value) - 48)))
      position += 1
    }
  }

  /// The content of braces as written, without spaces at the ends.
  private mutating func braced() -> String? {
    while peek()?.properties.isWhitespace == true { position += 1 }
    guard peek() == "{" else { return nil }
    var level = 0
    let start = position + 1
    while let scalar = peek() {
      position += 1
      if scalar == "{" { level += 1 }
      if scalar == "}" { level -= 1 }
      if level == 0 {
        return PlainText.normalized(
          String(String.UnicodeScalarView(scalars[start..<position - 1])), ignoringCase: false)
      }
    }
    return nil
  }

  private mutating func text() -> Bool {
    guard var content = braced() else { return false }
    // The letter of an option.
    if content.count == 3, content.hasPrefix("("), content.hasSuffix(")") {
      content = String(content.dropFirst().dropLast())
    }
    let isNumber = content.unicodeScalars.contains { Self.isDigit($0) }
    if isNumber, let inner = Self.tokens(of: content) {
      tokens += inner
    } else if content.count == 1, Self.isLetter(content.unicodeScalars.first) {
      tokens.append(.symbol(content))
    } else if !content.isEmpty {
      let word = content.lowercased().filter { $0 != "." && $0 != "$" }
      tokens.append(.text(word))
    }
    return true
  }

  private mutating func environment(_ name: String) -> Bool {
    guard let kind = braced() else { return false }
    let matrices = ["matrix", "pmatrix", "bmatrix", "smallmatrix", "array"]
    guard matrices.contains(kind) || kind == "vmatrix" else { return false }
    if kind == "array", name == "begin" { _ = braced() }
    tokens.append(.command(name + (kind == "vmatrix" ? " determinant" : " matrix")))
    return true
  }
}
