package import RoutingCore

/// Calibrations of workloads, with everything their output says about where they came from.
package struct CalibrationReport: Sendable {
  package let traceName: String
  package let fingerprint: String
  package let settings: SweepSettings
  /// What the policies of the transfer are chosen by.
  package let rule: ChoiceRule
  package let margin: Double
  /// `nil` where tokens are counted.
  package let prices: PriceBook?
  package let workloads: [WorkloadCalibration]
  /// `nil` for a single workload.
  package let transfer: DomainTransfer?

  package init(
    traceName: String, fingerprint: String, settings: SweepSettings, rule: ChoiceRule, margin: Double,
    prices: PriceBook?, workloads: [WorkloadCalibration], transfer: DomainTransfer?
  ) {
    self.traceName = traceName
    self.fingerprint = fingerprint
    self.settings = settings
    self.rule = rule
    self.margin = margin
    self.prices = prices
    self.workloads = workloads
    self.transfer = transfer
  }
}
