import RoutingCore

/// A published list of prices in its own form. A new one is a file in this folder and a line in the registry.
package protocol PriceSource: Sendable {
  /// How it is called on the command line.
  static var name: String { get }
  /// What file it is, in a few words.
  static var summary: String { get }

  /// Whether a file looks like one of this kind.
  static func isSource(_ root: ConfigNode) -> Bool

  static func read(_ root: ConfigNode, into reader: inout PriceReader) throws(ConfigError)
}

/// Every source of prices by name.
package enum PriceSourceRegistry {
  package static let sources: [any PriceSource.Type] = [
    LiteLLMPrices.self,
    ModelsDevPrices.self,
  ]

  package static func source(named name: String) -> (any PriceSource.Type)? {
    sources.first { $0.name == name }
  }
}

/// Takes what a source lists, exactly, in USD per million tokens.
package struct PriceReader {
  private(set) var rows: [PriceList.Row] = []
  private(set) var skipped: [String: Int] = [:]

  mutating func add(_ row: PriceList.Row) { rows.append(row) }

  /// Counts an entry that gives no price.
  mutating func skip(_ reason: String) { skipped[reason, default: 0] += 1 }

  /// Digits kept behind the point of a price per token; published ones have at most 12.
  private static let places = 24

  /// An amount as decimal text per million tokens, every digit kept; `nil` when it is no price.
  static func perMillion(_ node: ConfigNode?, perToken: Bool) -> String? {
    guard let text = node?.scalar, let value = FixedPoint.scaled(text, places: places), value >= 0 else {
      return nil
    }
    let amount = FixedPoint.text(value, places: places - (perToken ? 6 : 0))
    return ModelPrice.picodollarsPerToken(amount) == nil ? nil : amount
  }
}
