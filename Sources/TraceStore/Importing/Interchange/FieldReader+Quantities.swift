import RoutingCore

extension FieldReader {
  /// What a boot budget looks like, for messages.
  static let budgetWords = #"a token count from 1, or "full""#

  /// A whole number from `first` to 2³¹ − 1.
  mutating func index(
    _ expected: String, in range: ClosedRange<Int64> = 0...Int64(Int32.max)
  ) throws(JSONFault) -> Int32? {
    try count(range, expected: expected).map { Int32($0) }
  }

  mutating func tokens() throws(JSONFault) -> Int32? { try index("a token count from 0 to 2147483647") }

  /// Seconds.
  mutating func time() throws(JSONFault) -> Microseconds? {
    try decimal(places: 6, expected: "seconds from 0 to 10000000") { Microseconds(count: $0) }
  }

  /// Dollars.
  mutating func cost() throws(JSONFault) -> Cost? {
    try decimal(places: 12, expected: "dollars from 0 to 1000000") { value in
      (0...CallRules.costLimit.picodollars).contains(value) ? Cost(picodollars: value) : nil
    }
  }

  /// A count, or the word `full`.
  mutating func budget() throws(JSONFault) -> BootBudget? {
    guard try !cursor.takeNull() else { return nil }
    if try cursor.peek() == .string {
      let text = try cursor.string()
      if text == "full" { return .full }
      reportUnfit(ImportFault.quoted(text), expected: Self.budgetWords)
      return nil
    }
    return try index(Self.budgetWords, in: 1...Int64(Int32.max)).map { .tokens($0) }
  }

  /// Reads the values of an object with free keys: calls `read` with each key, which must take the value.
  mutating func dictionary(
    _ expected: String, _ read: (inout FieldReader, String) throws(JSONFault) -> Void
  ) throws(JSONFault) -> Bool {
    guard try expect(.object, expected) else { return false }
    var scope = try cursor.openObject()
    var seen: Set<ExactString> = []
    while case .unknown(let key) = try cursor.nextKey(&scope, of: .empty) {
      guard seen.insert(ExactString(key)).inserted else { throw .duplicateKey(key) }
      try inside(key) { reader throws(JSONFault) in try read(&reader, key) }
    }
    return true
  }
}
