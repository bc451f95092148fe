/// The scheme's parameters as a replay uses them.
struct ResolvedScheme: Sendable {
  let k: KSchedule
  /// What decides an adaptive k.
  let stop: ResolvedStop?
  let cut: Int32
  let layers: Int
  let isProgressive: Bool
  let continuation: Continuation
  let selector: any CandidateSelector
  /// Position of the ranking of prefixes among those of the replay.
  let rankingIndex: Int
  /// Position of the boots among those of the replay.
  let bootIndex: Int
  /// Position of the completions among those of the replay.
  let completionIndex: Int
  let aggregator: ResolvedAggregator
  /// Who wrote the merges before the last one.
  let chain: ChainTool

  /// A fixed order holds even where there is nothing to select; every other falls to pool order (Scheme.md, "Active candidates").
  var keepsOrder: Bool { selector is StaticSelector }

  /// The budget in the coordinates of merges and refinements: −1 where their text does not depend on it.
  func recordedCut(layer: Int) -> Int32 { layers == 1 || isProgressive ? cut : -1 }

  /// Where the refinements of a layer are cut, and billed up to.
  func billedCut(layer: Int) -> Int32 { isProgressive && layer < layers ? cut : .max }
}

/// When a query stops early, as a replay uses it.
struct ResolvedStop: Sendable {
  let k: Int
  /// Position of the signal among those of the replay.
  let signalIndex: Int
  let threshold: Threshold

  enum Threshold: Sendable {
    /// Millionths.
    case value(Int64)
    /// Position among the quantiles of the replay.
    case quantile(Int)
  }
}

/// A signal that adaptive policies of a replay share.
struct SignalRequest: Hashable, Sendable {
  let kind: StopSignalKind
  /// Position among the rankings of the replay.
  let ranking: Int
  let comparesAnswers: Bool
}

/// A quantile of a signal, over the rows in which it is asked.
struct QuantileRequest: Hashable, Sendable {
  /// Position among the signals of the replay.
  let signal: Int
  /// The signal is asked where more candidates are active than this.
  let above: Int
  /// Millionths.
  let share: Int64
}

/// The recorded aggregator whose merges an offline aggregator's earlier layers use.
enum ChainTool: Sendable {
  /// Position in `Trace.aggregators`.
  case tool(Int32)
  /// None is recorded.
  case none
  /// Several are recorded, and nothing says which.
  case several
}
