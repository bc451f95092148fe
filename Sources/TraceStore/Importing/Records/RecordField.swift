import RoutingCore

/// A place in a record of another tool, read with types. What does not fit is noted and read as `nil`.
struct RecordField {
  /// `nil` where the record has nothing there, or `null`.
  let node: JSONNode?
  /// Such as `samples[2].output.usage`; empty for the record itself.
  let path: String
  let file: String
  /// The line nearest to the place.
  let line: Int
  let log: FaultLog
  /// Whether numbers and booleans stand as text, as in CSV.
  var isText = false

  /// A whole record.
  init(_ node: JSONNode, file: String, log: FaultLog, path: String = "") {
    self.init(node: node, path: path, file: file, line: node.line, log: log, isText: false)
  }

  init(node: JSONNode?, path: String, file: String, line: Int, log: FaultLog, isText: Bool) {
    self.node = node
    self.path = path
    self.file = file
    self.line = line
    self.log = log
    self.isText = isText
  }

  var place: ImportPlace { ImportPlace(file: file, line: line) }

  /// Whether there is a value.
  var exists: Bool { node != nil }

  subscript(key: String) -> RecordField {
    child(node?[key], path.isEmpty ? key : path + "." + key)
  }

  // MARK: Faults

  func note(_ fault: ImportFault) {
    log.note(fault, file: file, line: line, field: path.isEmpty ? nil : path)
  }

  func noteUnfit(expected: String) {
    note(.unfit(found: found, expected: expected))
  }

  /// Notes that a value is missing; returns whether there is one.
  @discardableResult
  func require(_ expected: String) -> Bool {
    if node == nil { note(.missing(expected: expected)) }
    return node != nil
  }

  /// Numbers and short words are shown; longer texts may be prompts or answers.
  private var found: String {
    guard let node else { return "nothing" }
    if isText, let text = node.string {
      return text.utf8.count <= 20 ? ImportFault.quoted(text) : "a text of \(text.utf8.count) bytes"
    }
    return node.words
  }

  // MARK: Structure

  /// The elements of a list; empty where there is none.
  func elements(_ expected: String = "a list") -> [RecordField] {
    guard let node else { return [] }
    guard let elements = node.elements else {
      noteUnfit(expected: expected)
      return []
    }
    return elements.enumerated().map { child($0.element, "\(path)[\($0.offset)]") }
  }

  /// The values of an object with their keys; empty where there is none.
  func members(_ expected: String = "an object") -> [(key: String, field: RecordField)] {
    guard let node else { return [] }
    guard let members = node.members else {
      noteUnfit(expected: expected)
      return []
    }
    let prefix = path.isEmpty ? "" : path + "."
    return members.map { ($0.key, child($0.node, prefix + $0.key)) }
  }

  private func child(_ node: JSONNode?, _ path: String) -> RecordField {
    let node = node.flatMap { $0.isNull ? nil : $0 }
    return RecordField(
      node: node, path: path, file: file, line: node?.line ?? line, log: log, isText: isText)
  }

  /// The same value, where numbers may also be strings that hold them.
  var lenient: RecordField {
    var field = self
    field.isText = true
    return field
  }
}

/// Where something was read.
struct ImportPlace: Sendable, Equatable {
  let file: String
  let line: Int
}

extension ImportPlace: CustomStringConvertible {
  var description: String { "\(file):\(line)" }
}
