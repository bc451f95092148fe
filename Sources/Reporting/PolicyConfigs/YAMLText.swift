import RoutingCore

/// Blocks of text and numbers as every YAML reader takes them.
enum YAMLText {
  /// Several lines as they are, under a `|`; `nil` where only quotes keep the text.
  static func block(_ text: String, indent: Int) -> String? {
    let ends = text.utf8.last == UInt8(ascii: "\n")
    let body = ends ? String(text.unicodeScalars.dropLast()) : text
    let lines = body.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, let first = lines.first, let last = lines.last, !first.isEmpty, !last.isEmpty,
      first.first != " ", !lines.contains(where: { !$0.isEmpty && $0.allSatisfy { $0 == " " } }),
      lines.allSatisfy({ $0.allSatisfy(YAMLScalar.isPrintable) })
    else { return nil }
    let margin = String(repeating: " ", count: indent)
    return (ends ? "|" : "|-")
      + lines.map { $0.isEmpty ? "\n" : "\n" + margin + String($0) }.joined()
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
