/// What a part of an answer stands for.
enum MathValue: Equatable {
  case sum(AlgebraicSum)
  /// A pair, interval, set or matrix in its one spelling.
  case form(String)

  /// As something to calculate with.
  var algebra: AlgebraicSum {
    switch self {
    case .sum(let sum): sum
    case .form(let text): AlgebraicSum(atom: text)
    }
  }

  var text: String {
    switch self {
    case .sum(let sum): sum.text
    case .form(let text): text
    }
  }
}

/// Values with `=`, `<` and the like between them; one more value than signs.
struct MathRelation: Equatable {
  var values: [MathValue]
  var signs: [String]
  /// Whether the first value only names what is given, such as `x` or `f(2)`.
  var namesFirst: Bool

  /// The name on the left, if the rest is its value.
  var name: String? { namesFirst && signs.allSatisfy { $0 == "=" || $0 == "in" } ? values.first?.text : nil }

  /// - Parameter dropsName: leave out the name of `x = 5`.
  func text(dropsName: Bool) -> String {
    guard let last = values.last, !signs.isEmpty else { return values.first?.text ?? "" }
    if signs.contains("in") || dropsName && name != nil { return last.text }
    if signs.allSatisfy({ $0 == "=" }) {
      // Of a calculation such as `2 + 3 = 5` the result counts.
      let isCalculation = values.dropLast().allSatisfy { $0.algebra.isNumeric }
      if isCalculation { return last.text }
      return equation ?? joined(values, signs)
    }
    let isReversed = signs.allSatisfy { $0.hasPrefix(">") }
    return isReversed
      ? joined(values.reversed(), signs.reversed().map { $0.replacing(">", with: "<") })
      : joined(values, signs)
  }

  /// Both sides on one, without common divisor: `2x = 4 - 2y` and `x + y = 2` are the same.
  private var equation: String? {
    guard values.count == 2, let difference = values[0].algebra.adding(values[1].algebra.negated),
      let product = difference.factored(.one)?.single?.product
    else { return nil }
    return product.text + "=0"
  }

  private func joined(_ values: [MathValue], _ signs: [String]) -> String {
    values.indices.map { ($0 == 0 ? "" : signs[$0 - 1]) + values[$0].text }.joined()
  }
}
