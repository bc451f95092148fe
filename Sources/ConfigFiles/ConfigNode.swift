import RoutingCore
import Yams

/// A value of a YAML (or JSON) file that somebody wrote, with the place it stands at.
package struct ConfigNode {
  let file: String
  /// Keys from the document down, e.g. `prices.gpt-4o.input`.
  let path: String
  let line: Int
  let node: Node

  /// The largest file read, in bytes; price books of thousands of models are far smaller.
  static let byteLimit = 16 << 20

  /// - Throws: `ConfigError` on a syntax error or a duplicate key, with its line.
  init(parsing text: String, file: String) throws(ConfigError) {
    guard text.utf8.count <= Self.byteLimit else { throw .tooLarge(file: file, limit: Self.byteLimit) }
    guard AliasExpansion.bound(text) <= AliasExpansion.limit else { throw .tooManyAliases(file: file) }
    do {
      // Every scalar stays text, so that decimals are never rounded through a double.
      guard let node = try Yams.compose(yaml: JSONEscapes.joiningSurrogates(text), .basic) else {
        throw ConfigError.empty(file: file)
      }
      self.init(node, file: file, path: "")
    } catch let error as ConfigError {
      throw error
    } catch let error as YamlError {
      throw .syntax(file: file, problem: Self.oneLine(error))
    } catch {
      throw .syntax(file: file, problem: "not YAML or JSON")
    }
  }

  init(_ node: Node, file: String, path: String) {
    self.node = node
    self.file = file
    self.path = path
    line = node.mark?.line ?? 1
  }

  private static func oneLine(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line): \(problem)"
    case .duplicatedKeysInMapping(let duplicates, let context):
      "line \(context.mark.line): key \(duplicates.map { "'\($0)'" }.joined(separator: ", ")) is given twice"
        + (duplicates.allSatisfy { "\($0)".allSatisfy(\.isNumber) } ? "; write decimals with a point" : "")
    default: "not YAML or JSON"
    }
  }
}

extension ConfigNode {
  /// The entries of a map in the order written.
  func map() throws(ConfigError) -> [(key: String, value: ConfigNode)] {
    guard case .mapping(let mapping) = node else { throw unexpected("a map of keys and values") }
    var entries: [(key: String, value: ConfigNode)] = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else { throw unexpected("keys that are plain text") }
      let name = scalar.string
      entries.append((name, ConfigNode(value, file: file, path: path.isEmpty ? name : "\(path).\(name)")))
    }
    return entries
  }

  /// The value as JSON on one line: plain numbers, `true`, `false` and `null` as such, all else as strings.
  func json() throws(ConfigError) -> String {
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      if isNull { return "null" }
      if isPlain, Self.isJSONLiteral(scalar.string) { return scalar.string }
      return JSONString.quoted(scalar.string)
    case .sequence:
      var parts: [String] = []
      for element in try list() { parts.append(try element.json()) }
      return "[\(parts.joined(separator: ","))]"
    case .mapping:
      var parts: [String] = []
      for (key, value) in try map() { parts.append("\(JSONString.quoted(key)):\(try value.json())") }
      return "{\(parts.joined(separator: ","))}"
    default: throw unexpected("a value without anchors")
    }
  }

  /// The entry of a map under a key; `nil` where there is none, or no map.
  subscript(key: String) -> ConfigNode? {
    guard case .mapping(let mapping) = node, let value = mapping[Node(key)] else { return nil }
    return ConfigNode(value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
  }

  /// The text of a scalar; `nil` for anything else.
  var scalar: String? {
    if case .scalar(let scalar) = node { scalar.string } else { nil }
  }

  var isMap: Bool {
    if case .mapping = node { true } else { false }
  }

  /// The text of a scalar, exactly as written (quotes removed).
  func text() throws(ConfigError) -> String {
    guard case .scalar(let scalar) = node else { throw unexpected("a single value") }
    return scalar.string
  }

  /// The error that this value is not what was expected.
  func unexpected(_ expected: String) -> ConfigError {
    let found =
      switch node {
      case .scalar(let scalar): "'\(scalar.string.prefix(60))'"
      case .mapping: "a map"
      case .sequence: "a list"
      default: "something else"
      }
    return .unexpected(file: file, line: line, field: path, found: found, expected: expected)
  }
}

extension ConfigNode {
  /// Whether the text of a plain scalar is a JSON number, `true` or `false`.
  static func isJSONLiteral(_ text: String) -> Bool {
    text == "true" || text == "false"
      || text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
  }
}
