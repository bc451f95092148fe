/// Prices by model, kept apart from traces; cost is recomputed from it at every replay (Scheme.md, "Prices").
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
