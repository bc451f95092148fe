/// Rows with the groups they belong to.
struct GroupedRows: Sendable {
  /// The groups that have rows, in the order of the trace.
  private(set) var groups: ContiguousArray<Int32> = []
  /// By row: the position of its group in `groups`.
  private(set) var positions: ContiguousArray<Int> = []

  /// - Parameter rows: of the trace, ascending; a group's rows stand together.
  init(_ rows: some Sequence<Int>, in trace: Trace) {
    for row in rows {
      let group = trace.rows.group[row]
      if group != groups.last { groups.append(group) }
      positions.append(groups.count - 1)
    }
  }

  /// The sum of a value over the rows of each group.
  ///
  /// - Parameter value: of the row at a place in the rows.
  func sums<Value: AdditiveArithmetic>(_ value: (Int) -> Value) -> ContiguousArray<Value> {
    var sums = ContiguousArray(repeating: Value.zero, count: groups.count)
    for (place, position) in positions.enumerated() { sums[position] += value(place) }
    return sums
  }
}
