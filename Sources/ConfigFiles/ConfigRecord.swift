import RoutingCore

/// A map of a config file whose keys are known: anything else is an error, with the key probably meant.
struct ConfigRecord {
  let node: ConfigNode
  private let values: [String: ConfigNode]

  init(_ node: ConfigNode, keys: [String]) throws(ConfigError) {
    self.node = node
    var values: [String: ConfigNode] = [:]
    for (key, value) in try node.map() {
      guard keys.contains(key) else { throw value.unknownKey(key, known: keys) }
      values[key] = value
    }
    self.values = values
  }

  /// `nil` where the key is absent or its value is left empty.
  subscript(key: String) -> ConfigNode? { values[key].flatMap { $0.isNull ? nil : $0 } }

  func required(_ key: String, _ expected: String) throws(ConfigError) -> ConfigNode {
    guard let value = self[key] else {
      throw .missing(
        file: node.file, line: node.line, field: node.path.isEmpty ? key : "\(node.path).\(key)",
        expected: expected)
    }
    return value
  }

  func text(_ key: String) throws(ConfigError) -> String? { try self[key]?.text() }

  func integer<Value: FixedWidthInteger>(_ key: String, _ range: ClosedRange<Value>) throws(ConfigError)
    -> Value?
  {
    try self[key]?.integer(range)
  }

  func boolean(_ key: String) throws(ConfigError) -> Bool? { try self[key]?.boolean() }

  func texts(_ key: String) throws(ConfigError) -> [String]? {
    guard let list = try self[key]?.list() else { return nil }
    var texts: [String] = []
    for element in list { texts.append(try element.text()) }
    return texts
  }
}

extension ConfigNode {
  func integer<Value: FixedWidthInteger>(_ range: ClosedRange<Value>) throws(ConfigError) -> Value {
    guard let value = Value(try text()), range.contains(value) else {
      throw unexpected("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  func boolean() throws(ConfigError) -> Bool {
    switch try text() {
    case "true": return true
    case "false": return false
    default: throw unexpected("true or false")
    }
  }

  /// One of the raw values of an enum.
  func choice<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) throws(ConfigError) -> Value
  where Value.RawValue == String {
    let text = try text()
    guard let value = Value(rawValue: text) else {
      throw unexpected(Value.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return value
  }

  /// The elements of a list, or the one value that stands in its place.
  func oneOrMore() throws(ConfigError) -> [ConfigNode] { isList ? try list() : [self] }
}
