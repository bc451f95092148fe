/// A number found in a text.
struct FoundNumber: Equatable {
  var value: ExactRational
  var isPercent = false
}

/// Reads numbers as people write them: `1,234.5`, `-$3`, `2/3`, `3 1/2`, `\frac{1}{2}`, `6.02e23`, `3 \times 10^4`, `50%`.
///
/// A comma, `{,}`, `\,` or apostrophe before exactly three digits separates thousands; a point is decimal.
struct NumberScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The number a short answer states: the first one, behind the last `=` if numbers follow it.
  static func stated(in text: String) -> FoundNumber? {
    var scanner = NumberScanner(text)
    if let sign = scanner.bytes.lastIndex(of: UInt8(ascii: "=")) {
      scanner.position = sign + 1
      if let found = scanner.next() { return found }
      scanner.position = 0
    }
    return scanner.next()
  }

  static func last(in text: String) -> FoundNumber? {
    var scanner = NumberScanner(text)
    var last: FoundNumber?
    while let found = scanner.next() { last = found }
    return last
  }

  /// The next number; exponents and indices of other things (`x^2`, `a_1`) are none.
  mutating func next() -> FoundNumber? {
    while position < bytes.count {
      let start = position
      guard isStart(start) else {
        position += 1
        if isDigit(start) { position = bytes[start...].firstIndex { !ByteSearch.isDigit($0) } ?? bytes.count }
        continue
      }
      let isMinus = hasMinus(before: start)
      guard var value = mixedNumber() else {
        position = max(position, start + 1)
        continue
      }
      if isMinus { value = value.negated }
      return FoundNumber(value: value, isPercent: takePercent())
    }
    return nil
  }

  // MARK: Where numbers begin

  private func byte(_ index: Int) -> UInt8 { bytes.indices.contains(index) ? bytes[index] : 0 }

  private func isDigit(_ index: Int) -> Bool { ByteSearch.isDigit(byte(index)) }

  private func isStart(_ index: Int) -> Bool {
    var before = index - 1
    if byte(before) == UInt8(ascii: "{") { before -= 1 }
    if byte(before) == UInt8(ascii: "^") || byte(before) == UInt8(ascii: "_") { return false }
    if byte(index) == UInt8(ascii: "\\") { return fractionName(at: index) != nil }
    return isDigit(index) || byte(index) == UInt8(ascii: ".") && isDigit(index + 1) && !isDigit(index - 1)
  }

  /// A minus right before the number, or before its currency, that is no subtraction.
  private func hasMinus(before start: Int) -> Bool {
    var index = start - 1
    while byte(index) == UInt8(ascii: "$") || byte(index) == UInt8(ascii: "\\") { index -= 1 }
    if index >= 2, bytes[index - 2...index].elementsEqual([0xE2, 0x82, 0xAC]) { index -= 3 }  // €
    if index >= 1, bytes[index - 1...index].elementsEqual([0xC2, 0xA3]) { index -= 2 }  // £
    let isMinusSign = index >= 2 && bytes[index - 2...index].elementsEqual([0xE2, 0x88, 0x92])
    guard byte(index) == UInt8(ascii: "-") || isMinusSign else { return false }
    let before = byte(index - (isMinusSign ? 3 : 1))
    return
      !(ByteSearch.isDigit(before) || ByteSearch.isLetter(before) || before == UInt8(ascii: ")")
      || before == UInt8(ascii: "}"))
  }

  // MARK: Numbers

  /// A number, with the fraction that makes it mixed: `3 1/2`, `3\frac{1}{2}`.
  private mutating func mixedNumber() -> ExactRational? {
    guard let first = simpleNumber() else { return nil }
    guard first.isWhole else { return first }
    let end = position
    while byte(position) == 0x20 { position += 1 }
    let isFraction = fractionName(at: position) != nil || (position > end && isDigit(position))
    if isFraction, let part = simpleNumber(), !part.isWhole, part < .one, let sum = first.adding(part),
      bytes[end..<position].contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") })
    {
      return sum
    }
    position = end
    return first
  }

  /// `1,234.5e-6`, `2/3`, `\frac{2}{3}`.
  private mutating func simpleNumber() -> ExactRational? {
    if let name = fractionName(at: position) { return latexFraction(name) }
    guard let above = decimal() else { return nil }
    guard byte(position) == UInt8(ascii: "/"), isDigit(position + 1) else { return above }
    let end = position
    position += 1
    if let below = decimal(), byte(position) != UInt8(ascii: "/"), let value = above.divided(by: below) {
      return value
    }
    position = end
    return above
  }

  private mutating func decimal() -> ExactRational? {
    var digits: [UInt8] = []
    takeDigits(&digits)
    while let separator = thousandsSeparator() {
      position += separator
      takeDigits(&digits)
    }
    let whole = digits.count
    if byte(position) == UInt8(ascii: "."), isDigit(position + 1) {
      position += 1
      takeDigits(&digits)
    }
    guard !digits.isEmpty else { return nil }
    return ExactRational(digits: digits, places: digits.count - whole, exponent: takeExponent())
  }

  private mutating func takeDigits(_ digits: inout [UInt8]) {
    while isDigit(position) {
      digits.append(bytes[position])
      position += 1
    }
  }

  /// The length of a separator that exactly three digits follow.
  private func thousandsSeparator() -> Int? {
    for separator in [",", "{,}", "\\,", "'", "\u{202F}", "\u{00A0}", "\u{2009}"] {
      let length = separator.utf8.count
      let first = position + length
      if bytes[position...].starts(with: separator.utf8), isDigit(first), isDigit(first + 1),
        isDigit(first + 2),
        !isDigit(first + 3)
      {
        return length
      }
    }
    return nil
  }

  /// `e-7`, `\times 10^{4}`, `× 10^4`, `*10^4`; 0 where there is none.
  private mutating func takeExponent() -> Int {
    let end = position
    if byte(position) | 0x20 == UInt8(ascii: "e") {
      position += 1
      if let power = takeWhole(), !ByteSearch.isLetter(byte(position)) { return power }
      position = end
      return 0
    }
    while byte(position) == 0x20 { position += 1 }
    for sign in ["\\times", "\\cdot", "×", "*", "x"] where bytes[position...].starts(with: sign.utf8) {
      position += sign.utf8.count
      while byte(position) == 0x20 { position += 1 }
      guard bytes[position...].starts(with: "10^".utf8) else { break }
      position += 3
      let isBraced = byte(position) == UInt8(ascii: "{")
      if isBraced { position += 1 }
      guard let power = takeWhole(), !isBraced || byte(position) == UInt8(ascii: "}") else { break }
      if isBraced { position += 1 }
      return power
    }
    position = end
    return 0
  }

  private mutating func takeWhole() -> Int? {
    let isMinus = byte(position) == UInt8(ascii: "-")
    if isMinus || byte(position) == UInt8(ascii: "+") { position += 1 }
    var digits: [UInt8] = []
    takeDigits(&digits)
    return Int(String(decoding: digits, as: UTF8.self)).map { isMinus ? -min($0, 1000) : min($0, 1000) }
  }

  // MARK: LaTeX and signs behind

  private func fractionName(at index: Int) -> Int? {
    ["\\frac", "\\dfrac", "\\tfrac"].first { bytes[min(index, bytes.count)...].starts(with: $0.utf8) }?.utf8
      .count
  }

  private mutating func latexFraction(_ nameLength: Int) -> ExactRational? {
    position += nameLength
    guard let above = latexArgument(), let below = latexArgument() else { return nil }
    return above.divided(by: below)
  }

  /// A number in braces, or a single digit.
  private mutating func latexArgument() -> ExactRational? {
    while byte(position) == 0x20 { position += 1 }
    if isDigit(position) {
      position += 1
      return ExactRational(Int64(bytes[position - 1] - UInt8(ascii: "0")))
    }
    guard byte(position) == UInt8(ascii: "{") else { return nil }
    position += 1
    let isMinus = byte(position) == UInt8(ascii: "-")
    if isMinus { position += 1 }
    guard let value = decimal(), byte(position) == UInt8(ascii: "}") else { return nil }
    position += 1
    return isMinus ? value.negated : value
  }

  private mutating func takePercent() -> Bool {
    var end = position
    while byte(end) == 0x20 || byte(end) == UInt8(ascii: "\\") { end += 1 }
    for sign in ["%", "percent"] where bytes[min(end, bytes.count)...].starts(with: sign.utf8) {
      position = end + sign.utf8.count
      return true
    }
    return false
  }
}
