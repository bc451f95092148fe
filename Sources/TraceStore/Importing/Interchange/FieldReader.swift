import RoutingCore

/// Reads the fields of one line by kind, remembering where it is and collecting what does not fit.
///
/// A value of the wrong kind or out of range is reported and skipped, so one pass finds several problems;
/// malformed JSON is thrown and ends the line.
struct FieldReader {
  var cursor: JSONCursor
  private(set) var faults: [(field: String, fault: ImportFault)] = []
  private var path: [Step] = []

  private enum Step {
    case key(String)
    case index(Int)
  }

  init(line: UnsafeBufferPointer<UInt8>) { cursor = JSONCursor(line: line) }

  /// At the same place, with other faults.
  init(replacing reader: FieldReader, with faults: [(field: String, fault: ImportFault)]) {
    self = reader
    self.faults = faults
  }

  // MARK: The place

  /// Where the reader is, e.g. `responses[2].score`.
  var field: String {
    path.reduce(into: "") { text, step in
      switch step {
      case .key(""): break
      case .key(let name): text += (text.isEmpty ? "" : ".") + name
      case .index(let index): text += "[\(index)]"
      }
    }
  }

  /// Reads the fields of an object: calls `read` with each known key, which must take the value.
  ///
  /// Returns `false`, having skipped the value, when it is no object.
  @inline(__always)
  mutating func object(
    _ keys: JSONKeyTable, _ read: (inout FieldReader, Int) throws(JSONFault) -> Void
  ) throws(JSONFault) -> Bool {
    guard try expect(.object, "an object") else { return false }
    var scope = try cursor.openObject()
    path.append(.key(""))
    while let key = try cursor.nextKey(&scope, of: keys) {
      switch key {
      case .known(let index):
        path[path.count - 1] = .key(keys.name(index))
        try read(&self, index)
        path[path.count - 1] = .key("")
      case .unknown(let name):
        path.removeLast()
        report(.unknownKey(name, suggestion: NearMiss.suggestion(for: name, among: keys.allNames)))
        path.append(.key(name))
        try cursor.skipValue()
      }
    }
    path.removeLast()
    return true
  }

  /// Reads the elements of an array: calls `read` with each position, which must take the element.
  @inline(__always)
  mutating func array(
    _ expected: String, _ read: (inout FieldReader, Int) throws(JSONFault) -> Void
  ) throws(JSONFault) -> Bool {
    guard try expect(.array, expected) else { return false }
    var scope = try cursor.openArray()
    var index = 0
    path.append(.index(0))
    while try cursor.nextElement(&scope) {
      path[path.count - 1] = .index(index)
      try read(&self, index)
      index += 1
    }
    path.removeLast()
    return true
  }

  /// Reads something that stands under a key.
  mutating func inside(
    _ key: String, _ read: (inout FieldReader) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    path.append(.key(key))
    try read(&self)
    path.removeLast()
  }

  /// Reports a fault at the current place, or at a key inside it.
  mutating func report(_ fault: ImportFault, key: String? = nil) {
    let place = field
    faults.append((key.map { place.isEmpty ? $0 : place + "." + $0 } ?? place, fault))
  }

  mutating func reportUnfit(_ found: String, expected: String) {
    report(.unfit(found: found, expected: expected))
  }

  // MARK: Values; `nil` = `null`, or reported

  mutating func text(_ expected: String = "a string") throws(JSONFault) -> String? {
    guard try !cursor.takeNull(), try expect(.string, expected) else { return nil }
    return try cursor.string()
  }

  /// A string that is not empty.
  mutating func name() throws(JSONFault) -> String? {
    guard let name = try text("a name") else { return nil }
    if name.isEmpty { reportUnfit("an empty string", expected: "a name") }
    return name.isEmpty ? nil : name
  }

  mutating func texts(_ expected: String) throws(JSONFault) -> [String]? {
    guard try !cursor.takeNull() else { return nil }
    var texts: [String] = []
    let isArray = try array(expected) { reader, _ throws(JSONFault) in
      if let name = try reader.required("a name", { reader throws(JSONFault) in try reader.name() }) {
        texts.append(name)
      }
    }
    return isArray ? texts : nil
  }

  /// A whole number in `range`.
  mutating func count(
    _ range: ClosedRange<Int64>, expected: String
  ) throws(JSONFault) -> Int64? {
    guard try !cursor.takeNull(), try expect(.number, expected) else { return nil }
    let span = try cursor.number()
    if let value = cursor.whole(span), range.contains(value) { return value }
    reportUnfit(cursor.text(of: span), expected: expected)
    return nil
  }

  /// A decimal number, scaled by 10^`places` and brought into its type by `convert`.
  mutating func decimal<Value>(
    places: Int, expected: String, _ convert: (Int128) -> Value?
  ) throws(JSONFault) -> Value? {
    guard try !cursor.takeNull(), try expect(.number, expected) else { return nil }
    let span = try cursor.number()
    if let scaled = cursor.scaled(span, places: places), let value = convert(scaled) { return value }
    reportUnfit(cursor.text(of: span), expected: expected)
    return nil
  }

  /// Any JSON, kept as written; `null` = nothing.
  mutating func raw() throws(JSONFault) -> RawJSON? {
    try cursor.takeNull() ? nil : try cursor.rawValue()
  }

  /// An element that may not be `null`.
  mutating func required<Value>(
    _ expected: String, _ read: (inout FieldReader) throws(JSONFault) -> Value?
  ) throws(JSONFault) -> Value? {
    let before = faults.count
    let value = try read(&self)
    if value == nil, faults.count == before { reportUnfit("null", expected: expected) }
    return value
  }

  /// Whether the next value is of that kind; reports and skips it when not.
  mutating func expect(_ kind: JSONCursor.Kind, _ expected: String) throws(JSONFault) -> Bool {
    let found = try cursor.peek()
    guard found != kind else { return true }
    reportUnfit(found.words, expected: expected)
    try cursor.skipValue()
    return false
  }
}

extension JSONCursor.Kind {
  /// For messages.
  var words: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .bool: "true or false"
    case .null: "null"
    }
  }
}
