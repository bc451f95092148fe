/// Who is behind the recorded selectors and aggregators that a policy names.
struct RecordedTools {
  let trace: Trace
  let header: TraceHeader

  /// The declaration of a selector id; `nil` when it needs no call.
  func selector(_ id: String) -> ToolDeclaration? {
    declaration(id, among: trace.selectors, declared: header.selectors, calls: trace.rankings)
  }

  /// The declaration of an aggregator id; at l ≥ 3 an offline one leaves the merges before the last to the
  /// recorded aggregator.
  func aggregator(_ id: String, layers: Int) -> ToolDeclaration? {
    let own = declaration(id, among: trace.aggregators, declared: header.aggregators, calls: trace.merges)
    guard own == nil, layers >= 3, trace.aggregators.count == 1 else { return own }
    return declaration(
      ToolID.recorded, among: trace.aggregators, declared: header.aggregators, calls: trace.merges)
  }

  private func declaration(
    _ id: String, among recorded: [String], declared: [ToolDeclaration], calls: CallTable<SetCallKey>
  ) -> ToolDeclaration? {
    let parts = ToolID(id)
    guard parts.name == ToolID.recorded, let name = parts.argument ?? recorded.first,
      let position = ExactString.position(of: name, in: recorded)
    else { return nil }
    let known = declared.first { ExactString($0.name) == ExactString(name) }
    return ToolDeclaration(
      name: name, model: known?.model ?? payer(of: Int32(position), calls), prompt: known?.prompt)
  }

  /// Who is paid for a tool's calls, where it is always the same.
  private func payer(of tool: Int32, _ calls: CallTable<SetCallKey>) -> String? {
    let payers = Set(calls.keys.indices.filter { calls.keys[$0].tool == tool }.map { calls.calls.payer[$0] })
    guard payers.count == 1, let payer = payers.first, payer >= 0 else { return nil }
    return trace.payers[Int(payer)]
  }
}
