/// Which rows of a block take the smaller k of an adaptive policy, where more candidates are active than that.
struct StopColumn {
  let k: Int
  private(set) var stops: ContiguousArray<Bool>
  /// Why a row cannot be decided.
  private(set) var gaps: ContiguousArray<Gap>

  init(_ scope: BlockScope, _ stop: ResolvedStop, signal: SignalColumn, thresholds: FoldThresholds) {
    k = stop.k
    gaps = signal.gaps
    stops = .init(repeating: false, count: scope.rows.count)
    for (offset, row) in scope.rows.enumerated() where gaps[offset].isCovered {
      let threshold: Int64?
      switch stop.threshold {
      case .value(let value): threshold = value
      case .quantile(let position): threshold = thresholds.value(position, row: row, of: scope.trace)
      }
      if let threshold {
        stops[offset] = signal.values[offset] >= threshold
      } else {
        gaps[offset] = Gap(.noThreshold)
      }
    }
  }
}
