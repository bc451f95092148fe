import RoutingCore

extension RecordField {
  /// A string.
  func text(_ expected: String = "a string") -> String? {
    guard let node else { return nil }
    if let text = node.string { return text }
    noteUnfit(expected: expected)
    return nil
  }

  /// A string that is not empty, such as a name.
  func name(_ expected: String = "a name") -> String? {
    guard let text = text(expected) else { return nil }
    if text.isEmpty { note(.unfit(found: "an empty string", expected: expected)) }
    return text.isEmpty ? nil : text
  }

  /// An id, reference or answer: a string, or a number or boolean as it is written.
  func label(_ expected: String = "a string or a number") -> String? {
    switch node?.value {
    case .string(let text): return text
    case .number(let text): return text
    case .bool(let value): return value ? "true" : "false"
    case nil: return nil
    default:
      noteUnfit(expected: expected)
      return nil
    }
  }

  /// A string, or any other value as JSON.
  func anyText() -> String? { node.map { $0.string ?? $0.compact.text } }

  func bool() -> Bool? {
    switch node?.value {
    case .bool(let value): return value
    case .string(let text) where isText && ["true", "false"].contains(text.lowercased()):
      return text.lowercased() == "true"
    case nil: return nil
    default:
      noteUnfit(expected: "true or false")
      return nil
    }
  }

  func tokens() -> Int32? { index("a token count from 0 to 2147483647") }

  /// A whole number from `first` to 2³¹ − 1.
  func index(_ expected: String, from first: Int32 = 0) -> Int32? {
    decimal(places: 0, expected) { value, isExact in
      isExact ? Int32(exactly: value).flatMap { $0 >= first ? $0 : nil } : nil
    }
  }

  /// A time, in seconds or in thousandths of them.
  func time(isMilliseconds: Bool = false) -> Microseconds? {
    let unit = isMilliseconds ? "milliseconds from 0 to 10000000000" : "seconds from 0 to 10000000"
    return decimal(places: isMilliseconds ? 3 : 6, unit) { value, _ in Microseconds(count: value) }
  }

  /// Dollars.
  func cost() -> Cost? {
    decimal(places: 12, "dollars from 0 to 1000000") { value, _ in
      (0...CallRules.costLimit.picodollars).contains(value) ? Cost(picodollars: value) : nil
    }
  }

  /// A score on a scale; true and false are 1 and 0 on any.
  func score(_ range: ScoreRange) -> Score? {
    if case .bool(let value)? = node?.value { return value ? .one : .zero }
    if isText, let text = node?.string?.lowercased(), text == "true" || text == "false" {
      return text == "true" ? .one : .zero
    }
    guard let text = number(range.words) else { return nil }
    if let score = range.score(text) { return score }
    noteUnfit(expected: range.words + " (see --score-range)")
    return nil
  }

  /// A number as it is written.
  private func number(_ expected: String) -> String? {
    switch node?.value {
    case .number(let text): return text
    case .string(let text) where isText: return text.trimmingSpaces()
    case nil: return nil
    default:
      noteUnfit(expected: expected)
      return nil
    }
  }

  private func decimal<Value>(
    places: Int, _ expected: String, _ convert: (_ value: Int128, _ isExact: Bool) -> Value?
  ) -> Value? {
    guard let text = number(expected) else { return nil }
    if let value = FixedPoint.scaled(text, places: places),
      let result = convert(value, FixedPoint.scaled(text, places: places + 6) == value * 1_000_000)
    {
      return result
    }
    noteUnfit(expected: expected)
    return nil
  }
}

extension String {
  /// Without spaces, tabs and line breaks at both ends.
  func trimmingSpaces() -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let bytes = utf8.drop(while: isSpace)
    guard let last = bytes.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(bytes[...last]) ?? self
  }
}
