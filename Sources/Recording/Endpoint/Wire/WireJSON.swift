package import RoutingCore

/// A JSON value as it goes over the wire: numbers keep their text, keys are written sorted by code point.
///
/// Replies are read leniently (half surrogates become U+FFFD, the last of equal keys wins): a paid answer is not
/// thrown away for its form. What we send is exact.
package indirect enum WireJSON: Sendable, Equatable {
  case object([String: WireJSON])
  case array([WireJSON])
  case string(String)
  /// As written, such as `-1.5e3`.
  case number(String)
  case bool(Bool)
  case null
}

// MARK: - Reading

extension WireJSON {
  /// The member of an object; `nil` for other values, for missing members and for `null`.
  package subscript(_ name: String) -> WireJSON? {
    guard case .object(let members) = self, let value = members[name], value != .null else { return nil }
    return value
  }

  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var array: [WireJSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// A number without a fraction (`12`, `12.0`); `nil` for others and beyond 64 bits.
  package var integer: Int64? {
    guard case .number(let text) = self else { return nil }
    if let value = Int64(text) { return value }
    guard let thousandths = FixedPoint.scaled(text, places: 3), thousandths % 1000 == 0 else { return nil }
    return Int64(exactly: thousandths / 1000)
  }
}

// MARK: - Making

extension WireJSON {
  package static func integer(_ value: some BinaryInteger) -> WireJSON { .number(String(value)) }

  /// The shortest text of a finite number that reads back the same, `0.0` as `0`; `nil` for others.
  package static func decimal(_ value: Double) -> WireJSON? {
    guard value.isFinite else { return nil }
    return .number(Int64(exactly: value).map { String($0) } ?? "\(value)")
  }
}

// MARK: - Writing

extension WireJSON {
  /// The value on one line, without spaces.
  package var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  package var raw: RawJSON { RawJSON(text: text) }

  private func write(to text: inout String) {
    switch self {
    case .object(let members):
      let names = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      text += "{"
      for (position, name) in names.enumerated() {
        if position > 0 { text += "," }
        JSONString.append(name, to: &text)
        text += ":"
        members[name]?.write(to: &text)
      }
      text += "}"
    case .array(let elements):
      text += "["
      for (position, element) in elements.enumerated() {
        if position > 0 { text += "," }
        element.write(to: &text)
      }
      text += "]"
    case .string(let value): JSONString.append(value, to: &text)
    case .number(let value): text += value
    case .bool(let value): text += value ? "true" : "false"
    case .null: text += "null"
    }
  }
}

extension WireJSON {
  /// Objects as one; later entries replace earlier ones of the same key.
  static func merged(_ objects: [RawJSON?]) -> RawJSON? {
    var members: [String: WireJSON] = [:]
    for object in objects.compactMap({ $0 }) {
      guard case .object(let more) = WireJSON(object.text) else { continue }
      members.merge(more) { _, new in new }
    }
    return members.isEmpty ? nil : WireJSON.object(members).raw
  }
}
