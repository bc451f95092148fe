extension LatexParser {
  /// One value: a number, a letter, something in brackets, a command with its arguments.
  mutating func base() -> MathValue? {
    guard let token = tokens.popFirst() else { return nil }
    switch token {
    case .number(let number): return numeral(number)
    case .symbol(let name): return .sum(AlgebraicSum(atom: subscripted(name)))
    case .text(let word): return .sum(AlgebraicSum(atom: word))
    case .command(let name): return command(name)
    case .mark("{"): return closed(by: ["}"], opening: "{")
    case .mark("("): return closed(by: [")", "]"], opening: "(")
    case .mark("["): return closed(by: ["]", ")"], opening: "[")
    case .mark("set{"): return closed(by: ["set}"], opening: "{")
    case .mark("|"): return between("|", "abs")
    case .mark: return nil
    }
  }

  /// What a command or sign applies to: a group in braces, or the next piece alone, a digit of `\frac12`.
  mutating func argument() -> MathValue? {
    guard let token = tokens.first else { return nil }
    switch token {
    case .mark("{"): return base()
    case .mark("-"):
      tokens.removeFirst()
      return argument().map { .sum($0.algebra.negated) }
    case .number(let number):
      tokens.removeFirst()
      return .sum(AlgebraicSum(number))
    case .symbol(let name):
      tokens.removeFirst()
      return .sum(AlgebraicSum(atom: name))
    case .command, .text: return base()
    case .mark: return nil
    }
  }

  // MARK: Numbers and letters

  /// A number or a mixed number (`3\frac{1}{2}`, `3 1/2`). The base written at digits (`1010_2`) is left out:
  /// the question sets it, and answers leave it out as often as not.
  private mutating func numeral(_ number: ExactRational) -> MathValue? {
    if take("_") { return argument().map { _ in .sum(AlgebraicSum(number)) } }
    if number.isWhole, let (part, length) = fraction(), !part.isNegative, part < .one {
      tokens.removeFirst(length)
      return number.adding(part).map { .sum(AlgebraicSum($0)) }
    }
    return .sum(AlgebraicSum(number))
  }

  /// A fraction of plain numbers ahead, with the number of its tokens.
  private func fraction() -> (value: ExactRational, length: Int)? {
    func plainNumber(_ start: Int) -> (value: ExactRational, end: Int)? {
      let rest = tokens.dropFirst(start)
      if case .number(let value)? = rest.first { return (value, start + 1) }
      guard rest.first == .mark("{"), case .number(let value)? = rest.dropFirst().first,
        rest.dropFirst(2).first == .mark("}")
      else { return nil }
      return (value, start + 3)
    }
    let isCommand = tokens.first == .command("frac")
    guard let above = plainNumber(isCommand ? 1 : 0) else { return nil }
    guard isCommand || tokens.dropFirst(above.end).first == .mark("/"),
      let below = plainNumber(above.end + (isCommand ? 0 : 1)),
      let value = above.value.divided(by: below.value)
    else { return nil }
    return (value, below.end)
  }

  /// A letter with its index and primes: `x_1`, `f'`.
  private mutating func subscripted(_ name: String) -> String {
    var name = name
    while true {
      if next(is: "_") {
        let rest = tokens
        tokens.removeFirst()
        guard let index = argument() else {
          tokens = rest
          return name
        }
        name += "_" + index.text
      } else if take("prime") {
        name += "'"
      } else {
        return name
      }
    }
  }

  // MARK: Brackets

  /// One value in brackets is itself; several are a pair, interval or, in braces, a set.
  private mutating func closed(by closings: [String], opening: String) -> MathValue? {
    var entries: [MathRelation] = []
    guard !closings.contains(where: { next(is: $0) }) else {
      tokens.removeFirst()
      return .form(opening == "{" ? "{}" : opening + (opening == "(" ? ")" : "]"))
    }
    repeat {
      guard let entry = relation() else { return nil }
      entries.append(entry)
    } while take(",") || take(";")
    guard let closing = closings.first(where: { next(is: $0) }) else { return nil }
    tokens.removeFirst()
    if entries.count == 1, closing != "set}", entries[0].signs.isEmpty { return entries[0].values[0] }
    let texts = entries.map { $0.text(dropsName: false) }
    guard opening != "{" else {
      let members = Set(texts.map(ExactString.init)).sorted().map(\.text)
      return .form("{" + members.joined(separator: ",") + "}")
    }
    return .form(opening + texts.joined(separator: ",") + closing)
  }

  private mutating func between(_ closing: String, _ name: String) -> MathValue? {
    guard let inner = sum(), take(closing) else { return nil }
    if let value = inner.algebra.constant {
      return .sum(AlgebraicSum(value.isNegative ? value.negated : value))
    }
    return .sum(AlgebraicSum(atom: "\(name)(\(inner.text))"))
  }

  // MARK: Commands

  private mutating func command(_ name: String) -> MathValue? {
    switch name {
    case "frac":
      guard let above = argument(), let below = argument()?.algebra.raised(to: ExactRational(-1)) else {
        return nil
      }
      return above.algebra.multiplied(by: below).map(MathValue.sum)
    case "sqrt": return root()
    case "binom": return binomial()
    case "begin matrix", "begin determinant": return matrix(isDeterminant: name == "begin determinant")
    case "overline", "vec", "hat": return argument().map { .sum(AlgebraicSum(atom: "\(name)(\($0.text))")) }
    case "lfloor", "lceil":
      let closing = LatexToken.command(name == "lfloor" ? "rfloor" : "rceil")
      guard let inner = sum(), tokens.first == closing else { return nil }
      tokens.removeFirst()
      return .sum(AlgebraicSum(atom: "\(name.dropFirst())(\(inner.text))"))
    default: return LatexNames.functions.contains(name) ? function(name) : nil
    }
  }

  private mutating func root() -> MathValue? {
    var degree = ExactRational(2)
    if take("[") {
      guard let value = sum()?.algebra.constant, value.isWhole, !value.isNegative, take("]") else {
        return nil
      }
      degree = value
    }
    let radicand = next(is: "(") ? base() : argument()
    guard let exponent = degree.inverse else { return nil }
    return radicand?.algebra.raised(to: exponent).map(MathValue.sum)
  }

  private mutating func binomial() -> MathValue? {
    guard let above = argument(), let below = argument() else { return nil }
    guard let n = above.algebra.constant, let k = below.algebra.constant, n.isWhole, k.isWhole,
      (0...100).contains(n.numerator), (0...n.numerator).contains(k.numerator)
    else { return .sum(AlgebraicSum(atom: "binom(\(above.text),\(below.text))")) }
    var value: ExactRational? = .one
    for step in 0..<Int64(k.numerator) {
      value = ExactRational(n.numerator - Int128(step), over: Int128(step) + 1).flatMap {
        value?.multiplied(by: $0)
      }
    }
    return value.map { .sum(AlgebraicSum($0)) }
  }

  /// `\sin^2 x`, `\log_2(x+1)`: the name with its index, of the brackets or factors that follow.
  private mutating func function(_ name: String) -> MathValue? {
    var name = name
    var exponent: MathValue?
    while next(is: "_") || next(is: "^") {
      let isIndex = take("_")
      if !isIndex { _ = take("^") }
      guard let value = argument() else { return nil }
      if isIndex { name += "_" + value.text } else { exponent = value }
    }
    guard let argument = functionArgument() else { return nil }
    let atom = AlgebraicSum(atom: "\(name)(\(argument.text))")
    guard let exponent else { return .sum(atom) }
    guard let number = exponent.algebra.constant else { return nil }
    return atom.raised(to: number).map(MathValue.sum)
  }

  private mutating func functionArgument() -> MathValue? {
    if next(is: "(") || next(is: "{") { return base() }
    guard var product = power() else { return nil }
    while case .symbol? = tokens.first {
      guard let factor = power(), let next = product.algebra.multiplied(by: factor.algebra) else {
        return nil
      }
      product = .sum(next)
    }
    return product
  }

  private mutating func matrix(isDeterminant: Bool) -> MathValue? {
    let end = LatexToken.command(isDeterminant ? "end determinant" : "end matrix")
    var text = ""
    while tokens.first != end {
      guard let entry = sum() else { return nil }
      text += entry.text
      if take("&") { text += "," } else if take("\\\\") { text += tokens.first == end ? "" : ";" }
    }
    tokens.removeFirst()
    let form = (isDeterminant ? "det[" : "matrix[") + text + "]"
    // Brackets around an `array` say what the matrix says already.
    return .form(form)
  }
}
