/// How much score a unit of cost is worth, kept with the text it was given as.
package struct Lambda: Sendable, Equatable {
  package let value: Double

  /// `nil` unless `text` is a finite number ≥ 0.
  package init?(_ text: some StringProtocol) {
    guard let value = Double(text), value.isFinite, value >= 0 else { return nil }
    self.value = value
  }

  package init(value: Double) { self.value = value }
}
