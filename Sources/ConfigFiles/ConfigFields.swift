import RoutingCore
import Yams

/// A map of which every key is known: a misspelt one is an error, not a note.
struct ConfigFields {
  let node: ConfigNode
  private let values: [String: ConfigNode]

  /// - Throws: `ConfigError` on a key that is not among `known`, with the near miss.
  init(_ node: ConfigNode, _ known: [String]) throws(ConfigError) {
    guard case .mapping(let mapping) = node.node else { throw node.unexpected("a map of keys and values") }
    var values: [String: ConfigNode] = [:]
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else { throw node.unexpected("keys that are plain text") }
      let path = node.path.isEmpty ? scalar.string : "\(node.path).\(scalar.string)"
      guard known.contains(scalar.string) else {
        let near = NearMiss.suggestion(for: scalar.string, among: known)
        throw .unexpected(
          file: node.file, line: key.mark?.line ?? node.line, field: path, found: "an unknown key",
          expected: near ?? "one of \(known.joined(separator: ", "))")
      }
      values[scalar.string] = ConfigNode(value, file: node.file, path: path)
    }
    self.node = node
    self.values = values
  }

  /// - Throws: `ConfigError.missing`; a `null` is missing, too.
  func required(_ key: String, _ expected: String) throws(ConfigError) -> ConfigNode {
    guard let value = self[key] else {
      throw .missing(
        file: node.file, line: node.line, field: node.path.isEmpty ? key : "\(node.path).\(key)",
        expected: expected)
    }
    return value
  }

  /// `nil` where the key is absent or `null`.
  subscript(_ key: String) -> ConfigNode? { values[key].flatMap { $0.isNull ? nil : $0 } }
}

extension ConfigNode {
  /// An unquoted `null` or `~`, or nothing.
  var isNull: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// The elements of a list, their paths ending in `[0]`, `[1]` and so on.
  func list() throws(ConfigError) -> [ConfigNode] {
    guard case .sequence(let sequence) = node else { throw unexpected("a list") }
    return sequence.enumerated().map { ConfigNode($1, file: file, path: "\(path)[\($0)]") }
  }

  /// A finite number in a range.
  func number(_ range: ClosedRange<Double> = -.greatestFiniteMagnitude...(.greatestFiniteMagnitude))
    throws(ConfigError) -> Double
  {
    guard FixedPoint.isNumber(try text()), let value = Double(try text()), range.contains(value) else {
      throw unexpected(Self.expectation(range))
    }
    return value
  }

  private static func expectation(_ range: ClosedRange<Double>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (0, 1): "a number from 0 to 1"
    case (0, _): "a number from 0 on"
    default: "a number"
    }
  }

  /// A whole number of at least `least`.
  func count(from least: Int = 0) throws(ConfigError) -> Int {
    guard let value = Int(try text()), value >= least, String(value) == (try text()) else {
      throw unexpected("a whole number from \(least) on")
    }
    return value
  }

  func bool() throws(ConfigError) -> Bool {
    switch try text() {
    case "true": true
    case "false": false
    default: throw unexpected("true or false")
    }
  }

  /// One of a fixed set of words.
  func choice<Value: CaseIterable & RawRepresentable<String>>(_ type: Value.Type) throws(ConfigError)
    -> Value
  {
    guard let value = Value(rawValue: try text()) else {
      let words = Value.allCases.map(\.rawValue)
      let near = NearMiss.suggestion(for: try text(), among: words).map { ", perhaps \($0)" } ?? ""
      throw unexpected("one of \(words.joined(separator: ", "))\(near)")
    }
    return value
  }
}
