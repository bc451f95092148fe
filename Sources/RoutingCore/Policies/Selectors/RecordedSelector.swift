/// Takes a recorded ranking: `recorded` where one selector is recorded, else `recorded:NAME`.
struct RecordedSelector: CandidateSelector {
  static let entry = SelectorEntry(
    name: ToolID.recorded, argument: .optional("NAME"), needsPrefixes: true, isBound: false
  ) { (argument, trace, _) throws(PolicyError) in
    try RecordedSelector(
      tool: RecordedTool.position(argument, among: trace.selectors, kind: "selector"))
  }

  /// Position in `Trace.selectors`.
  let tool: Int32

  func rank(_ scope: RankingScope, into column: inout RankingColumn) {
    let trace = scope.trace
    for (offset, row) in scope.rows.enumerated() where scope.members[offset].count > 1 {
      let key = SetCallKey(tool: tool, layer: scope.layer, cut: scope.cut, members: scope.members[offset])
      let entry = trace.rankings.index(row: row, key: key)
      if entry < 0 {
        column.fail(offset, Gap(.noRanking, Int(scope.layer)))
      } else if trace.rankings.calls.flags[entry].contains(.failed) {
        column.failCall(offset, entry: entry)
      } else if trace.rankings.calls.flags[entry].contains(.unparsable) {
        column.fail(offset, Gap(.unparsableRanking, Int(scope.layer)))
      } else {
        let order = trace.orders.candidates[
          Int(trace.orders.start[entry])..<Int(trace.orders.start[entry + 1])]
        column.take(offset, order: order, entry: entry)
      }
    }
  }
}

/// Finds a recorded selector or aggregator by name.
enum RecordedTool {
  /// The position of `name` among `recorded`; without a name there must be exactly one.
  static func position(_ name: String?, among recorded: [String], kind: String) throws(PolicyError) -> Int32 {
    guard let name else {
      guard recorded.count == 1 else { throw .ambiguousRecorded(kind: kind, recorded: recorded) }
      return 0
    }
    guard let position = ExactString.position(of: name, in: recorded) else {
      throw .unknown(kind: "recorded \(kind)", name: name, known: recorded)
    }
    return Int32(position)
  }
}
