/// How many candidates write at layers 2, 3, …: one number, `4>2` by layer, or `1|3@agreement:0.8` by query
/// (Scheme.md, "Schedules").
///
/// Values are not increasing; the last repeats. Canonical: the last two values differ.
package struct KSchedule: Sendable, Hashable {
  /// By layer; of an adaptive k, those of the queries that do not stop early.
  package let values: [Int]
  /// When fewer candidates suffice for a query; `nil` = never.
  package let stop: EarlyStop?

  /// `nil` unless every value is at least 1 and none is larger than the one before.
  package init?(_ values: [Int]) {
    guard let first = values.first, first >= 1, zip(values, values.dropFirst()).allSatisfy({ $0 >= $1 }),
      values.allSatisfy({ $0 >= 1 })
    else { return nil }
    var canonical = values
    while canonical.count > 1, canonical[canonical.count - 1] == canonical[canonical.count - 2] {
      canonical.removeLast()
    }
    self.values = canonical
    stop = nil
  }

  /// The same k at every layer; at least 1.
  package init(constant k: Int) {
    values = [max(1, k)]
    stop = nil
  }

  /// This schedule for the queries that do not stop early; `nil` unless the early k is the smaller.
  package init?(_ schedule: KSchedule, stop: EarlyStop) {
    guard stop.k < schedule.first else { return nil }
    values = schedule.values
    self.stop = stop
  }

  /// Parses `2`, `4>2` or `1|3@agreement:0.8`.
  package init?(_ text: some StringProtocol) {
    guard let parsed = try? KSchedule(parsing: text) else { return nil }
    self = parsed
  }

  /// The k of a layer ≥ 2 for queries that do not stop early; layer 1 has that of layer 2.
  package func k(layer: Int) -> Int { values[min(max(layer - 2, 0), values.count - 1)] }

  /// The largest k of any query and layer.
  package var first: Int { values[0] }

  /// The k of every query at every layer; `nil` where there are several.
  package var constant: Int? { values.count == 1 && stop == nil ? values[0] : nil }

  /// Candidates are ranked where more are active than this: with fewer there is nothing to select.
  package var rankedAbove: Int { stop?.k ?? first }

  /// The same with another threshold; a k without one as it is.
  package func with(threshold: SignalThreshold) -> KSchedule {
    guard let stop else { return self }
    return KSchedule(self, stop: EarlyStop(k: stop.k, signal: stop.signal, threshold: threshold)) ?? self
  }
}

extension KSchedule: CustomStringConvertible {
  package var description: String {
    (stop.map { "\($0.k)|" } ?? "") + values.map(String.init).joined(separator: ">")
      + (stop.map { "@\($0.signal.rawValue):\($0.threshold)" } ?? "")
  }
}

extension KSchedule: Comparable {
  /// By values, a fixed k before the adaptive ones that reach as far.
  package static func < (left: KSchedule, right: KSchedule) -> Bool {
    if left.values != right.values { return left.values.lexicographicallyPrecedes(right.values) }
    guard let late = right.stop else { return false }
    return left.stop.map { $0 < late } ?? true
  }
}
