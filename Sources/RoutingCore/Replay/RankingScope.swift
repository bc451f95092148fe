/// What a selector is asked to rank: for each row of a block, a set of candidates with their outputs.
package struct RankingScope {
  package let trace: Trace
  package let rows: Range<Int>
  /// The layer whose outputs are ranked; 1 = the prefixes.
  package let layer: Int32
  /// `BootBudget.cut`: where outputs are cut; `Int32.max` = in full.
  package let cut: Int32
  /// By row of the block.
  package let members: ContiguousArray<CandidateSet>
  package let outputs: RankedOutputs

  package init(
    trace: Trace, rows: Range<Int>, layer: Int32, cut: Int32, members: ContiguousArray<CandidateSet>,
    outputs: RankedOutputs
  ) {
    self.trace = trace
    self.rows = rows
    self.layer = layer
    self.cut = cut
    self.members = members
    self.outputs = outputs
  }
}

/// The texts a selector ranks.
package enum RankedOutputs {
  /// The candidates' own answers, cut at the scope's budget.
  case responses
  /// Entries of `Trace.refinements` by row of the block and pool position; −1 where there is none.
  case refinements(ContiguousArray<Int32>)
}

extension RankingScope {
  /// The recorded call behind an output, as an index into its columns; −1 where there is none.
  func index(_ offset: Int, _ candidate: Int) -> Int {
    switch outputs {
    case .responses: (rows.lowerBound + offset) * trace.candidates.count + candidate
    case .refinements(let entries): Int(entries[offset * trace.poolCount + candidate])
    }
  }

  private var calls: CallColumns {
    switch outputs {
    case .responses: trace.responses
    case .refinements: trace.refinements.calls
    }
  }

  /// The score of the whole output in millionths; −1 where it is not graded.
  func score(_ offset: Int, _ candidate: Int) -> Int32 {
    let entry = index(offset, candidate)
    return entry < 0 ? CallColumns.unknown : calls.score[entry]
  }

  /// Tokens of the output up to the cut; −1 where unknown.
  func length(_ offset: Int, _ candidate: Int) -> Int32 {
    let entry = index(offset, candidate)
    return entry < 0 ? CallColumns.unknown : min(cut, calls.knownOutput(entry))
  }

  /// The answer extracted from the output as far as the cut shows it.
  func answer(_ offset: Int, _ candidate: Int) -> VisibleAnswer {
    let entry = index(offset, candidate)
    guard entry >= 0 else { return .unknown }
    if calls.flags[entry].contains(.failed) { return .known(CallColumns.unknown) }
    if calls.output[entry] >= 0, calls.output[entry] <= cut || cut == .max {
      return .known(calls.answer[entry])
    }
    if cut == .max { return .known(calls.answer[entry]) }
    guard case .responses = outputs else { return .unknown }
    let prefix = trace.prefixes.index(
      row: rows.lowerBound + offset, key: CutKey(candidate: Int32(candidate), cut: cut))
    return prefix < 0 ? .unknown : .known(trace.prefixes.calls.answer[prefix])
  }

  /// Whether an output has a text to compare. A failed call without one counts as the empty text.
  func hasText(_ offset: Int, _ candidate: Int) -> Bool {
    let entry = index(offset, candidate)
    return entry >= 0 && !calls.flags[entry].isDisjoint(with: [.hasText, .failed])
  }

  /// Word similarity of two outputs up to the cut, in millionths; −1 where a text is missing.
  func similarity(_ offset: Int, _ first: Int, _ second: Int) -> Int32 {
    let known = knownSimilarity(offset, first, second)
    guard known < 0, hasText(offset, first), hasText(offset, second) else { return known }
    return isSilent(offset, first) || isSilent(offset, second) ? 0 : known
  }

  /// A failed call without a text, which is the empty text: similar to nothing.
  private func isSilent(_ offset: Int, _ candidate: Int) -> Bool {
    !calls.flags[index(offset, candidate)].contains(.hasText)
  }

  private func knownSimilarity(_ offset: Int, _ first: Int, _ second: Int) -> Int32 {
    let (low, high) = (min(first, second), max(first, second))
    switch outputs {
    case .responses:
      guard let column = trace.similarities.prefixes[cut] else { return CallColumns.unknown }
      let pairs = SimilarityColumns.pairs(trace.poolCount)
      return column[
        (rows.lowerBound + offset) * pairs + SimilarityColumns.pair(low, high, of: trace.poolCount)]
    case .refinements:
      let (a, b) = (Int32(index(offset, low)), Int32(index(offset, high)))
      let pair = SimilarityColumns.RefinementPair(first: min(a, b), second: max(a, b), cut: cut)
      return trace.similarities.refinements[pair] ?? CallColumns.unknown
    }
  }
}

/// An extracted answer, as far as a cut shows it.
enum VisibleAnswer {
  case unknown
  /// A dense id, or −1: the text has no extractable answer.
  case known(Int32)
}
