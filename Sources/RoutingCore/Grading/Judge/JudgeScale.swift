/// The whole numbers between which a judging model scores, brought linearly to [0, 1].
package struct JudgeScale: Sendable, Equatable {
  package let low: Int
  package let high: Int

  package static let standard = JudgeScale(uncheckedLow: 0, high: 10)

  /// `nil` unless `low` < `high` and both are within ±10⁶.
  package init?(low: Int, high: Int) {
    guard low < high, abs(low) <= 1_000_000, abs(high) <= 1_000_000 else { return nil }
    self.init(uncheckedLow: low, high: high)
  }

  private init(uncheckedLow low: Int, high: Int) { (self.low, self.high) = (low, high) }

  /// The score that a reply states: the only number on its last line that is not empty, as decimal text.
  ///
  /// What follows a slash or `out of` is the scale's end, and no score. `nil` where there is no number, more than
  /// one, or one that is not on the scale: nothing is guessed.
  package func score(in reply: String) -> Score? {
    let lines = reply.split(whereSeparator: \.isNewline)
    guard let line = lines.last(where: { line in line.contains { !$0.isWhitespace } }) else { return nil }
    var numbers = Self.numbers(in: Array(line.utf8))
    if numbers.count == 2, numbers[1].isEnd, numbers[1].text == "\(high)" { numbers.removeLast() }
    guard numbers.count == 1, let only = numbers.first, !only.isEnd,
      let value = FixedPoint.scaled(only.text, places: Self.places)
    else { return nil }
    let unit = Self.unit
    guard (Int128(low) * unit...Int128(high) * unit).contains(value) else { return nil }
    return Score(
      millionths: FixedPoint.dividedHalfEven(
        (value - Int128(low) * unit) * Int128(Score.unit), by: Int128(high - low) * unit))
  }

  private static let places = 6
  private static let unit: Int128 = 1_000_000

  /// Decimal numbers in a line, and whether each is the end of a scale.
  private static func numbers(in bytes: [UInt8]) -> [(text: String, isEnd: Bool)] {
    var numbers: [(text: String, isEnd: Bool)] = []
    var position = 0
    while position < bytes.count {
      guard ByteSearch.isDigit(bytes[position]) else {
        position += 1
        continue
      }
      var start = position
      while position < bytes.count, isPart(bytes, position) { position += 1 }
      let before = ByteSearch.trimmed(bytes[..<start])
      let isEnd = before.last == UInt8(ascii: "/") || before.suffix(6).elementsEqual("out of".utf8)
      if start > 0, bytes[start - 1] == UInt8(ascii: "-") { start -= 1 }
      numbers.append((String(decoding: bytes[start..<position], as: UTF8.self), isEnd))
    }
    return numbers
  }

  /// A digit, or a point between digits.
  private static func isPart(_ bytes: [UInt8], _ position: Int) -> Bool {
    if ByteSearch.isDigit(bytes[position]) { return true }
    return bytes[position] == UInt8(ascii: ".") && position + 1 < bytes.count
      && ByteSearch.isDigit(bytes[position + 1])
  }
}
