/// What a shard can be asked by itself.
package enum ShardRules {
  /// Checks that every query's outcome depends on that query alone.
  ///
  /// - Throws: `PartialError.needsWhole`.
  package static func check(_ request: GridRequest) throws(PartialError) {
    let why = "it learns from the queries of other folds, which lie in other shards too; "
    guard let selectors = request.selectors else {
      throw .needsWhole(
        flag: "--selector", value: "\(SelectorRegistry.prior), which is taken without --selector,",
        why: why + "name selectors without it, such as --selector recorded or consensus")
    }
    if let learning = selectors.first(where: SelectorRegistry.learnsFromOtherQueries) {
      throw .needsWhole(
        flag: "--selector", value: learning,
        why: why + "a fixed order is static:MODEL>MODEL>…")
    }
    for k in request.k ?? [] {
      if case .quantile = k.stop?.threshold {
        throw .needsWhole(
          flag: "--k", value: k.description, why: why + "give the threshold as a number")
      }
    }
  }
}

extension Trace {
  /// The same shard, also knowing the recorded tools that are asked for but occur in other shards only: their calls
  /// are missing here, which is a gap and no error.
  package func knowingTools(of request: GridRequest) -> Trace {
    let selectors = Self.adding(request.selectors ?? [], to: selectors)
    let aggregators = Self.adding(request.aggregators ?? [], to: aggregators)
    return naming(selectors: selectors, aggregators: aggregators)
  }

  /// Appends, so that the positions of the known ones stay.
  private static func adding(_ ids: [String], to known: [String]) -> [String] {
    let asked = ids.map(ToolID.init).filter { $0.name == ToolID.recorded }
    var names = known
    for name in asked.compactMap(\.argument) where ExactString.position(of: name, in: names) == nil {
      names.append(name)
    }
    return names.isEmpty && !asked.isEmpty ? [ToolID.recorded] : names
  }
}

extension PartialHeader {
  /// How many recorded aggregators the shard's replay knew of.
  var knownAggregators: Int {
    let asked = grid.aggregators.map(ToolID.init)
      .filter { $0.name == ToolID.recorded }.compactMap(\.argument)
    return Set((asked + aggregators).map(ExactString.init)).count
  }

  /// Whether some policy takes merges before its last one from whichever aggregator is recorded.
  var usesChain: Bool {
    grid.layers.contains { $0 > 2 }
      && grid.aggregators.contains { ToolID($0).name != ToolID.recorded }
  }
}
