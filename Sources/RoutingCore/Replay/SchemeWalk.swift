/// One policy's walk through a block of rows: who is chosen, which calls are used, what the answer scores.
///
/// Nothing is priced here; `SchemeBill` does that from what the walk leaves behind.
struct SchemeWalk {
  let scope: BlockScope
  let scheme: ResolvedScheme
  /// Why a row is not covered.
  private(set) var gaps: ContiguousArray<Gap>
  /// Millionths.
  private(set) var scores: ContiguousArray<Int32>
  /// Rows in which a call that was used failed.
  private(set) var failed: ContiguousArray<Bool>
  /// Rows in which a ranking or merge failed: nothing follows it, and the score is 0.
  private(set) var ended: ContiguousArray<Bool>
  /// The ranking billed for the first selection, by row; −1 = none.
  private(set) var firstRanking: ContiguousArray<Int32>
  /// Whether each row of an adaptive policy takes the smaller k; empty where k is fixed.
  private(set) var stopped: ContiguousArray<Bool> = []
  /// The candidates chosen first, best-ranked first; row i has its entries from `i · width`.
  private(set) var chosen: ContiguousArray<UInt8>
  private(set) var chosenCounts: ContiguousArray<Int32>
  /// The merge of the first chosen set (at layer 1 or 2), and the layers after it.
  private(set) var steps: [LayerStep] = []
  /// Candidates chosen at most.
  let width: Int

  init(
    _ scope: BlockScope, _ scheme: ResolvedScheme, boots: BootColumn, ranking: RankingColumn,
    poolOrder: RankingColumn, stops: StopColumn? = nil
  ) {
    self.scope = scope
    self.scheme = scheme
    let count = scope.rows.count
    width = min(scheme.k.first, scope.trace.poolCount)
    gaps = boots.gaps
    failed = boots.failed
    scores = .init(repeating: 0, count: count)
    ended = .init(repeating: false, count: count)
    firstRanking = .init(repeating: -1, count: count)
    chosen = .init(repeating: 0, count: count * width)
    chosenCounts = .init(repeating: 0, count: count)
    if let stops { choose(ranking, stops) } else { choose(ranking) }
    copyChosen(ranking, poolOrder)
    checkChosen()
    var outputs = scheme.layers == 1 ? LayerOutputs.prefixes : .answers
    var step = LayerStep(layer: scheme.isProgressive ? 1 : min(scheme.layers, 2), rows: count)
    step.members = chosen
    step.counts = chosenCounts
    if scheme.layers <= 2 {
      finish(&step, outputs)
    } else {
      mergeAlongTheWay(&step)
      steps.append(step)
      for layer in (scheme.isProgressive ? 2 : 3)...scheme.layers {
        step = advance(from: step, to: layer, outputs: outputs)
        outputs = .refinements
        if layer == scheme.layers { finish(&step, outputs) } else { mergeAlongTheWay(&step) }
        steps.append(step)
      }
      return
    }
    steps.append(step)
  }
}

/// What the writers of a layer hand on.
enum LayerOutputs {
  case prefixes, answers, refinements
}

/// The calls of one layer, by row of the block.
struct LayerStep {
  let layer: Int
  /// The ranking that shrank the set for this layer; −1 = none.
  var rankings: ContiguousArray<Int32>
  /// The set writing at this layer, best-ranked first, `SchemeWalk.width` entries a row.
  var members: ContiguousArray<UInt8> = []
  var counts: ContiguousArray<Int32> = []
  /// The refinements by the members; −1 or empty = none.
  var refinements: ContiguousArray<Int32> = []
  /// The recorded merge; −1 = none.
  var merges: ContiguousArray<Int32>

  init(layer: Int, rows: Int) {
    self.layer = layer
    rankings = .init(repeating: -1, count: rows)
    merges = rankings
  }
}

extension SchemeWalk {
  /// Whether a row still goes on after layer 1's selection.
  private func isLive(_ offset: Int) -> Bool { gaps[offset].isCovered && !ended[offset] }

  /// Notes a gap.
  mutating func note(_ gap: Gap, _ offset: Int) { gaps[offset] = gap }

  /// A call that was used failed.
  mutating func markFailure(_ offset: Int, _ subject: Int) {
    if scope.billing.excludesFailures {
      note(Gap(.failedCall, subject), offset)
    } else {
      failed[offset] = true
    }
  }

