/// A rational number, exact and reduced; arithmetic that leaves 128 bits gives `nil`.
package struct ExactRational: Sendable, Hashable {
  package let numerator: Int128
  /// At least 1.
  package let denominator: Int128

  package static let zero = ExactRational(0)
  package static let one = ExactRational(1)

  package init(_ whole: Int64) {
    numerator = Int128(whole)
    denominator = 1
  }

  /// `nil` when the denominator is 0.
  package init?(_ numerator: Int128, over denominator: Int128) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let divisor = Self.greatestCommonDivisor(abs(numerator), abs(denominator))
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  /// Digits and the number of them behind the point, e.g. `125` and 2 for 1.25; `nil` beyond 36 digits.
  package init?(digits: some Sequence<UInt8>, places: Int, exponent: Int = 0) {
    var value: Int128 = 0
    var count = 0
    for digit in digits {
      value = value * 10 + Int128(digit &- UInt8(ascii: "0"))
      count += value == 0 ? 0 : 1
      guard count <= 36 else { return nil }
    }
    let shift = exponent - places
    guard value != 0 else {
      self = .zero
      return
    }
    guard abs(shift) <= 36, let power = Self.power(10, abs(shift)) else { return nil }
    guard shift > 0 else {
      self.init(value, over: power)
      return
    }
    let (scaled, overflow) = value.multipliedReportingOverflow(by: power)
    guard !overflow else { return nil }
    self.init(scaled, over: 1)
  }

  package var isWhole: Bool { denominator == 1 }
  package var isNegative: Bool { numerator < 0 }
  package var negated: ExactRational { ExactRational(numerator: -numerator, denominator: denominator) }

  private init(numerator: Int128, denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  package func adding(_ other: ExactRational) -> ExactRational? {
    let (left, first) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (right, second) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (sum, third) = left.addingReportingOverflow(right)
    let (below, fourth) = denominator.multipliedReportingOverflow(by: other.denominator)
    return first || second || third || fourth ? nil : ExactRational(sum, over: below)
  }

  package func multiplied(by other: ExactRational) -> ExactRational? {
    let (above, first) = numerator.multipliedReportingOverflow(by: other.numerator)
    let (below, second) = denominator.multipliedReportingOverflow(by: other.denominator)
    return first || second ? nil : ExactRational(above, over: below)
  }

  package func divided(by other: ExactRational) -> ExactRational? {
    other.inverse.flatMap(multiplied)
  }

  package var inverse: ExactRational? { ExactRational(denominator, over: numerator) }

  /// A whole power, negative ones too.
  package func power(_ exponent: Int) -> ExactRational? {
    guard exponent >= 0 else { return power(-exponent)?.inverse }
    guard let above = Self.power(numerator, exponent), let below = Self.power(denominator, exponent) else {
      return nil
    }
    return ExactRational(above, over: below)
  }

  static func power(_ base: Int128, _ exponent: Int) -> Int128? {
    guard abs(base) > 1 else { return base == 0 && exponent > 0 ? 0 : base < 0 && exponent % 2 == 1 ? -1 : 1 }
    guard exponent < 128 else { return nil }
    var power: Int128 = 1
    for _ in 0..<exponent {
      let (next, overflow) = power.multipliedReportingOverflow(by: base)
      guard !overflow else { return nil }
      power = next
    }
    return power
  }

  static func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
    var (larger, smaller) = (left, right)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }
}

extension ExactRational: Comparable {
  package static func < (left: ExactRational, right: ExactRational) -> Bool {
    let (first, firstOverflow) = left.numerator.multipliedReportingOverflow(by: right.denominator)
    let (second, secondOverflow) = right.numerator.multipliedReportingOverflow(by: left.denominator)
    guard firstOverflow || secondOverflow else { return first < second }
    return Double(left.numerator) / Double(left.denominator)
      < Double(right.numerator) / Double(right.denominator)
  }
}

extension ExactRational: CustomStringConvertible {
  /// A decimal where one ends within 12 places, else a fraction: `18`, `-0.5`, `1/3`.
  package var description: String {
    guard denominator > 1 else { return String(numerator) }
    for places in 1...12 {
      guard let unit = Self.power(10, places) else { break }
      guard unit % denominator == 0 else { continue }
      let (scaled, overflow) = numerator.multipliedReportingOverflow(by: unit / denominator)
      if !overflow { return FixedPoint.text(scaled, places: places) }
    }
    return "\(numerator)/\(denominator)"
  }
}
