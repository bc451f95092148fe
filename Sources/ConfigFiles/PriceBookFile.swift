package import RoutingCore

/// Price books as files: USD per million tokens, YAML or JSON (Scheme.md, "Prices").
///
/// ```yaml
/// date: 2025-05-01
/// prices:
///   m1: {input: 0.15, cached_input: 0.075, output: 0.6}
///   m2: 0.9        # input and output
/// ```
/// Without a price of cached input that of input holds; no other price stands in for another.
/// Further keys, such as `source`, are notes, but none that is nearly the key of an amount.
package enum PriceBookFile {
  /// Reads a price book from its text.
  ///
  /// - Parameters:
  ///   - name: how the book is called in outputs and errors, e.g. its path.
  ///   - sha256: of the bytes of the text, hexadecimal.
  package static func read(_ text: String, name: String, sha256: String) throws(ConfigError) -> PriceBook {
    let root = try ConfigNode(parsing: text, file: name)
    let entries = try root.map()
    try PriceKeys.book.check(root)
    var book = PriceBook(name: name, sha256: sha256, prices: [:])
    for (key, value) in entries {
      switch key {
      case "date": book.date = try value.text()
      case "currency" where try value.text() != "USD": throw value.unexpected("USD")
      case "per_tokens" where try value.text() != "1000000": throw value.unexpected("1000000")
      case "prices":
        try PriceKeys.models.check(value)
        for (model, price) in try value.map() { book.prices[model] = try Self.price(price) }
      default: break
      }
    }
    guard entries.contains(where: { $0.key == "prices" }) else {
      throw .missing(file: name, line: root.line, field: "prices", expected: "a map from model to price")
    }
    return book
  }

  private static func price(_ node: ConfigNode) throws(ConfigError) -> ModelPrice {
    guard node.isMap else { return ModelPrice(input: try amount(node)) }
    var amounts: [String: Int64] = [:]
    try PriceKeys.row.check(node)
    for (key, value) in try node.map() where PriceKeys.row.known.contains(key) {
      amounts[key] = try amount(value)
    }
    func needed(_ key: String) throws(ConfigError) -> Int64 {
      guard let amount = amounts[key] else {
        throw .missing(
          file: node.file, line: node.line, field: "\(node.path).\(key)", expected: "USD per million tokens")
      }
      return amount
    }
    return ModelPrice(
      input: try needed("input"), cachedInput: amounts["cached_input"], output: try needed("output"))
  }

  static func amount(_ node: ConfigNode) throws(ConfigError) -> Int64 {
    guard let price = ModelPrice.picodollarsPerToken(try node.text()) else {
      let point = try node.text().replacing(",", with: ".")
      let hint = ModelPrice.picodollarsPerToken(point).map { _ in "; write \(point), with a point" }
      throw node.unexpected("USD per million tokens, from 0 to 1000000\(hint ?? "")")
    }
    return price
  }
}

/// Tells notes from keys that somebody mistyped: a price under a wrong key would count as another price, in silence.
private struct PriceKeys {
  let known: [String]
  /// Whether any name may stand here.
  var takesNames = false

  static let book = PriceKeys(known: ["date", "currency", "per_tokens", "prices", "source", "source_sha256"])
  static let models = PriceKeys(known: [], takesNames: true)
  static let row = PriceKeys(known: ["input", "cached_input", "output"])

  /// - Throws: `ConfigError` for a key without a value, one that is a number, or one that is nearly a known one.
  func check(_ node: ConfigNode) throws(ConfigError) {
    var before: String?
    for (key, value) in try node.map() {
      if FixedPoint.isNumber(key), !takesNames || value.isNull { throw number(key, value, behind: before) }
      if value.isNull {
        throw .invalid(
          file: value.file, line: value.line, field: value.path, problem: "a key without a value; give it one"
        )
      }
      if let meant = meant(by: key) {
        throw .unexpected(
          file: value.file, line: value.line, field: value.path, found: "an unknown key", expected: meant)
      }
      before = value.scalar
    }
  }

  /// In `{input: 0,88}` the 88 is a key of its own.
  private func number(_ key: String, _ value: ConfigNode, behind before: String?) -> ConfigError {
    let isDecimal =
      value.isNull && key.allSatisfy(\.isNumber) && before?.isEmpty == false
      && before?.allSatisfy(\.isNumber) == true
    return .invalid(
      file: value.file, line: value.line, field: value.path,
      problem: isDecimal
        ? "a decimal comma makes this a key; write \(before ?? "").\(key), with a point"
        : "a number is no key; write decimals with a point, such as 0.88")
  }

  /// The known key that another is an abbreviation or a near miss of. What goes on behind a known key and `_`,
  /// such as `cached_input_audio`, is a note.
  private func meant(by key: String) -> String? {
    guard !known.contains(key), !known.contains(where: { key.hasPrefix($0 + "_") }) else { return nil }
    if key.count > 1, let whole = known.first(where: { $0.hasPrefix(key) }) { return whole }
    return NearMiss.suggestion(for: key, among: known)
  }
}
