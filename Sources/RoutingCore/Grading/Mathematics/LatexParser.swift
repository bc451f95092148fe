/// Reads formulas as answers write them; `nil` wherever something does not fit.
struct LatexParser {
  var tokens: ArraySlice<LatexToken>
  private var depth = 0
  private static let depthLimit = 40

  init(_ tokens: [LatexToken]) { self.tokens = tokens[...] }

  /// The relations of a whole answer, separated by commas, semicolons, "or" or "and".
  static func list(_ tokens: [LatexToken]) -> [MathRelation]? {
    var parser = LatexParser(tokens)
    var list: [MathRelation] = []
    repeat {
      guard let relation = parser.relation() else { return nil }
      list.append(relation)
    } while parser.takeSeparator()
    return parser.tokens.isEmpty ? list : nil
  }

  // MARK: Tokens

  func next(is mark: String) -> Bool { tokens.first == .mark(mark) }

  mutating func take(_ mark: String) -> Bool {
    guard next(is: mark) else { return false }
    tokens.removeFirst()
    return true
  }

  /// One separator, or a comma and a word: `, and`.
  private mutating func takeSeparator() -> Bool {
    var isThere = false
    while let token = tokens.first, [.mark(","), .mark(";"), .text("or"), .text("and")].contains(token) {
      tokens.removeFirst()
      isThere = true
    }
    return isThere && !tokens.isEmpty
  }

  // MARK: Relations

  private static let signs: Set<String> = ["=", "<", ">", "<=", ">=", "!=", "in", ":"]

  mutating func relation() -> MathRelation? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { return nil }
    let start = tokens
    guard let first = union() else { return nil }
    let namesFirst = Self.isName(first, start.prefix(start.count - tokens.count))
    var relation = MathRelation(values: [first], signs: [], namesFirst: namesFirst)
    while case .mark(let sign)? = tokens.first, Self.signs.contains(sign) {
      tokens.removeFirst()
      guard let value = union() else { return nil }
      relation.signs.append(sign)
      relation.values.append(value)
    }
    return relation
  }

  /// `x`, `x_1`, `AB`, `f(2)`, `area`: a product of different letters, or a letter before brackets.
  private static func isName(_ value: MathValue, _ tokens: ArraySlice<LatexToken>) -> Bool {
    if case .symbol? = tokens.first, tokens.dropFirst().first == .mark("("), tokens.last == .mark(")") {
      return true
    }
    guard case .sum(let sum) = value, let (product, coefficient) = sum.single else { return false }
    return coefficient == .one && !product.isNumeric
      && product.factors.allSatisfy { $0.exponent == .one && !$0.atom.hasPrefix("(") }
  }

  /// Sets joined by ∪ or ∩, in any order.
  private mutating func union() -> MathValue? {
    guard let first = sum() else { return nil }
    guard case .mark(let sign)? = tokens.first, ["cup", "cap", "setminus"].contains(sign) else {
      return first
    }
    var parts = [first.text]
    while take(sign) {
      guard let part = sum() else { return nil }
      parts.append(part.text)
    }
    return .form((sign == "setminus" ? parts : parts.sorted()).joined(separator: " \(sign) "))
  }

  // MARK: Sums and products

  mutating func sum() -> MathValue? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard var total = product() else { return nil }
    if isNegative { total = .sum(total.algebra.negated) }
    while next(is: "+") || next(is: "-") {
      let isMinus = take("-")
      if !isMinus { _ = take("+") }
      guard let term = product(),
        let sum = total.algebra.adding(isMinus ? term.algebra.negated : term.algebra)
      else { return nil }
      total = .sum(sum)
    }
    return total
  }

  private mutating func product() -> MathValue? {
    guard var total = signedPower() else { return nil }
    while true {
      if take("/") {
        guard let divisor = signedPower()?.algebra.raised(to: ExactRational(-1)),
          let quotient = total.algebra.multiplied(by: divisor)
        else { return nil }
        total = .sum(quotient)
      } else if take("*") || beginsFactor {
        guard let factor = signedPower(), let product = total.algebra.multiplied(by: factor.algebra) else {
          return nil
        }
        total = .sum(product)
      } else {
        return total
      }
    }
  }

  /// Whether a factor follows without a sign.
  var beginsFactor: Bool {
    switch tokens.first {
    case .symbol, .text("or"), .text("and"): tokens.first != .text("or") && tokens.first != .text("and")
    case .text: true
    case .command(let name): !["end matrix", "end determinant", "rfloor", "rceil"].contains(name)
    case .mark(let mark): mark == "(" || mark == "{"
    case .number, nil: false
    }
  }

  private mutating func signedPower() -> MathValue? {
    guard take("-") else { return power() }
    return power().map { .sum($0.algebra.negated) }
  }

  /// A value with what stands behind it: exponents and factorials.
  mutating func power() -> MathValue? {
    guard var value = base() else { return nil }
    while true {
      if take("^") {
        guard let exponent = argument(), let power = Self.power(value, exponent) else { return nil }
        value = power
      } else if take("!") {
        guard let product = Self.factorial(value) else { return nil }
        value = product
      } else {
        return value
      }
    }
  }

  private static func power(_ base: MathValue, _ exponent: MathValue) -> MathValue? {
    if let number = exponent.algebra.constant, let power = base.algebra.raised(to: number) {
      return .sum(power)
    }
    return .sum(AlgebraicSum(atom: "(\(base.text))^(\(exponent.text))"))
  }

  private static func factorial(_ value: MathValue) -> MathValue? {
    guard let number = value.algebra.constant, number.isWhole, (0...30).contains(number.numerator) else {
      return .sum(AlgebraicSum(atom: "(\(value.text))!"))
    }
    let product = (0..<number.numerator).reduce(Int128(1)) { $0 * ($1 + 1) }
    return ExactRational(product, over: 1).map { .sum(AlgebraicSum($0)) }
  }
}