  /// A failed ranking or merge, which nothing can follow: the score is 0.
  mutating func endRow(_ offset: Int) {
    markFailure(offset, 0)
    ended[offset] = true
  }

  private mutating func choose(_ ranking: RankingColumn) {
    for offset in 0..<scope.rows.count where gaps[offset].isCovered {
      let active = scope.active(offset).count
      guard active > 0 else {
        gaps[offset] = Gap(.noActiveCandidate)
        continue
      }
      if scheme.k.first < active {
        guard take(ranking, offset) else { continue }
        firstRanking[offset] = ranking.entries[offset]
      }
      chosenCounts[offset] = Int32(min(scheme.k.first, active))
    }
  }

  /// The same where k is decided by row. Where there is something to decide the ranking is paid, even if all
  /// active candidates then finish.
  private mutating func choose(_ ranking: RankingColumn, _ stops: StopColumn) {
    stopped = .init(repeating: false, count: scope.rows.count)
    for offset in 0..<scope.rows.count where gaps[offset].isCovered {
      let active = scope.active(offset).count
      guard active > 0 else {
        gaps[offset] = Gap(.noActiveCandidate)
        continue
      }
      stopped[offset] = active <= stops.k
      if active > stops.k {
        guard take(ranking, offset) else { continue }
        firstRanking[offset] = ranking.entries[offset]
        guard stops.gaps[offset].isCovered else {
          gaps[offset] = stops.gaps[offset]
          continue
        }
        stopped[offset] = stops.stops[offset]
      }
      chosenCounts[offset] = Int32(min(stopped[offset] ? stops.k : scheme.k.first, active))
    }
  }

  /// The first k of each row's order; of the pool's where all are taken.
  private mutating func copyChosen(_ ranking: RankingColumn, _ poolOrder: RankingColumn) {
    let ranked = ranking.orders.span
    let unranked = poolOrder.orders.span
    let (counts, width, active) = (chosenCounts, width, scope.trace.rows.active)
    let firstRow = scope.rows.lowerBound
    chosen.withUnsafeMutableBufferPointer { chosen in
      for offset in counts.indices {
        let selects = Int(counts[offset]) < active[firstRow + offset].count
        for place in 0..<Int(counts[offset]) {
          let source = offset * ranking.stride + place
          chosen[offset * width + place] = selects ? ranked[source] : unranked[source]
        }
      }
    }
  }

  /// Whether `column` gives the row an order; otherwise notes the gap or the failure.
  private mutating func take(_ column: RankingColumn, _ offset: Int) -> Bool {
    let entry = Int(column.entries[offset])
    if entry >= 0, !scope.billing.knowsRanking(scope.trace.rankings.calls, entry) {
      gaps[offset] = Gap(.noRankingTokens, 1)
      return false
    }
    guard !column.gaps[offset].isCovered else { return true }
    if column.gaps[offset].kind == .failedCall {
      endRow(offset)
      firstRanking[offset] = column.entries[offset]
    } else {
      gaps[offset] = column.gaps[offset]
    }
    return false
  }

  /// Where no boots are billed, what the chosen candidates need is looked up only now.
  private mutating func checkChosen() {
    guard scheme.cut == 0 || scope.billing.accounting == .paper else { return }
    let calls = scope.trace.responses
    let cut = scheme.layers == 1 || scheme.isProgressive ? scheme.cut : .max
    for offset in 0..<scope.rows.count where isLive(offset) {
      for place in 0..<Int(chosenCounts[offset]) {
        let candidate = Int(chosen[offset * width + place])
        let entry = scope.response(offset, candidate)
        let gap = scope.billing.gap(calls, entry, cut: cut, subject: candidate)
        guard gap.isCovered else {
          gaps[offset] = gap
          break
        }
        if calls.flags[entry].contains(.failed) { failed[offset] = true }
      }
    }
  }

  /// The recorded merge between two layers.
  private mutating func mergeAlongTheWay(_ step: inout LayerStep) {
    for offset in 0..<scope.rows.count where isLive(offset) && step.counts[offset] > 1 {
      switch scheme.chain {
      case .tool(let tool): lookUpMerge(&step, offset, tool: tool)
      case .none: gaps[offset] = Gap(.noMerge, step.layer)
      case .several: gaps[offset] = Gap(.severalAggregators)
      }
    }
  }

