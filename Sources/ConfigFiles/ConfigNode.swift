import Yams

/// A value of a YAML (or JSON) file that somebody wrote, with the place it stands at.
package struct ConfigNode {
  let file: String
  /// Keys from the document down, e.g. `prices.gpt-4o.input`.
  let path: String
  let line: Int
  private let node: Node

  /// The largest file read, in bytes; price books of thousands of models are far smaller.
  static let byteLimit = 16 << 20

  /// - Throws: `ConfigError` on a syntax error or a duplicate key, with its line.
  init(parsing text: String, file: String) throws(ConfigError) {
    guard text.utf8.count <= Self.byteLimit else { throw .tooLarge(file: file, limit: Self.byteLimit) }
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

  private init(_ node: Node, file: String, path: String) {
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

  /// The elements of a list.
  func list() throws(ConfigError) -> [ConfigNode] {
    guard case .sequence(let sequence) = node else { throw unexpected("a list") }
    return sequence.enumerated().map { ConfigNode($1, file: file, path: "\(path)[\($0)]") }
  }

  /// The entry of a map under a key; `nil` where there is none, or no map.
  subscript(key: String) -> ConfigNode? {
    guard case .mapping(let mapping) = node, let value = mapping[Node(key)] else { return nil }
    return ConfigNode(value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
  }

  var isList: Bool {
    if case .sequence = node { true } else { false }
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
