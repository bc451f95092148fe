import RoutingCore

extension JSONCursor {
  /// A number as written, and its value where that is cheap to know.
  struct NumberSpan {
    let range: Range<Int>
    /// The digits as one integer, the point left out; `nil` with an exponent or more than 18 digits.
    let digits: Int64?
    /// Digits behind the point.
    let places: Int
  }

  /// Takes a number, checking its form.
  mutating func number() throws(JSONFault) -> NumberSpan {
    skipSpace()
    let first = position
    let isNegative = start[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var value: Int64 = 0
    let wholeDigits = takeDigits(&value)
    guard wholeDigits > 0, wholeDigits == 1 || start[position - wholeDigits] != UInt8(ascii: "0") else {
      throw malformedNumber(from: first)
    }
    var places = 0
    if start[position] == UInt8(ascii: ".") {
      position += 1
      places = takeDigits(&value)
      guard places > 0 else { throw malformedNumber(from: first) }
    }
    var hasExponent = false
    if start[position] | 0x20 == UInt8(ascii: "e") {
      hasExponent = true
      position += 1
      if start[position] == UInt8(ascii: "-") || start[position] == UInt8(ascii: "+") { position += 1 }
      var ignored: Int64 = 0
      guard takeDigits(&ignored) > 0 else { throw malformedNumber(from: first) }
    }
    let isShort = !hasExponent && wholeDigits + places <= 18
    return NumberSpan(
      range: first..<position, digits: isShort ? (isNegative ? -value : value) : nil, places: places)
  }

  /// A number times 10^`places`, rounded half to even; `nil` when that does not fit 128 bits.
  func scaled(_ span: NumberSpan, places: Int) -> Int128? {
    if let digits = span.digits, span.places <= places {
      return Int128(digits) * Self.powerOfTen(places - span.places)
    }
    return FixedPoint.scaled(bytes(of: span), places: places)
  }

  /// The value of a number without a fraction; `nil` for others and from 10¹⁸ on.
  func whole(_ span: NumberSpan) -> Int64? {
    guard let digits = span.digits else { return nil }
    guard span.places > 0 else { return digits }
    let unit = Int64(Self.powerOfTen(span.places))
    return digits % unit == 0 ? digits / unit : nil
  }

  /// A number as it is written, shortened for messages.
  func text(of span: NumberSpan) -> String {
    let bytes = bytes(of: span)
    return String(decoding: bytes.prefix(40), as: UTF8.self) + (bytes.count > 40 ? "…" : "")
  }

  private func bytes(of span: NumberSpan) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start + span.range.lowerBound, count: span.range.count)
  }

  /// Takes digits, appending them to `value` (which wraps when they are many); returns how many.
  private mutating func takeDigits(_ value: inout Int64) -> Int {
    let first = position
    while true {
      let digit = start[position] &- UInt8(ascii: "0")
      guard digit < 10 else { return position - first }
      value = value &* 10 &+ Int64(digit)
      position += 1
    }
  }

  private static func powerOfTen(_ exponent: Int) -> Int128 {
    var power: Int128 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  private func malformedNumber(from first: Int) -> JSONFault {
    let rest = UnsafeBufferPointer(start: start + first, count: min(20, count - first))
    let word = rest.prefix { byte in
      byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "}")
        && byte != UInt8(ascii: "]")
    }
    return position >= count ? .endsEarly : .malformedNumber(String(decoding: word, as: UTF8.self))
  }
}
