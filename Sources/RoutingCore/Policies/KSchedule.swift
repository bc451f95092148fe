/// How many candidates write at layers 2, 3, …: one number, or `4>2` (DESIGN §1).
///
/// Not increasing; the last value repeats. Canonical: the last two values differ.
package struct KSchedule: Sendable, Hashable {
  package let values: [Int]

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
  }

  /// The same k at every layer; at least 1.
  package init(constant k: Int) { values = [max(1, k)] }

  /// Parses `2` or `4>2`.
  package init?(_ text: some StringProtocol) {
    var values: [Int] = []
    for part in text.split(separator: ">", omittingEmptySubsequences: false) {
      guard let value = Int(part), part.first != "+", part.first != "0" else { return nil }
      values.append(value)
    }
    self.init(values)
  }

  /// The k of a layer ≥ 2; layer 1 has that of layer 2.
  package func k(layer: Int) -> Int { values[min(max(layer - 2, 0), values.count - 1)] }

  package var first: Int { values[0] }
}

extension KSchedule: CustomStringConvertible {
  package var description: String { values.map(String.init).joined(separator: ">") }
}

extension KSchedule: Comparable {
  package static func < (left: KSchedule, right: KSchedule) -> Bool {
    left.values.lexicographicallyPrecedes(right.values)
  }
}
