/// The order of a trace's rows: by workload, group, query and sample.
struct RowLayout {
  private(set) var workloads: [Workload] = []
  private(set) var groups = GroupColumns()
  private(set) var rows = RowColumns()
  /// The query of each row, as a position in the list given to `init`.
  private(set) var queryOfRow: [Int] = []
  /// The rows of each query, in the order of its samples.
  private(set) var rowsOfQuery: [[Int]]

  init(queries: [TraceBuilder.Query], digest: (String) -> IdentityDigest) {
    rowsOfQuery = Array(repeating: [], count: queries.count)
    let sorted = queries.indices.sorted { left, right in
      let (a, b) = (queries[left], queries[right])
      let (workload, other) = (ExactString(a.workload), ExactString(b.workload))
      if workload != other { return workload < other }
      let (group, otherGroup) = (ExactString(a.group), ExactString(b.group))
      if group != otherGroup { return group < otherGroup }
      return ExactString(a.name) < ExactString(b.name)
    }
    var start = sorted.startIndex
    while start < sorted.endIndex {
      let name = ExactString(queries[sorted[start]].workload)
      let end = sorted[start...].firstIndex { ExactString(queries[$0].workload) != name } ?? sorted.endIndex
      appendWorkload(name.text, sorted[start..<end], of: queries, digest: digest)
      start = end
    }
    if queries.contains(where: { $0.ordinal != nil }) {
      rows.ordinal = ContiguousArray(queryOfRow.map { queries[$0].ordinal })
    }
  }

  private mutating func appendWorkload(
    _ name: String, _ members: ArraySlice<Int>, of queries: [TraceBuilder.Query],
    digest: (String) -> IdentityDigest
  ) {
    let firstRow = rows.count
    let firstGroup = groups.key.count
    var group: ExactString?
    for index in members {
      let query = queries[index]
      if ExactString(query.group) != group {
        group = ExactString(query.group)
        let identity = digest(query.group)
        groups.key.append(identity.key)
        groups.fold.append(identity.fold)
        groups.rowStart.append(rows.count)
      }
      let key = digest(query.name).key
      for sample in query.samples {
        rowsOfQuery[index].append(rows.count)
        queryOfRow.append(index)
        rows.query.append(query.name)
        rows.sample.append(sample)
        rows.queryKey.append(key)
        rows.group.append(Int32(groups.key.count - 1))
        groups.rowStart[groups.rowStart.count - 1] = rows.count
      }
    }
    workloads.append(
      Workload(name: name, rows: firstRow..<rows.count, groups: firstGroup..<groups.key.count))
  }
}
