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
