/// Rates by payer of a trace, in integer cost units per token.
///
/// Counting tokens is the price table in which every rate is 1.
package struct PriceTable: Sendable {
  /// By position in `Trace.payers`.
  package let rates: ContiguousArray<ModelPrice>
  /// Whether an amount recorded in dollars can stand in for unknown tokens.
  package let takesRecordedCosts: Bool

  /// Every token counts one.
  package static func tokens(for trace: Trace) -> PriceTable {
    PriceTable(
      rates: .init(repeating: ModelPrice(input: 1), count: trace.payers.count), takesRecordedCosts: false)
  }

  /// The book's prices in picodollars. Throws for those of `payers` that have none.
  package static func dollars(_ book: PriceBook, for trace: Trace, needed payers: Set<Int>)
    throws(PolicyError) -> PriceTable
  {
    let missing = payers.sorted().map { trace.payers[$0] }.filter { book.prices[$0] == nil }
    guard missing.isEmpty else {
      let unused = Set(book.prices.keys).subtracting(trace.payers)
      throw .noPrice(payers: missing, known: unused.sorted())
    }
    let rates = trace.payers.map { book.prices[$0] ?? ModelPrice(input: 0) }
    return PriceTable(rates: ContiguousArray(rates), takesRecordedCosts: true)
  }
}
