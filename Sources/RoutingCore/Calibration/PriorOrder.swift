/// The pool by mean score over all graded answers of a workload: `prior` frozen for use elsewhere (Scheme.md, "Selectors").
package enum PriorOrder {
  /// Names, best first; equal means in pool order, candidates without a score last.
  package static func names(_ trace: Trace, _ workload: Workload) -> [String] {
    let totals = (0..<trace.poolCount).map { candidate in
      var sum: Int128 = 0
      var count: Int128 = 0
      for row in workload.rows {
        let score = trace.responses.score[row * trace.candidates.count + candidate]
        guard score >= 0 else { continue }
        sum += Int128(score)
        count += 1
      }
      return (sum: sum, count: count)
    }
    let order = totals.indices.sorted { left, right in
      let (a, b) = (totals[left], totals[right])
      guard a.count > 0, b.count > 0 else { return a.count == b.count ? left < right : a.count > 0 }
      let (first, second) = (a.sum * b.count, b.sum * a.count)
      return first == second ? left < right : first > second
    }
    return order.map { trace.candidates[$0] }
  }

  /// The policy with `prior` replaced by the order it has on a workload; any other policy as it is.
  package static func freezing(_ policy: Policy, _ trace: Trace, _ workload: Workload) -> Policy {
    guard case .scheme(var scheme) = policy, scheme.selector == PriorSelector.entry.name else {
      return policy
    }
    scheme.selector = "static:\(names(trace, workload).joined(separator: ">"))"
    return .scheme(scheme)
  }
}
