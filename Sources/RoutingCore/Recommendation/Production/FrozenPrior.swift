/// `prior` as the fixed order of all queries of a workload: what can run in production (DESIGN §3).
struct FrozenPrior {
  /// Candidates with a score, from the best mean on; ties in pool order.
  private let order: [String]
  private let skilled: Bool

  init(_ trace: Trace, _ workload: Workload) {
    let places = FoldTotals(trace, workload).places()
    order = places.indices.filter { places[$0] >= 0 }.sorted { left, right in
      places[left] != places[right] ? places[left] > places[right] : left < right
    }.map { trace.candidates[$0] }
    skilled = trace.candidateSkills.prefix(trace.poolCount).contains { !$0.isEmpty }
  }

  /// The policy with `prior` replaced; others as they are. `nil` where the order has a name that a `static:`
  /// id cannot hold.
  func freezing(_ policy: Policy) -> Policy? {
    guard case .scheme(var scheme) = policy, scheme.selector == "prior" else { return policy }
    // Without skills everyone is active, and only the first k are ever started.
    let named = skilled ? order[...] : order.prefix(scheme.k.first)
    guard !named.isEmpty, named.allSatisfy({ !$0.isEmpty && !$0.utf8.contains(UInt8(ascii: ">")) }) else {
      return nil
    }
    scheme.selector = "static:" + named.joined(separator: ">")
    let frozen = Policy.scheme(scheme)
    // A name may hold what looks like the next part of an id.
    return (try? Policy(id: frozen.description)) == frozen ? frozen : nil
  }
}

extension Recommender {
  /// The policy as it can run in production.
  func frozen(_ policy: Policy) -> Policy? {
    FrozenPrior(trace, evidence.replay.workload).freezing(policy)
  }
}
