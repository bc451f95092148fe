/// Partial results being put together. Sums are integers, so neither the order of the partials nor how the queries
/// were sharded changes a bit of the result.
package struct PartialUnion: Sendable {
  private var files: [String] = []
  private var headers: [PartialHeader] = []
  private var workloads: [ExactString: UnionWorkload] = [:]
  /// Keys of every partial's queries, one after the other, and where each partial's begin.
  private var queryKeys: [UInt64] = []
  private var keyStarts: [Int] = []

  package init() {}

  /// Takes in one more partial, which may be without rows.
  ///
  /// - Parameter file: its name, for messages.
  /// - Throws: `PartialError` where it is not of the same sweep.
  package mutating func add(_ partial: PartialSweep, from file: String) throws(PartialError) {
    if let first = headers.first {
      for (known, own) in zip(first.facts, partial.header.facts) where known.value != own.value {
        throw .differ(
          file: files[0], other: file, what: known.name, value: known.value, otherValue: own.value)
      }
    }
    files.append(file)
    headers.append(partial.header)
    keyStarts.append(queryKeys.count)
    for workload in partial.workloads {
      let name = ExactString(workload.name)
      queryKeys += workload.patterns.flatMap(\.queryKeys)
      try workloads[name, default: UnionWorkload(name: workload.name)].add(
        workload, minCoverage: partial.header.terms.minCoverage)
    }
    uniteOwnKeys()
  }

  /// With several samples a query's rows may lie in several patterns of its own shard.
  private mutating func uniteOwnKeys() {
    let start = keyStarts[keyStarts.count - 1]
    let own = queryKeys[start...].sorted()
    queryKeys.removeSubrange(start...)
    for key in own where queryKeys.count == start || queryKeys[queryKeys.count - 1] != key {
      queryKeys.append(key)
    }
  }

  /// The sweep of all shards together.
  ///
  /// - Parameter lambdas: instead of those the shards were swept with.
  /// - Throws: `PartialError` where a query is in two shards, or shards took different tools for the same.
  package func sweep(lambdas: [Lambda]? = nil) async throws -> CombinedSweep {
    guard let first = headers.first else { throw PartialError.noPartials }
    try checkQueries()
    try checkTools()
    var terms = first.terms
    if let lambdas { terms.lambdas = lambdas }
    // A book has the name it was given on each machine; which one is shown must not depend on the order.
    terms.prices?.name = headers.compactMap { $0.terms.prices?.name }.map(ExactString.init).min()?.text ?? ""
    let context = UnionContext(
      grid: first.grid, candidates: first.candidates, isCandidate: isCandidate,
      settings: terms.settings(continuation: first.grid.continuation))
    var sweeps: [WorkloadSweep] = []
    for name in try workloadNames(terms.workloads) {
      if let workload = workloads[name] { sweeps.append(await workload.sweep(context)) }
    }
    return CombinedSweep(
      traceName: first.traceName, fingerprints: ExactString.sorted(headers.map(\.fingerprint)),
      poolCount: first.poolCount, settings: context.settings, prices: terms.prices, workloads: sweeps)
  }

  /// Whether some shard has answers of each candidate; those of the pool always count.
  private var isCandidate: [Bool] {
    let respondents = Set(headers.flatMap(\.respondents).map(ExactString.init))
    return headers[0].candidates.enumerated().map { position, name in
      position < headers[0].poolCount || respondents.contains(ExactString(name))
    }
  }

  private func workloadNames(_ asked: [String]?) throws(PartialError) -> [ExactString] {
    let known = workloads.keys.sorted()
    for name in asked ?? [] where workloads[ExactString(name)] == nil {
      throw .noWorkload(name, known: known.map(\.text))
    }
    return known
  }

  private func checkQueries() throws(PartialError) {
    let sorted = queryKeys.sorted()
    guard let twice = zip(sorted, sorted.dropFirst()).first(where: { $0 == $1 })?.0 else { return }
    let holders = files.indices.filter { file in
      let end = file + 1 < keyStarts.count ? keyStarts[file + 1] : queryKeys.count
      return queryKeys[keyStarts[file]..<end].contains(twice)
    }
    throw .sharedQuery(file: files[holders[0]], other: files[holders[1]])
  }

  /// Checks that names which stand for "the recorded one" mean the same in every shard and in the whole.
  private func checkTools() throws(PartialError) {
    let grid = headers[0].grid
    let selectors = ExactString.sorted(Self.union(headers.map(\.selectors)))
    let aggregators = ExactString.sorted(Self.union(headers.map(\.aggregators)))
    for (kind, ids, recorded) in [
      ("selector", grid.selectors, selectors), ("aggregator", grid.aggregators, aggregators),
    ] {
      for tool in ids.map(ToolID.init) where tool.name == ToolID.recorded {
        if let name = tool.argument, ExactString.position(of: name, in: recorded) == nil {
          throw .tools(kind: kind, recorded: recorded, wanted: name)
        } else if tool.argument == nil, recorded.count != 1 {
          throw .tools(kind: kind, recorded: recorded, wanted: nil)
        }
      }
    }
    guard aggregators.count > 1 else { return }
    for (file, header) in zip(files, headers) where header.usesChain && header.knownAggregators < 2 {
      throw .chain(file: file, recorded: header.aggregators, all: aggregators)
    }
  }

  private static func union(_ lists: [[String]]) -> [String] {
    Set(lists.joined().map(ExactString.init)).map(\.text)
  }
}

/// The sweep of a whole trace, put together from its shards.
package struct CombinedSweep: Sendable {
  package let traceName: String
  /// Of the shards, sorted.
  package let fingerprints: [String]
  package let poolCount: Int
  package let settings: SweepSettings
  package let prices: PriceBook?
  /// Sorted by name.
  package let workloads: [WorkloadSweep]
}
