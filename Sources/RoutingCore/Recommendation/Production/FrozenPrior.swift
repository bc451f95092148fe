/// `prior` as the fixed order of all queries of a workload, and thresholds as numbers: what can run in production
/// (Scheme.md, "Selectors").
struct FrozenPrior {
  /// Candidates with a score, from the best mean on; ties in pool order.
  private let order: [Int]
  private let names: [String]
  /// The sets of candidates that are active for some query.
  private let activeSets: Set<CandidateSet>
  private let threshold: FrozenThreshold

  init(_ trace: Trace, _ workload: Workload, excludesFailures: Bool) {
    let places = FoldTotals(trace, workload, excludesFailures: excludesFailures).places()
    let order = places.indices.filter { places[$0] >= 0 }.sorted { left, right in
      places[left] != places[right] ? places[left] > places[right] : left < right
    }
    self.init(trace, workload, order: order, excludesFailures: excludesFailures)
  }

  /// - Parameter order: candidates, best first.
  init(_ trace: Trace, _ workload: Workload, order: [Int], excludesFailures: Bool) {
    self.order = order
    names = trace.candidates
    threshold = FrozenThreshold(trace, workload, excludesFailures: excludesFailures)
    activeSets = Set(
      workload.rows.lazy.filter { trace.traffic.isEmpty || trace.traffic[$0] > 0 }
        .map { trace.rows.active[$0] })
  }

  /// The policy with `prior` or its quantile replaced; others as they are. `nil` where the order has a name that a
  /// `static:` id cannot hold, or no query has the signal.
  func freezing(_ policy: Policy) -> Policy? {
    guard case .scheme(var scheme) = policy, scheme.selector == PriorSelector.entry.name else {
      return threshold.freezing(policy)
    }
    let named = order(for: scheme.k).map { names[$0] }
    guard !named.isEmpty, named.allSatisfy({ !$0.isEmpty && !$0.utf8.contains(UInt8(ascii: ">")) }) else {
      return nil
    }
    scheme.selector = "static:" + named.joined(separator: ">")
    let frozen = Policy.scheme(scheme)
    // A name may hold what looks like the next part of an id.
    return (try? Policy(id: frozen.description)) == frozen ? frozen : nil
  }

  /// The candidates to name, best first. Where k leaves nothing to select, candidates were replayed in pool order, and so
  /// ties of a vote are to fall in production.
  private func order(for k: KSchedule) -> [Int] {
    let selects = k.values.count > 1 || activeSets.contains { $0.count > k.first }
    return selects
      ? Array(order.prefix(needed(for: k.first)))
      : Array(CandidateSet(bits: activeSets.reduce(0) { $0 | $1.bits }))
  }

  /// How many of the order must be named so that the first k of every query are among them.
  private func needed(for k: Int) -> Int {
    activeSets.reduce(min(1, order.count)) { most, active in
      let places = order.indices.filter { active.contains(order[$0]) }.prefix(k)
      return max(most, (places.last ?? -1) + 1)
    }
  }
}

extension Recommender {
  /// The policy as it can run in production.
  func frozen(_ policy: Policy) -> Policy? {
    FrozenPrior(trace, evidence.replay.workload, excludesFailures: settings.excludesFailures).freezing(policy)
  }
}
