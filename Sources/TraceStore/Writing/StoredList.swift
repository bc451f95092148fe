/// Short lists in one column: JSON arrays of strings or whole numbers.
enum StoredList {
  static func text(_ strings: [String]) -> String {
    var writer = JSONWriter()
    writer.array(strings) { $0.string($1) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func text(_ numbers: some Sequence<some BinaryInteger>) -> String {
    "[" + numbers.map { String($0) }.joined(separator: ",") + "]"
  }

  static func strings(_ text: String) throws -> [String] {
    try elements(text) { cursor throws(JSONFault) in try cursor.string() }
  }

  static func numbers(_ text: String) throws -> [Int64] {
    try elements(text) { cursor throws(JSONFault) in
      let span = try cursor.number()
      guard let value = cursor.whole(span) else { throw .malformedNumber(cursor.text(of: span)) }
      return value
    }
  }

  private static func elements<Element>(
    _ text: String, _ read: (inout JSONCursor) throws(JSONFault) -> Element
  ) throws -> [Element] {
    let padded = Array(text.utf8) + [UInt8](repeating: 0, count: LineReader.padding)
    return try padded.withUnsafeBufferPointer { bytes in
      var cursor = JSONCursor(line: UnsafeBufferPointer(rebasing: bytes.dropLast(LineReader.padding)))
      do throws(JSONFault) {
        var scope = try cursor.openArray()
        var elements: [Element] = []
        while try cursor.nextElement(&scope) { elements.append(try read(&cursor)) }
        return elements
      } catch {
        throw StoredListFault()
      }
    }
  }
}

/// A stored list that is no JSON array of its kind.
struct StoredListFault: Error {}
