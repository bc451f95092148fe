/// A sum of products with exact coefficients, in one form per value as far as answers need it.
///
/// Numbers under roots are split into primes, so `\sqrt{12}`, `2\sqrt{3}` and `\frac{6}{\sqrt{3}}` are the same
/// sum. Sums multiplied with letters are not multiplied out: `x(x+1)` is not `x^2+x`, for a question may ask
/// for either. Operations that would leave 128 bits or grow past `termLimit` give `nil`.
struct AlgebraicSum: Equatable {
  static let termLimit = 256

  /// No coefficient is 0.
  private(set) var terms: [Product: ExactRational]

  static let zero = AlgebraicSum(terms: [:])

  init(_ value: ExactRational) { self.init(terms: value == .zero ? [:] : [.one: value]) }

  /// A letter, word or anything else that is not looked into.
  init(atom: String) { self.init(terms: [Product([Factor(atom: atom, exponent: .one)]): .one]) }

  private init(terms: [Product: ExactRational]) { self.terms = terms }

  init(_ product: Product, times coefficient: ExactRational) {
    self.init(terms: coefficient == .zero ? [:] : [product: coefficient])
  }

  /// The value, if there is no root and no letter in it.
  var constant: ExactRational? {
    terms.isEmpty ? .zero : terms.count == 1 ? terms[.one] : nil
  }

  /// The product and its coefficient, if there is but one.
  var single: (product: Product, coefficient: ExactRational)? {
    guard terms.count == 1, let (product, coefficient) = terms.first else { return nil }
    return (product, coefficient)
  }

  var isNumeric: Bool { terms.keys.allSatisfy(\.isNumeric) }

  func adding(_ other: AlgebraicSum) -> AlgebraicSum? {
    var sum = terms
    for (product, coefficient) in other.terms {
      guard let total = (sum[product] ?? .zero).adding(coefficient) else { return nil }
      sum[product] = total == .zero ? nil : total
    }
    return sum.count <= Self.termLimit ? AlgebraicSum(terms: sum) : nil
  }

  var negated: AlgebraicSum { AlgebraicSum(terms: terms.mapValues(\.negated)) }

  /// Multiplies out numbers, roots among them; a sum with letters stays one factor.
  func multiplied(by other: AlgebraicSum) -> AlgebraicSum? {
    if terms.isEmpty || other.terms.isEmpty { return .zero }
    let isPlain =
      isNumeric && other.isNumeric || isNumeric && terms.count == 1
      || other.isNumeric && other.terms.count == 1 || terms.count == 1 && other.terms.count == 1
    guard isPlain else {
      guard let left = factored(.one), let right = other.factored(.one) else { return nil }
      return left.multipliedOut(by: right)
    }
    return multipliedOut(by: other)
  }

  private func multipliedOut(by other: AlgebraicSum) -> AlgebraicSum? {
    guard terms.count * other.terms.count <= Self.termLimit else { return nil }
    var sum = AlgebraicSum.zero
    for (left, leftCoefficient) in terms {
      for (right, rightCoefficient) in other.terms {
        guard let coefficient = leftCoefficient.multiplied(by: rightCoefficient),
          let term = left.multiplied(by: right, coefficient), let next = sum.adding(term)
        else { return nil }
        sum = next
      }
    }
    return sum
  }

  /// One product: several terms become one factor, without their common divisor, to a power.
  func factored(_ exponent: ExactRational) -> AlgebraicSum? {
    guard terms.count > 1 else { return exponent == .one ? self : raised(to: exponent) }
    guard var content = content else { return nil }
    // A sign leaves a root only as a whole power.
    if content.isNegative, !exponent.isWhole { content = content.negated }
    guard let inverse = content.inverse, let primitive = multipliedOut(by: AlgebraicSum(inverse)),
      let outside = AlgebraicSum(content).raised(to: exponent)
    else { return nil }
    let factor = Factor(atom: "(\(primitive.text))", exponent: exponent)
    return AlgebraicSum(Product([factor]), times: .one).multipliedOut(by: outside)
  }

