/// Cosine similarity of word counts (Scheme.md, "Selectors").
///
/// Words are maximal runs of letters (Unicode L*) and decimal digits (Nd), lowercased; nothing is normalised.
package struct WordCounts: Sendable {
  private let counts: [ExactString: Int128]
  private let norm: Int128

  package init(_ text: some StringProtocol) {
    var counts: [ExactString: Int128] = [:]
    var word = String.UnicodeScalarView()
    func close() {
      guard !word.isEmpty else { return }
      counts[ExactString(String(word).lowercased()), default: 0] += 1
      word = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if Self.isWordScalar(scalar) { word.append(scalar) } else { close() }
    }
    close()
    self.counts = counts
    norm = counts.values.reduce(0) { $0 + $1 * $1 }
  }

  /// In millionths, half to even; 0 with an empty text.
  package func similarity(to other: WordCounts) -> Int32 {
    guard norm > 0, other.norm > 0 else { return 0 }
    let (small, large) = counts.count <= other.counts.count ? (counts, other.counts) : (other.counts, counts)
    var dot: Int128 = 0
    for (word, count) in small { dot += count * (large[word] ?? 0) }
    return Self.millionths(dot: dot, norms: norm * other.norm)
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      return (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
    }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      true
    default: false
    }
  }

  /// dot / √norms to the nearest millionth: the double estimate is corrected in integers.
  private static func millionths(dot: Int128, norms: Int128) -> Int32 {
    let unit = Int128(Score.unit)
    let estimate = (Double(dot) / Double(norms).squareRoot() * Double(unit)).rounded()
    // Texts of millions of words: the exact comparison below would not fit.
    guard dot < 1 << 40, norms < 1 << 80 else { return Int32(min(estimate, Double(unit))) }
    var value = Int128(estimate)
    // value is right when (2·value − 1)² · norms ≤ (2 · unit · dot)² ≤ (2·value + 1)² · norms.
    let target = 4 * unit * unit * dot * dot
    while (2 * value + 1) * (2 * value + 1) * norms < target { value += 1 }
    while value > 0, (2 * value - 1) * (2 * value - 1) * norms > target { value -= 1 }
    let isTie = (2 * value + 1) * (2 * value + 1) * norms == target
    if isTie, value % 2 != 0 { value += 1 }
    if value % 2 != 0, (2 * value - 1) * (2 * value - 1) * norms == target { value -= 1 }
    return Int32(value)
  }
}
