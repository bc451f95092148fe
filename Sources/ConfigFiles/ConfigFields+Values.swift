/// Values by key, `nil` where the key is absent or `null`.
extension ConfigFields {
  func text(_ key: String) throws(ConfigError) -> String? { try self[key]?.text() }

  func integer<Value: FixedWidthInteger>(_ key: String, _ range: ClosedRange<Value>) throws(ConfigError)
    -> Value?
  {
    try self[key]?.integer(range)
  }

  func bool(_ key: String) throws(ConfigError) -> Bool? { try self[key]?.bool() }

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

  var isList: Bool {
    if case .sequence = node { true } else { false }
  }

  /// The elements of a list, or the one value that stands in its place.
  func oneOrMore() throws(ConfigError) -> [ConfigNode] { isList ? try list() : [self] }
}
