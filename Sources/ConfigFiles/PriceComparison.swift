package import RoutingCore

/// What changed between two lists of prices.
package struct PriceComparison: Sendable, Equatable {
  package enum Field: String, Sendable, CaseIterable {
    case input
    case cachedInput = "cached_input"
    case output
  }

  /// One price of one model, in picodollars per token.
  package struct Change: Sendable, Equatable {
    package let model: String
    package let field: Field
    package let before: Int64
    package let after: Int64

    /// (after − before) / before in tenths of a percent, half to even; `nil` from a price of 0.
    package var permille: Int128? {
      before == 0 ? nil : FixedPoint.dividedHalfEven(1000 * Int128(after - before), by: Int128(before))
    }
  }

  /// By model, then input, cached input, output.
  package let changes: [Change]
  package let added: [String]
  package let removed: [String]
  /// Models priced the same in both.
  package let unchanged: Int

  /// Prices count as they are calculated with: no cached price is the input price.
  package init(_ before: PriceList, _ after: PriceList) {
    func prices(_ list: PriceList) -> [ExactString: ModelPrice] {
      Dictionary(
        list.rows.compactMap { row in row.price.map { (ExactString(row.model), $0) } },
        uniquingKeysWith: { first, _ in first })
    }
    let (old, new) = (prices(before), prices(after))
    var changes: [Change] = []
    var unchanged = 0
    for model in old.keys.sorted() {
      guard let left = old[model], let right = new[model] else { continue }
      if left == right { unchanged += 1 }
      for field in Field.allCases {
        let (before, after) = (left[field], right[field])
        guard before != after else { continue }
        changes.append(Change(model: model.text, field: field, before: before, after: after))
      }
    }
    self.changes = changes
    self.unchanged = unchanged
    added = new.keys.filter { old[$0] == nil }.sorted().map(\.text)
    removed = old.keys.filter { new[$0] == nil }.sorted().map(\.text)
  }
}

extension ModelPrice {
  package subscript(field: PriceComparison.Field) -> Int64 {
    switch field {
    case .input: input
    case .cachedInput: cachedInput
    case .output: output
    }
  }
}
