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
