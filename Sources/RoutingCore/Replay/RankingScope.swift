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

  /// The score of the whole output in millionths; −1 where it is not graded.
  func score(_ offset: Int, _ candidate: Int) -> Int32 {
    read(offset, candidate, trace.responses.score, trace.refinements.calls.score)
  }

  /// Tokens of the output up to the cut; −1 where unknown, but 0 of a failed call.
  func length(_ offset: Int, _ candidate: Int) -> Int32 {
    let output = read(offset, candidate, trace.responses.output, trace.refinements.calls.output)
    return min(cut, output < 0 && flags(offset, candidate).contains(.failed) ? 0 : output)
  }

  /// The answer extracted from the output as far as the cut shows it.
  func answer(_ offset: Int, _ candidate: Int) -> VisibleAnswer {
    guard index(offset, candidate) >= 0 else { return .unknown }
    if flags(offset, candidate).contains(.failed) { return .known(CallColumns.unknown) }
    let output = read(offset, candidate, trace.responses.output, trace.refinements.calls.output)
    if cut == .max || (0...cut).contains(output) {
      return .known(read(offset, candidate, trace.responses.answer, trace.refinements.calls.answer))
    }
    guard case .responses = outputs else { return .unknown }
    let prefix = trace.prefixes.index(
      row: rows.lowerBound + offset, key: CutKey(candidate: Int32(candidate), cut: cut))
    return prefix < 0 ? .unknown : .known(trace.prefixes.calls.answer[prefix])
  }

  /// The entry of whichever column the outputs are in; −1 where there is none. Columns are passed rather
  /// than the tables, whose copies would cost more than the look-up.
  private func read(
    _ offset: Int, _ candidate: Int, _ responses: ContiguousArray<Int32>,
    _ refinements: ContiguousArray<Int32>
  ) -> Int32 {
    let entry = index(offset, candidate)
    guard entry >= 0 else { return CallColumns.unknown }
    return switch outputs {
    case .responses: responses[entry]
    case .refinements: refinements[entry]
    }
  }

  /// What is known of the call behind an output; nothing where there is none.
  private func flags(_ offset: Int, _ candidate: Int) -> CallFlags {
    let entry = index(offset, candidate)
    guard entry >= 0 else { return [] }
    return switch outputs {
    case .responses: trace.responses.flags[entry]
    case .refinements: trace.refinements.calls.flags[entry]
    }
  }

  /// Whether an output has a text to compare. A failed call without one counts as the empty text.
  func hasText(_ offset: Int, _ candidate: Int) -> Bool {
    !flags(offset, candidate).isDisjoint(with: [.hasText, .failed])
  }

  /// Word similarity of two outputs up to the cut, in millionths; −1 where a text is missing.
  func similarity(_ offset: Int, _ first: Int, _ second: Int) -> Int32 {
    let known = knownSimilarity(offset, first, second)
    guard known < 0, hasText(offset, first), hasText(offset, second) else { return known }
    return isSilent(offset, first) || isSilent(offset, second) ? 0 : known
  }

  /// A failed call without a text, which is the empty text: similar to nothing.
  private func isSilent(_ offset: Int, _ candidate: Int) -> Bool {
    !flags(offset, candidate).contains(.hasText)
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
