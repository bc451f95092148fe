extension SchemePolicy: Comparable {
  /// Canonical order: k, boot budget, layers, schedule, selector, aggregator, continuation.
  package static func < (left: SchemePolicy, right: SchemePolicy) -> Bool {
    if left.k != right.k { return left.k < right.k }
    if left.boot != right.boot { return left.boot < right.boot }
    if left.layers != right.layers { return left.layers < right.layers }
    if left.schedule != right.schedule { return left.schedule.rawValue < right.schedule.rawValue }
    if left.selector != right.selector { return ExactString(left.selector) < ExactString(right.selector) }
    if left.aggregator != right.aggregator {
      return ExactString(left.aggregator) < ExactString(right.aggregator)
    }
    return left.continuation.rawValue < right.continuation.rawValue
  }
}