  /// The last merge, whose score is the policy's.
  private mutating func finish(_ step: inout LayerStep, _ outputs: LayerOutputs) {
    switch scheme.aggregator {
    case .recorded(let tool):
      for offset in 0..<scope.rows.count where isLive(offset) {
        if step.counts[offset] > 1 {
          lookUpMerge(&step, offset, tool: tool)
          if isLive(offset) {
            setScore(
              offset, scope.trace.merges.calls.score[Int(step.merges[offset])], Gap(.noMergeScore, step.layer)
            )
          }
        } else {
          finishAlone(step, offset, outputs)
        }
      }
    case .offline(let aggregator):
      mergeOffline(step, outputs, aggregator)
    }
  }

  private mutating func lookUpMerge(_ step: inout LayerStep, _ offset: Int, tool: Int32) {
    let members = step.set(offset, width: width)
    let key = SetCallKey(
      tool: tool, layer: Int32(step.layer), cut: scheme.recordedCut(layer: step.layer), members: members)
    let entry = scope.trace.merges.index(row: scope.rows.lowerBound + offset, key: key)
    guard entry >= 0 else {
      gaps[offset] = Gap(.noMerge, step.layer)
      return
    }
    let calls = scope.trace.merges.calls
    guard scope.billing.knows(calls, entry) else {
      gaps[offset] = Gap(.noMergeTokens, step.layer)
      return
    }
    step.merges[offset] = Int32(entry)
    if calls.flags[entry].contains(.failed) { endRow(offset) }
  }

  /// k = 1: the one output is the answer.
  private mutating func finishAlone(_ step: LayerStep, _ offset: Int, _ outputs: LayerOutputs) {
    let candidate = Int(step.members[offset * width])
    let output = output(step, offset, place: 0, outputs)
    setScore(offset, output.score, Gap(outputs == .prefixes ? .noPrefixScore : .noScore, candidate))
  }

  private mutating func mergeOffline(
    _ step: LayerStep, _ outputs: LayerOutputs, _ aggregator: any AnswerAggregator
  ) {
    let inputs = gather(step, outputs)
    var merged = ContiguousArray<Int32>(repeating: 0, count: scope.rows.count)
    aggregator.merge(inputs, into: &merged)
    for offset in 0..<scope.rows.count where isLive(offset) {
      if merged[offset] >= 0 {
        scores[offset] = merged[offset]
      } else {
        let candidate = Int(step.members[offset * width + inputs.firstUngraded(offset)])
        gaps[offset] = Gap(outputs == .prefixes ? .noPrefixScore : .noScore, candidate)
      }
    }
  }

  /// The outputs to merge, of the rows that go on.
  private func gather(_ step: LayerStep, _ outputs: LayerOutputs) -> MergeInputs {
    var inputs = MergeInputs(rows: scope.rows.count, stride: width)
    for offset in 0..<scope.rows.count where isLive(offset) { inputs.counts[offset] = step.counts[offset] }
    if outputs == .answers, scope.trace.continuations.calls.count == 0 {
      gatherAnswers(step, &inputs)
      return inputs
    }
    for offset in 0..<scope.rows.count {
      for place in 0..<Int(inputs.counts[offset]) {
        let output = output(step, offset, place: place, outputs)
        inputs.answers[offset * width + place] = output.answer
        inputs.scores[offset * width + place] = output.score
      }
    }
    return inputs
  }

  /// The hot case: full answers, straight from their columns.
  private func gatherAnswers(_ step: LayerStep, _ inputs: inout MergeInputs) {
    let members = step.members.span
    let counts = inputs.counts
    let known = scope.trace.responses.answer
    let graded = scope.trace.responses.score
    let stride = scope.trace.candidates.count
    inputs.answers.withUnsafeMutableBufferPointer { answers in
      inputs.scores.withUnsafeMutableBufferPointer { scores in
        for offset in counts.indices {
          let base = (scope.rows.lowerBound + offset) * stride
          for place in offset * width..<offset * width + Int(counts[offset]) {
            let entry = base + Int(members[place])
            answers[place] = known[entry]
            scores[place] = graded[entry]
          }
        }
      }
    }
  }

  private mutating func setScore(_ offset: Int, _ score: Int32, _ missing: Gap) {
    if score < 0 { gaps[offset] = missing } else { scores[offset] = score }
  }
}
