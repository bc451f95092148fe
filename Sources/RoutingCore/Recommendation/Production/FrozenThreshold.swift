/// A quantile by which an adaptive policy stops, as the number it is over all queries of a workload: what can run
/// in production (Scheme.md, "Adaptive k").
struct FrozenThreshold {
  private let trace: Trace
  private let workload: Workload
  private let options: SelectorOptions

  init(_ trace: Trace, _ workload: Workload, excludesFailures: Bool) {
    self.trace = trace
    self.workload = workload
    var options = SelectorOptions()
    options.excludesFailures = excludesFailures
    self.options = options
  }

  /// The policy with its quantile replaced; others as they are. `nil` where no query has the signal.
  func freezing(_ policy: Policy) -> Policy? {
    guard case .scheme(var scheme) = policy, case .quantile? = scheme.k.stop?.threshold else { return policy }
    guard let value = threshold(of: policy) else { return nil }
    scheme.k = scheme.k.with(threshold: .value(value))
    return .scheme(scheme)
  }

  private func threshold(of policy: Policy) -> Int64? {
    var resolver = PolicyResolver(trace: trace, options: options)
    guard (try? resolver.resolve(policy)) != nil, let quantile = resolver.quantiles.first else { return nil }
    let samples = quantile.samples(
      trace, workload.rows, signals: resolver.signals, rankings: resolver.rankings)
    return SignalSample.quantile(samples.sorted { $0.value < $1.value }, share: quantile.share)
  }
}
