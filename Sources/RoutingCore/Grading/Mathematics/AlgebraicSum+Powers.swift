extension AlgebraicSum {
  /// The sum to a rational power; `nil` where that is no number, or too large.
  func raised(to exponent: ExactRational) -> AlgebraicSum? {
    if exponent == .one { return self }
    if exponent == .zero { return AlgebraicSum(.one) }
    guard !terms.isEmpty else { return exponent.isNegative ? nil : .zero }
    if let (product, coefficient) = single {
      return Self.power(of: product, coefficient, exponent)
    }
    if isNumeric, exponent.isWhole {
      if exponent.isNegative { return reciprocal?.raised(to: exponent.negated) ?? factored(exponent) }
      if exponent.numerator <= 6 { return repeated(Int(exponent.numerator)) }
    }
    return factored(exponent)
  }

  private func repeated(_ count: Int) -> AlgebraicSum? {
    var power: AlgebraicSum? = AlgebraicSum(.one)
    for _ in 0..<count { power = power?.multiplied(by: self) }
    return power
  }

  /// Of two terms whose squares are rational: 1/(a+b) = (a−b)/(a²−b²).
  private var reciprocal: AlgebraicSum? {
    guard terms.count == 2, isNumeric else { return nil }
    let parts = terms.map { AlgebraicSum($0.key, times: $0.value) }
    guard let first = parts[0].multiplied(by: parts[0])?.constant,
      let second = parts[1].multiplied(by: parts[1])?.constant,
      let inverse = first.adding(second.negated)?.inverse
    else { return nil }
    return parts[0].adding(parts[1].negated)?.multiplied(by: AlgebraicSum(inverse))
  }

  private static func power(
    of product: Product, _ coefficient: ExactRational, _ exponent: ExactRational
  ) -> AlgebraicSum? {
    var exponents: [String: ExactRational] = [:]
    for factor in product.factors {
      guard let power = factor.exponent.multiplied(by: exponent) else { return nil }
      exponents[factor.atom] = power
    }
    if exponent.isWhole {
      guard let whole = Int(exactly: exponent.numerator), (-200...200).contains(whole),
        let power = coefficient.power(whole)
      else { return nil }
      return Product.normalized(exponents, power)
    }
    var sign = ExactRational.one
    if coefficient.isNegative {
      if exponent.denominator % 2 == 1 {
        // The real root: (−8)^(1/3) = −2.
        sign = exponent.numerator % 2 == 0 ? .one : ExactRational(-1)
      } else if exponent == ExactRational(1, over: 2) {
        exponents["i"] = (exponents["i"] ?? .zero).adding(.one)
      } else {
        return nil
      }
    }
    for (number, direction) in [
      (abs(coefficient.numerator), exponent), (coefficient.denominator, exponent.negated),
    ] {
      for (prime, count) in primes(of: number) {
        guard let power = direction.multiplied(by: ExactRational(count)),
          let sum = (exponents[prime] ?? .zero).adding(power)
        else { return nil }
        exponents[prime] = sum
      }
    }
    return Product.normalized(exponents, sign)
  }

  /// Prime factors up to 10⁴ with how often they occur; what is left stands as it is.
  private static func primes(of number: Int128) -> [(prime: String, count: Int64)] {
    var rest = number
    var primes: [(prime: String, count: Int64)] = []
    var divisor: Int128 = 2
    while divisor * divisor <= rest, divisor <= 10_000 {
      var count: Int64 = 0
      while rest % divisor == 0 {
        rest /= divisor
        count += 1
      }
      if count > 0 { primes.append((String(divisor), count)) }
      divisor += divisor == 2 ? 1 : 2
    }
    if rest > 1 { primes.append((String(rest), 1)) }
    return primes
  }
}
