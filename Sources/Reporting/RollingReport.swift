package import RoutingCore

/// Choices made anew as queries arrive, with everything their output says about where they came from.
package struct RollingReport: Sendable {
  package let traceName: String
  package let fingerprint: String
  package let settings: SweepSettings
  /// `nil` where tokens are counted.
  package let prices: PriceBook?
  package let result: RollingResult

  package init(
    traceName: String, fingerprint: String, settings: SweepSettings, prices: PriceBook?,
    result: RollingResult
  ) {
    self.traceName = traceName
    self.fingerprint = fingerprint
    self.settings = settings
    self.prices = prices
    self.result = result
  }
}

extension RollingArm {
  /// As documents name it.
  var key: String {
    switch self {
    case .rolling: "rolling"
    case .fixed: "fixed"
    case .bestFixed: "best_fixed"
    case .hindsight: "hindsight"
    }
  }

  /// As people read it.
  var words: String {
    switch self {
    case .rolling: "chosen anew"
    case .fixed: "kept from the first"
    case .bestFixed: "best single choice"
    case .hindsight: "best of each window"
    }
  }
}
