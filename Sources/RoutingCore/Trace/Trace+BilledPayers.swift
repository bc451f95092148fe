extension Trace {
  /// Whose prices a replay of `policies` over `workloads` can need: positions in `payers`.
  ///
  /// Every model with recorded answers counts, since each appears as a baseline; rankings, merges and
  /// refinements only where a policy takes recorded ones. Calls of which only a recorded cost is known need none.
  package func billedPayers(by policies: [Policy], in workloads: [Workload]) -> Set<Int> {
    var payers: Set<Int> = []
    let schemes = policies.compactMap { policy -> SchemePolicy? in
      if case .scheme(let scheme) = policy { scheme } else { nil }
    }
    let blendersRank = policies.contains {
      if case .blender(let selector) = $0 { ToolID.isRecorded(selector) } else { false }
    }
    let moaMerges = policies.contains {
      if case .moa(let aggregator) = $0 { ToolID.isRecorded(aggregator) } else { false }
    }
    let ranks = blendersRank || schemes.contains { ToolID.isRecorded($0.selector) }
    let merges = moaMerges || schemes.contains { ToolID.isRecorded($0.aggregator) || $0.layers > 2 }
    for workload in workloads {
      for row in workload.rows {
        for entry in row * candidates.count..<(row + 1) * candidates.count {
          insert(responses, entry, into: &payers)
        }
      }
      if ranks { insert(rankings, workload.rows, into: &payers) }
      if merges {
        insert(self.merges, workload.rows, into: &payers)
        insert(refinements, workload.rows, into: &payers)
      }
    }
    return payers
  }

  private func insert(_ table: CallTable<SetCallKey>, _ rows: Range<Int>, into payers: inout Set<Int>) {
    guard table.calls.count > 0 else { return }
    for entry in Int(table.rowStart[rows.lowerBound])..<Int(table.rowStart[rows.upperBound]) {
      insert(table.calls, entry, into: &payers)
    }
  }

  private func insert(_ calls: CallColumns, _ entry: Int, into payers: inout Set<Int>) {
    guard calls.flags[entry].contains(.present), calls.input[entry] >= 0 || calls.output[entry] >= 0 else {
      return
    }
    payers.insert(Int(calls.payer[entry]))
  }
}
