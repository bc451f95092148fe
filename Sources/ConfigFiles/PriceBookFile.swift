package import RoutingCore

/// Price books as files: USD per million tokens, YAML or JSON (DESIGN §2).
///
/// ```yaml
/// date: 2025-05-01
/// prices:
///   m1: {input: 0.15, cached_input: 0.075, output: 0.6}
///   m2: 0.9        # input and output
/// ```
/// Further keys, such as `source`, are notes.
package enum PriceBookFile {
  /// Reads a price book from its text.
  ///
  /// - Parameters:
  ///   - name: how the book is called in outputs and errors, e.g. its path.
  ///   - sha256: of the bytes of the text, hexadecimal.
  package static func read(_ text: String, name: String, sha256: String) throws(ConfigError) -> PriceBook {
    let root = try ConfigNode(parsing: text, file: name)
    let entries = try root.map()
    var book = PriceBook(name: name, sha256: sha256, prices: [:])
    for (key, value) in entries {
      switch key {
      case "date": book.date = try value.text()
      case "currency" where try value.text() != "USD": throw value.unexpected("USD")
      case "per_tokens" where try value.text() != "1000000": throw value.unexpected("1000000")
      case "prices":
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
    let entries = try node.map()
    for (key, value) in entries where ["input", "cached_input", "output"].contains(key) {
      amounts[key] = try amount(value)
    }
    guard let input = amounts["input"] else {
      let near = NearMiss.suggestion(for: "input", among: entries.map(\.key)).map { ", not as '\($0)'" }
      throw .missing(
        file: node.file, line: node.line, field: "\(node.path).input",
        expected: "USD per million tokens\(near ?? "")")
    }
    return ModelPrice(input: input, cachedInput: amounts["cached_input"], output: amounts["output"])
  }

  static func amount(_ node: ConfigNode) throws(ConfigError) -> Int64 {
    guard let price = ModelPrice.picodollarsPerToken(try node.text()) else {
      throw node.unexpected("USD per million tokens, from 0 to 1000000")
    }
    return price
  }
}
