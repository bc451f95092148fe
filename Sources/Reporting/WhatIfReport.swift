package import RoutingCore

/// Scenarios with everything their output says about where they came from.
package struct WhatIfReport: Sendable {
  package let traceName: String
  package let fingerprint: String
  package let settings: SweepSettings
  package let rule: ChoiceRule
  /// The prices before any change; `nil` where tokens are counted.
  package let prices: PriceBook?
  package let result: WhatIf

  package init(
    traceName: String, fingerprint: String, settings: SweepSettings, rule: ChoiceRule, prices: PriceBook?,
    result: WhatIf
  ) {
    self.traceName = traceName
    self.fingerprint = fingerprint
    self.settings = settings
    self.rule = rule
    self.prices = prices
    self.result = result
  }
}
