/// A signal over a block of rows, or why it is not known.
package struct SignalColumn {
  /// Millionths, by row of the block; 0 with a gap.
  package private(set) var values: ContiguousArray<Int64>
  package private(set) var gaps: ContiguousArray<Gap>

  /// - Parameters:
  ///   - scope: what was ranked.
  ///   - ranking: of the same rows.
  ///   - comparesAnswers: whether prefixes agree by their extracted answers, as the selector compares them.
  package init(
    _ kind: StopSignalKind, _ scope: RankingScope, ranking: RankingColumn, comparesAnswers: Bool = false
  ) {
    values = .init(repeating: 0, count: scope.rows.count)
    gaps = ranking.gaps
    for offset in 0..<scope.rows.count where gaps[offset].isCovered {
      guard scope.members[offset].count > 1 else {
        // Nothing to select among, so that nobody asks.
        gaps[offset] = Gap(.noSignal)
        continue
      }
      let reading: SignalReading =
        switch kind {
        case .agreement: AgreementSignal.read(scope, ranking, offset, comparesAnswers: comparesAnswers)
        case .margin: MarginSignal.read(scope.trace, ranking, offset)
        }
      switch reading {
      case .known(let value): values[offset] = value
      case .unknown(let gap): gaps[offset] = gap
      }
    }
  }
}

/// A signal of one query.
enum SignalReading {
  /// Millionths.
  case known(Int64)
  case unknown(Gap)
}
