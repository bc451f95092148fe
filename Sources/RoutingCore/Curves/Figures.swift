/// Numbers in sentences.
package enum Figures {
  /// With three significant digits, all digits of the whole part, and nothing trailing; in powers of ten
  /// below 0.0001 and from 10⁹ on.
  package static func short(_ value: Double) -> String { short(value, digits: 3) }

  /// The same with as many significant digits as asked for, at least 1.
  package static func short(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return "?" }
    guard value != 0 else { return "0" }
    let size = abs(value)
    guard size < 1e9, size >= 1e-4 else { return scientific(value, digits: digits) }
    var places = digits - 1
    var bound = 10.0
    while size >= bound, places > 0 {
      places -= 1
      bound *= 10
    }
    var scaled = size
    while scaled < 1 {
      scaled *= 10
      places += 1
    }
    return fixed(value, places: places)
  }

  /// `-1.03e-8`.
  private static func scientific(_ value: Double, digits: Int) -> String {
    var mantissa = value
    var exponent = 0
    while abs(mantissa) >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while abs(mantissa) < 1 {
      mantissa *= 10
      exponent -= 1
    }
    // Rounding may carry into the next power of ten.
    let text = fixed(mantissa, places: digits - 1)
    return text.hasSuffix("10") ? "\(text.dropLast())e\(exponent + 1)" : "\(text)e\(exponent)"
  }

  private static func fixed(_ value: Double, places: Int) -> String {
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    return FixedPoint.text(Int128((value * power).rounded(.toNearestOrEven)), places: places)
  }
}
