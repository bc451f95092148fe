extension SchemePolicy {
  /// What `moa` does over a pool of `poolCount` candidates.
  package static func moa(aggregator: String, poolCount: Int) -> SchemePolicy {
    // Nothing is selected, so the order is the pool's and no selector's.
    SchemePolicy(
      k: KSchedule(constant: poolCount), boot: .full, layers: 2, selector: LengthSelector.entry.name,
      aggregator: aggregator)
  }

  /// What `blender` does.
  package static func blender(selector: String) -> SchemePolicy {
    SchemePolicy(
      k: KSchedule(constant: 1), boot: .full, layers: 2, selector: selector,
      aggregator: FirstAggregator.entry.name)
  }
}
