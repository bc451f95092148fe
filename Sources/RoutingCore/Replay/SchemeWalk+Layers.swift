extension SchemeWalk {
  /// What one writer of a layer hands on.
  struct Output {
    /// −1 = none was extracted; `MergeInputs.unseen` = nothing is recorded about it.
    var answer = CallColumns.unknown
    /// Millionths; −1 where not graded.
    var score = CallColumns.unknown
  }

  /// The output of the writer at `place` of a layer's set.
  func output(_ step: LayerStep, _ offset: Int, place: Int, _ outputs: LayerOutputs) -> Output {
    let candidate = Int(step.members[offset * width + place])
    let trace = scope.trace
    switch outputs {
    case .refinements:
      let entry = Int(step.refinements[offset * width + place])
      return Output(
        answer: trace.refinements.calls.answer[entry], score: trace.refinements.calls.score[entry])
    case .prefixes:
      return prefix(offset, candidate)
    case .answers:
      if continues(offset, candidate), trace.continuations.calls.count > 0 {
        let entry = trace.continuations.index(
          row: scope.rows.lowerBound + offset, key: CutKey(candidate: Int32(candidate), cut: scheme.cut))
        if entry >= 0, trace.continuations.calls.score[entry] >= 0 {
          return Output(
            answer: trace.continuations.calls.answer[entry], score: trace.continuations.calls.score[entry])
        }
      }
      let entry = scope.response(offset, candidate)
      return Output(answer: trace.responses.answer[entry], score: trace.responses.score[entry])
    }
  }

  /// Whether a candidate's full answer takes a further call, so that a recorded one replaces the derived.
  private func continues(_ offset: Int, _ candidate: Int) -> Bool {
    scheme.cut > 0 && scheme.continuation != .stream
      && scope.trace.responses.output[scope.response(offset, candidate)] > scheme.cut
  }

  /// A prefix scores as the response does where it holds all of it, else as recorded for that budget.
  private func prefix(_ offset: Int, _ candidate: Int) -> Output {
    let trace = scope.trace
    let entry = scope.response(offset, candidate)
    let isWhole =
      trace.responses.output[entry] <= scheme.cut || trace.responses.flags[entry].contains(.failed)
    if isWhole { return Output(answer: trace.responses.answer[entry], score: trace.responses.score[entry]) }
    let graded = trace.prefixes.index(
      row: scope.rows.lowerBound + offset, key: CutKey(candidate: Int32(candidate), cut: scheme.cut))
    guard graded >= 0 else { return Output(answer: MergeInputs.unseen) }
    return Output(answer: trace.prefixes.calls.answer[graded], score: trace.prefixes.calls.score[graded])
  }

  /// The set and calls of the next layer: ranked again where k shrinks, each member writing once more.
  mutating func advance(from last: LayerStep, to layer: Int, outputs: LayerOutputs) -> LayerStep {
    var step = LayerStep(layer: layer, rows: scope.rows.count)
    step.members = last.members
    step.counts = last.counts
    let k = scheme.k.k(layer: layer)
    if k < width { shrink(&step, to: k, from: last, outputs: outputs) }
    step.refinements = .init(repeating: -1, count: scope.rows.count * width)
    for offset in 0..<scope.rows.count where gaps[offset].isCovered && !ended[offset] {
      lookUpRefinements(&step, offset)
    }
    return step
  }

  private mutating func lookUpRefinements(_ step: inout LayerStep, _ offset: Int) {
    let members = step.set(offset, width: width)
    let calls = scope.trace.refinements.calls
    for place in 0..<Int(step.counts[offset]) {
      let candidate = Int(step.members[offset * width + place])
      let entry = refinement(offset, candidate, layer: step.layer, members: members)
      guard entry >= 0 else { return note(Gap(.noRefinement, candidate), offset) }
      guard scope.billing.knows(calls, entry, cut: scheme.billedCut(layer: step.layer)) else {
        return note(Gap(.noRefinementTokens, candidate), offset)
      }
      if calls.flags[entry].contains(.failed) { markFailure(offset, candidate) }
      step.refinements[offset * width + place] = Int32(entry)
    }
  }

  /// The refinement shown the chain's merge: recorded under its name, or under none.
  private func refinement(_ offset: Int, _ candidate: Int, layer: Int, members: CandidateSet) -> Int {
    var key = SetCallKey(
      tool: -1, candidate: Int32(candidate), layer: Int32(layer), cut: scheme.recordedCut(layer: layer),
      members: members)
    let row = scope.rows.lowerBound + offset
    if case .tool(let tool) = scheme.chain {
      key.tool = tool
      let named = scope.trace.refinements.index(row: row, key: key)
      if named >= 0 { return named }
      key.tool = -1
    }
    return scope.trace.refinements.index(row: row, key: key)
  }

  /// Where k shrinks, the selector ranks the last layer's outputs and the first k go on.
  private mutating func shrink(
    _ step: inout LayerStep, to k: Int, from last: LayerStep, outputs: LayerOutputs
  ) {
    var sets = ContiguousArray<CandidateSet>(repeating: .empty, count: scope.rows.count)
    for offset in 0..<scope.rows.count
    where gaps[offset].isCovered && !ended[offset] && Int(last.counts[offset]) > k && !keepsK(offset) {
      sets[offset] = last.set(offset, width: width)
    }
    let request = RankingScope(
      trace: scope.trace, rows: scope.rows, layer: Int32(last.layer),
      cut: scheme.isProgressive ? scheme.cut : .max, members: sets, outputs: ranked(last, outputs))
    var column = RankingColumn(rows: scope.rows.count, poolCount: scope.trace.poolCount)
    scheme.selector.rank(request, into: &column)
    for offset in 0..<scope.rows.count where !sets[offset].isEmpty {
      guard takeAgain(column, offset, &step) else { continue }
      for place in 0..<k {
        step.members[offset * width + place] = column.orders[offset * column.stride + place]
      }
      step.counts[offset] = Int32(k)
    }
  }

  /// Queries that stop early keep their k at every layer.
  private func keepsK(_ offset: Int) -> Bool { !stopped.isEmpty && stopped[offset] }

  private mutating func takeAgain(_ column: RankingColumn, _ offset: Int, _ step: inout LayerStep) -> Bool {
    let entry = Int(column.entries[offset])
    if entry >= 0, !scope.billing.knowsRanking(scope.trace.rankings.calls, entry) {
      note(Gap(.noRankingTokens, step.layer - 1), offset)
      return false
    }
    step.rankings[offset] = column.entries[offset]
    guard !column.gaps[offset].isCovered else { return true }
    if column.gaps[offset].kind == .failedCall { endRow(offset) } else { note(column.gaps[offset], offset) }
    return false
  }

  /// The last layer's outputs as a selector sees them.
  private func ranked(_ step: LayerStep, _ outputs: LayerOutputs) -> RankedOutputs {
    guard outputs == .refinements else { return .responses }
    let poolCount = scope.trace.poolCount
    var entries = ContiguousArray<Int32>(repeating: -1, count: scope.rows.count * poolCount)
    for offset in 0..<scope.rows.count {
      for place in 0..<Int(step.counts[offset]) {
        let candidate = Int(step.members[offset * width + place])
        entries[offset * poolCount + candidate] = step.refinements[offset * width + place]
      }
    }
    return .refinements(entries)
  }
}

extension LayerStep {
  /// The set writing at this layer.
  func set(_ offset: Int, width: Int) -> CandidateSet {
    var set = CandidateSet.empty
    for place in 0..<Int(counts[offset]) { set.insert(Int(members[offset * width + place])) }
    return set
  }
}
