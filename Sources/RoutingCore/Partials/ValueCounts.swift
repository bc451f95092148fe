/// How often each value occurs.
package struct ValueCounts: Sendable, Equatable {
  /// Ascending, each once.
  package private(set) var values: [Int64] = []
  package private(set) var counts: [Int64] = []

  package init() {}

  package init(_ unsorted: some Sequence<Int64>) {
    for value in unsorted.sorted() { append(value, 1) }
  }

  /// `nil` unless the values ascend and each count is at least 1.
  package init?(values: [Int64], counts: [Int64]) {
    guard values.count == counts.count, counts.allSatisfy({ $0 > 0 }),
      zip(values, values.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    self.values = values
    self.counts = counts
  }

  package static func += (left: inout ValueCounts, right: ValueCounts) {
    guard !left.values.isEmpty else {
      left = right
      return
    }
    var sum = ValueCounts()
    sum.values.reserveCapacity(left.values.count + right.values.count)
    sum.counts.reserveCapacity(left.values.count + right.values.count)
    var (one, other) = (0, 0)
    while one < left.values.count || other < right.values.count {
      let takesOwn =
        other == right.values.count || (one < left.values.count && left.values[one] <= right.values[other])
      if takesOwn {
        sum.append(left.values[one], left.counts[one])
        one += 1
      } else {
        sum.append(right.values[other], right.counts[other])
        other += 1
      }
    }
    left = sum
  }

  /// Adds a value not below the last.
  private mutating func append(_ value: Int64, _ count: Int64) {
    if values.last == value {
      counts[counts.count - 1] += count
    } else {
      values.append(value)
      counts.append(count)
    }
  }
}

/// Counts being added up from many parts: parts of like size are merged, so that each is copied a few times only.
struct ValueRuns: Sendable {
  /// Each less than half as long as the one before.
  private var runs: [ValueCounts]

  init(_ first: ValueCounts) { runs = [first] }

  static func += (left: inout ValueRuns, right: ValueRuns) {
    for run in right.runs {
      left.runs.append(run)
      while left.runs.count > 1,
        2 * left.runs[left.runs.count - 1].values.count >= left.runs[left.runs.count - 2].values.count
      {
        let last = left.runs.removeLast()
        left.runs[left.runs.count - 1] += last
      }
    }
  }

  var total: ValueCounts { runs.reversed().reduce(into: ValueCounts()) { $0 += $1 } }
}
