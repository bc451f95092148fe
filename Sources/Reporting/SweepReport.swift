package import RoutingCore

/// A sweep with everything its output says about where it came from.
package struct SweepReport: Sendable {
  package let traceName: String
  package let fingerprint: String
  package let settings: SweepSettings
  /// `nil` where tokens are counted.
  package let prices: PriceBook?
  package let workloads: [WorkloadSweep]
  /// Candidates of the pool.
  package let poolCount: Int

  package init(
    traceName: String, fingerprint: String, settings: SweepSettings, prices: PriceBook?,
    workloads: [WorkloadSweep], poolCount: Int
  ) {
    self.traceName = traceName
    self.fingerprint = fingerprint
    self.settings = settings
    self.prices = prices
    self.workloads = workloads
    self.poolCount = poolCount
  }
}

/// The parts of a policy as outputs show them.
package struct PolicyParts {
  /// A number, or a schedule such as `4>2`.
  package let k: String
  package let boot: String
  package let layers: Int
  package let schedule: String?
  package let selector: String?
  package let aggregator: String?

  package init(_ policy: Policy, poolCount: Int) {
    switch policy {
    case .scheme(let scheme):
      k = scheme.k.description
      boot = scheme.boot.description
      layers = scheme.layers
      schedule = scheme.schedule.rawValue
      selector = scheme.selector
      aggregator = scheme.aggregator
    case .single, .oracle:
      (k, boot, layers, schedule, selector, aggregator) = ("1", "full", 1, nil, nil, nil)
    case .moa(let tool):
      (k, boot, layers, schedule, selector, aggregator) = (String(poolCount), "full", 2, nil, nil, tool)
    case .blender(let tool):
      (k, boot, layers, schedule, selector, aggregator) = ("1", "full", 2, nil, tool, nil)
    }
  }
}
