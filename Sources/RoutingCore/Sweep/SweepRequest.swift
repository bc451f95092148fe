/// What a sweep is asked to do, apart from the policies.
package struct SweepSettings: Sendable {
  package var costUnit: CostUnit = .usd
  package var accounting: Accounting = .billed
  package var continuation: Continuation = .reprompt
  package var lambdas: [Lambda] = []
  package var seed: UInt64 = 1
  package var replicates = 2000
  package var minCoverage: CoverageShare = .standard
  package var excludesFailures = false
  package var threads = 1

  package init() {}
}

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
