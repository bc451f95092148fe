/// Exact conversion between decimal text and scaled integers, rounding half to even as decimal.
///
/// Scores, prices and times arrive as decimal text. They never pass through a binary double, so
/// `0.0000005` rounds to 0 millionths and `0.0000015` to 2 (Scheme.md, "Units and rounding").
package enum FixedPoint {
  /// The integer nearest to `text · 10^places`, ties to even; `nil` when `text` is not a JSON number
  /// (`-1.5e3`; no leading `+`, no `NaN`) or the result does not fit an `Int128`.
  package static func scaled(_ text: some Collection<UInt8>, places: Int) -> Int128? {
    guard let number = DecimalNumber(text) else { return nil }
    return number.scaled(places: places)
  }

  /// `scaled(_:places:)` for a string.
  package static func scaled(_ text: some StringProtocol, places: Int) -> Int128? {
    scaled(text.utf8, places: places)
  }

  /// Whether `text` is a JSON number, whatever its size.
  package static func isNumber(_ text: some StringProtocol) -> Bool { DecimalNumber(text.utf8) != nil }

  /// The shortest decimal text of `value · 10^-places`, e.g. `950000` at 6 places is `0.95`.
  package static func text(_ value: Int128, places: Int) -> String {
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let whole = padded.dropLast(places)
    var fraction = padded.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// `numerator / denominator` to the nearest integer, ties to even. `denominator` must be positive.
  package static func dividedHalfEven(_ numerator: Int128, by denominator: Int128) -> Int128 {
    precondition(denominator > 0, "a share has a positive denominator")
    var (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    if remainder < 0 {
      quotient -= 1
      remainder += denominator
    }
    let excess = remainder - (denominator - remainder)
    return excess > 0 || (excess == 0 && quotient % 2 != 0) ? quotient + 1 : quotient
  }

  /// `base + factor · share / whole` to the nearest integer, ties to even. No argument is negative, and
  /// `whole` is positive.
  package static func roundedSum(_ base: Int64, plus factor: Int64, by share: Int64, of whole: Int64) -> Int64
  {
    let (product, overflow) = factor.multipliedReportingOverflow(by: share)
    // 64-bit division is many times faster, and real times fit it.
    guard !overflow, product < .max / 2 else {
      let numerator = Int128(base) * Int128(whole) + Int128(factor) * Int128(share)
      return Int64(dividedHalfEven(numerator, by: Int128(whole)))
    }
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: whole)
    let floor = base + quotient
    let excess = remainder - (whole - remainder)
    return excess > 0 || (excess == 0 && floor % 2 != 0) ? floor + 1 : floor
  }
}

extension Double {
  /// The nearest double; through 64 bits where they hold the value, which is many times faster.
  package init(wide value: Int128) {
    if let short = Int64(exactly: value) { self.init(short) } else { self.init(value) }
  }
}

/// A JSON number taken apart: sign, significant digits and the power of ten of the last digit.
private struct DecimalNumber {
  private var isNegative = false
  private var digits: [UInt8] = []
  private var exponent = 0

  init?(_ text: some Collection<UInt8>) {
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") {
      isNegative = true
      rest = rest.dropFirst()
    }
    let whole = rest.prefix(while: Self.isDigit)
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return nil }
    rest = rest.dropFirst(whole.count)
    append(whole)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: Self.isDigit)
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(fraction.count + 1)
      append(fraction)
      exponent -= fraction.count
    }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      guard let power = Self.power(rest.dropFirst()) else { return nil }
      exponent += power
      return
    }
    guard rest.isEmpty else { return nil }
  }

  func scaled(places: Int) -> Int128? {
    let shift = exponent + places
    guard !digits.isEmpty else { return 0 }
    let kept = shift >= 0 ? digits.count : digits.count + shift
    guard kept >= 0 else { return 0 }
    guard kept + max(0, shift) <= 38 else { return nil }
    var magnitude: Int128 = 0
    for digit in digits.prefix(kept) { magnitude = magnitude * 10 + Int128(digit) }
    for _ in 0..<max(0, shift) { magnitude *= 10 }
    let dropped = digits.dropFirst(kept)
    if let first = dropped.first {
      let isTie = first == 5 && dropped.dropFirst().allSatisfy { $0 == 0 }
      if isTie ? magnitude % 2 != 0 : first >= 5 { magnitude += 1 }
    }
    return isNegative ? -magnitude : magnitude
  }

  /// Appends digits, leaving out leading zeros.
  private mutating func append(_ text: some Sequence<UInt8>) {
    for byte in text where !(digits.isEmpty && byte == UInt8(ascii: "0")) {
      digits.append(byte - UInt8(ascii: "0"))
    }
  }

  /// The value of an exponent's text, capped far outside every range used here.
  private static func power(_ text: some Collection<UInt8>) -> Int? {
    var rest = text[...]
    var sign = 1
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      sign = rest.first == UInt8(ascii: "-") ? -1 : 1
      rest = rest.dropFirst()
    }
    guard !rest.isEmpty, rest.allSatisfy(isDigit) else { return nil }
    return sign * rest.reduce(0) { min($0 * 10 + Int($1 - UInt8(ascii: "0")), 1_000_000_000) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
