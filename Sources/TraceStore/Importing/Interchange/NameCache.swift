/// Short strings that come again and again, such as model names and answers, so that each is made once.
struct NameCache {
  /// Names known from the start; files repeat them in one order.
  private let known: [String]
  private var expected = 0

  init(_ known: [String]) { self.known = known }

  /// Takes a string from `reader`; `nil` for `null`, and reported unless `mayBeEmpty` for an empty one.
  mutating func read(
    _ reader: inout FieldReader, mayBeEmpty: Bool = false
  ) throws(JSONFault) -> String? {
    if try reader.cursor.peek() == .string, let name = takeExpected(&reader.cursor) { return name }
    return mayBeEmpty ? try reader.text() : try reader.name()
  }

  /// Takes the known name expected next or after that, if it stands under the cursor without escapes.
  private mutating func takeExpected(_ cursor: inout JSONCursor) -> String? {
    for step in 0..<min(2, known.count) {
      let index = (expected + step) % known.count
      if cursor.take(known[index]) {
        expected = index + 1
        return known[index]
      }
    }
    return nil
  }
}

extension JSONCursor {
  /// Takes the string under the cursor if it is written exactly as `text` between quotes.
  fileprivate mutating func take(_ text: String) -> Bool {
    var text = text
    let start = start
    let first = position + 1
    let length = text.withUTF8 { utf8 -> Int? in
      guard first + utf8.count < count, start[first + utf8.count] == UInt8(ascii: "\"") else { return nil }
      for offset in 0..<utf8.count where start[first + offset] != utf8[offset] { return nil }
      return utf8.count
    }
    // A name with a backslash could look like the start of an escape.
    guard let length, !text.utf8.contains(UInt8(ascii: "\\")) else { return false }
    position = first + length + 1
    return true
  }
}