  /// The greatest rational that leaves whole coefficients, with the sign of the first term.
  private var content: ExactRational? {
    var above: Int128 = 0
    var below: Int128 = 1
    for coefficient in terms.values {
      above = ExactRational.greatestCommonDivisor(above, abs(coefficient.numerator))
      let divisor = ExactRational.greatestCommonDivisor(below, coefficient.denominator)
      let (multiple, overflow) = below.multipliedReportingOverflow(by: coefficient.denominator / divisor)
      guard !overflow else { return nil }
      below = multiple
    }
    let isNegative = sorted.first?.coefficient.isNegative ?? false
    return ExactRational(isNegative ? -above : above, over: below)
  }

  // MARK: Text

  private var sorted: [(product: Product, coefficient: ExactRational)] {
    terms.map { ($0.key, $0.value, $0.key.text) }.sorted { $0.2 < $1.2 }.map { ($0.0, $0.1) }
  }

  /// The one spelling of this value: `1/2+sqrt(3)/2` is written `0.5+0.5*sqrt(3)`.
  var text: String {
    guard !terms.isEmpty else { return "0" }
    var text = ""
    for (product, coefficient) in sorted {
      if coefficient.isNegative { text += "-" } else if !text.isEmpty { text += "+" }
      let size = coefficient.isNegative ? coefficient.negated : coefficient
      if product == .one {
        text += size.description
      } else {
        text += (size == .one ? "" : size.description + "*") + product.text
      }
    }
    return text
  }
}

/// Something to a power.
struct Factor: Hashable {
  /// A prime number, a letter, a word, or a sum in brackets.
  let atom: String
  let exponent: ExactRational

  var isNumeric: Bool { atom.utf8.allSatisfy(ByteSearch.isDigit) }

  var text: String {
    if exponent == .one { return atom }
    if exponent == ExactRational(1, over: 2) { return atom.hasPrefix("(") ? "sqrt\(atom)" : "sqrt(\(atom))" }
    return atom + "^" + (exponent.isWhole && !exponent.isNegative ? "\(exponent)" : "(\(exponent))")
  }
}

/// Factors with different atoms, in order of their atoms.
struct Product: Hashable {
  static let one = Product([])

  let factors: [Factor]

  init(_ factors: [Factor]) { self.factors = factors }

  var isNumeric: Bool { factors.allSatisfy(\.isNumeric) }

  var text: String { factors.map(\.text).joined(separator: "*") }

  /// The product with another and a coefficient; whole powers of primes go to the coefficient.
  func multiplied(by other: Product, _ coefficient: ExactRational) -> AlgebraicSum? {
    var exponents: [String: ExactRational] = [:]
    for factor in factors + other.factors {
      guard let sum = (exponents[factor.atom] ?? .zero).adding(factor.exponent) else { return nil }
      exponents[factor.atom] = sum
    }
    return Self.normalized(exponents, coefficient)
  }

  static func normalized(
    _ exponents: [String: ExactRational], _ coefficient: ExactRational
  ) -> AlgebraicSum? {
    var coefficient = coefficient
    var factors: [Factor] = []
    for (atom, exponent) in exponents.sorted(by: { $0.key < $1.key }) where exponent != .zero {
      guard let prime = Int64(atom) else {
        factors.append(Factor(atom: atom, exponent: exponent))
        continue
      }
      guard let whole = Int(exactly: exponent.floor), (-200...200).contains(whole),
        let power = ExactRational(prime).power(whole), let product = coefficient.multiplied(by: power),
        let rest = exponent.adding(ExactRational(Int64(-whole)))
      else { return nil }
      coefficient = product
      if rest != .zero { factors.append(Factor(atom: atom, exponent: rest)) }
    }
    return AlgebraicSum(Product(factors), times: coefficient)
  }
}

extension ExactRational {
  /// The greatest whole number not above it.
  var floor: Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
