/// Prices by model, kept apart from traces; cost is recomputed from it at every replay (DESIGN §2).
package struct PriceBook: Sendable, Equatable {
  package var name: String
  /// As written in the book, e.g. `2025-05-01`.
  package var date: String?
  /// SHA-256 of the book's bytes, hexadecimal.
  package var sha256: String
  package var prices: [String: ModelPrice]

  package init(name: String, date: String? = nil, sha256: String, prices: [String: ModelPrice]) {
    self.name = name
    self.date = date
    self.sha256 = sha256
    self.prices = prices
  }
}

/// What a model's tokens cost, in picodollars per token (= millionths of a dollar per million tokens).
package struct ModelPrice: Sendable, Equatable {
  package var input: Int64
  package var cachedInput: Int64
  package var output: Int64

  /// The dearest price a book may hold: 10⁶ USD per million tokens.
  package static let limit: Int64 = 1_000_000_000_000

  /// No cached price = the input price; no output price = the input price.
  package init(input: Int64, cachedInput: Int64? = nil, output: Int64? = nil) {
    self.input = input
    self.cachedInput = cachedInput ?? input
    self.output = output ?? input
  }

  /// Reads decimal text in USD per million tokens, rounding half to even; `nil` when it is no number
  /// from 0 to 10⁶.
  package static func picodollarsPerToken(_ text: some StringProtocol) -> Int64? {
    guard let value = FixedPoint.scaled(text, places: 6), (0...Int128(limit)).contains(value) else {
      return nil
    }
    return Int64(value)
  }
}

/// What a cost is counted in.
package enum CostUnit: String, Sendable, CaseIterable {
  case usd, tokens, ktokens

  /// Integer units of a cost per unit shown: picodollars per dollar, tokens per (thousand) tokens.
  package var scale: Double {
    switch self {
    case .usd: 1e12
    case .tokens: 1
    case .ktokens: 1000
    }
  }
}

/// Which of the tokens are billed.
package enum Accounting: String, Sendable, CaseIterable {
  /// Every billed token (DESIGN §2).
  case billed
  /// The paper's own formula, Σ_{i∈top-k} T_i + T_merge in output tokens only.
  case paper
}
