/// The scheme's parameters as a replay uses them.
struct ResolvedScheme: Sendable {
  let k: KSchedule
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

  /// A fixed order holds even where there is nothing to select; every other falls to pool order (DESIGN §1).
  var keepsOrder: Bool { selector is StaticSelector }

  /// The budget in the coordinates of merges and refinements: −1 where their text does not depend on it.
  func recordedCut(layer: Int) -> Int32 { layers == 1 || isProgressive ? cut : -1 }

  /// Where the refinements of a layer are cut, and billed up to.
  func billedCut(layer: Int) -> Int32 { isProgressive && layer < layers ? cut : .max }
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
