/// Texts and numbers as every YAML reader takes them.
enum YAMLText {
  /// Words that some reader takes for a boolean or nothing.
  private static let reserved: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf",
  ]

  /// Whether a word means itself without quotes.
  static func isPlain(_ word: String) -> Bool {
    guard let first = word.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
    return !reserved.contains(word.lowercased())
      && word.utf8.allSatisfy {
        isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-_./".utf8.contains($0)
      }
  }

  static func key(_ key: String) -> String { isPlain(key) ? key : quoted(key) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// In double quotes on one line.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case let scalar where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        let (mark, width) =
          scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        quoted += "\\\(mark)" + String(repeating: "0", count: width - digits.count) + digits
      }
    }
    return quoted + "\""
  }

  /// Several lines as they are, under a `|`; `nil` where only quotes keep the text.
  static func block(_ text: String, indent: Int) -> String? {
    let ends = text.utf8.last == UInt8(ascii: "\n")
    let body = ends ? String(text.unicodeScalars.dropLast()) : text
    let lines = body.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, let first = lines.first, let last = lines.last, !first.isEmpty, !last.isEmpty,
      first.first != " ", !lines.contains(where: { !$0.isEmpty && $0.allSatisfy { $0 == " " } }),
      lines.allSatisfy({ $0.allSatisfy(isPrintable) })
    else { return nil }
    let margin = String(repeating: " ", count: indent)
    return (ends ? "|" : "|-")
      + lines.map { $0.isEmpty ? "\n" : "\n" + margin + String($0) }.joined()
  }

  /// Whether a character may stand in a document as it is, and is no line end for any reader.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
      0x10000...0x10FFFF:
      true
    default: false
    }
  }

  /// The shortest decimal that reads back as the same number, without an exponent.
  static func number(_ value: Double) -> String {
    precondition(value.isFinite, "a figure is finite")
    let shortest = "\(value.magnitude)"
    let sign = value < 0 ? "-" : ""
    let parts = shortest.split(separator: "e")
    let digits = parts[0].split(separator: ".")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let whole = String(digits[0])
    let fraction = digits.count > 1 && digits[1] != "0" ? String(digits[1]) : ""
    let all = whole + fraction
    let point = whole.count + exponent
    let text =
      point <= 0
      ? "0." + String(repeating: "0", count: -point) + all
      : point >= all.count
        ? all + String(repeating: "0", count: point - all.count)
        : all.prefix(point) + "." + all.dropFirst(point)
    return sign + text
  }
}
