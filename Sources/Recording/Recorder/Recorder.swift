package import RoutingCore

/// Records every call that a grid of policies needs, each once, and goes on where an earlier run stopped.
package struct Recorder: Sendable {
  let calls: LiveCalls
  let store: any CallStore
  let spending: Spending
  let signal: StopSignal
  let tally: RecordingTally

  package init(
    calls: LiveCalls, store: any CallStore, spending: Spending = Spending(),
    signal: StopSignal = StopSignal(),
    progress: @escaping RecordingTally.Report = { _ in }
  ) {
    self.calls = calls
    self.store = store
    self.spending = spending
    self.signal = signal
    tally = RecordingTally(progress)
  }

  private var config: LiveConfig { calls.config }

  /// Records what is missing.
  ///
  /// - Parameter queries: with the calls recorded for them so far.
  /// - Returns: what was done, and why it ended early if it did. Calls in flight are always waited for.
  package func record(_ queries: [QueryRecord]) async throws -> RecordingSummary {
    let width = max(4, config.endpoints.reduce(0) { $0 + $1.concurrency })
    var stop: RecordingStop?
    try await withThrowingTaskGroup(of: RecordingStop?.self) { group in
      var waiting = queries.makeIterator()
      func startNext() {
        guard let query = waiting.next() else { return }
        group.addTask { try await record(query) }
      }
      for _ in 0..<width { startNext() }
      for try await ended in group {
        if let ended, stop == nil {
          stop = ended
          signal.stop()
        }
        if stop == nil { startNext() }
      }
    }
    return await tally.summary(stop: stop)
  }

  /// All calls of one query; returns why the recording as a whole has to stop.
  private func record(_ query: QueryRecord) async throws -> RecordingStop? {
    let source = FillingSource(query, self)
    do {
      try await walk(query, source)
      await tally.finished(query.query)
      return nil
    } catch let stop as RecordingStop {
      return stop
    } catch let error as EndpointError {
      await tally.failed(query.query, error)
      return await endsAll(error) ? .endpoint(error) : nil
    }
  }

  /// Goes through everything that the grids need of a query.
  func walk(_ query: QueryRecord, _ source: some CallSource) async throws {
    for grid in config.grids(for: query.workload) { try await record(grid, query, source) }
  }

  /// Whether every other call would fail in the same way.
  private func endsAll(_ error: EndpointError) async -> Bool {
    switch error.cause {
    case .refused(let status, _): [401, 402, 403, 404].contains(status)
    case .unusable, .cannotContinue: true
    case .unreachable: true
    default: await tally.failuresInARow >= RecordingTally.patience
    }
  }

  private func record(_ grid: RecordingGrid, _ query: QueryRecord, _ source: some CallSource) async throws {
    let header = config.header
    let active = header.activeCandidates(needing: query.skills)
    try await answers(of: active, samples: grid.samples, from: source)
    for policy in grid.policies {
      let runner = SchemeRunner(policy, header: header, drafting: .cuts, seed: config.seed)
      do {
        _ = try await runner.run(query, from: source)
      } catch let gap as SchemeGap {
        try Self.pass(gap)
      }
    }
    for size in grid.everySetOf where size <= active.count {
      for members in Self.subsets(of: active, size: size) {
        for aggregator in grid.aggregators {
          try await merge(members, by: aggregator, header, query, source)
        }
      }
    }
  }

  /// Gaps that belong to the query are part of the trace; others are mistakes of the configuration.
  private static func pass(_ gap: SchemeGap) throws {
    switch gap {
    case .noActiveCandidate, .unparsableRanking, .failed: break
    case .notRecorded, .unknownTool, .onlyOffline, .noRankingScores, .noSignal: throw gap
    }
  }

  private func answers(of active: [String], samples: Int32, from source: some CallSource) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for candidate in active {
        for sample in 0..<samples {
          group.addTask {
            var call = SchemeCall(role: .response)
            call.model = candidate
            call.sample = sample
            _ = try await source.make(call)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private func merge(
    _ members: [String], by aggregator: String, _ header: TraceHeader, _ query: QueryRecord,
    _ source: some CallSource
  ) async throws {
    // The policy that always chooses these: as the scheme would merge them.
    let policy = SchemePolicy(
      k: KSchedule(constant: members.count), boot: .none, layers: 2,
      selector: "static:" + members.joined(separator: ">"), aggregator: ToolID.recorded(aggregator))
    var narrowed = header
    narrowed.pool = members
    let runner = SchemeRunner(policy, header: narrowed, drafting: .cuts, seed: config.seed)
    do {
      _ = try await runner.run(query, from: source)
    } catch let gap as SchemeGap {
      try Self.pass(gap)
    }
  }

  /// Every subset of a size, in the order of the names.
  static func subsets(of names: [String], size: Int) -> [[String]] {
    guard size > 0, size <= names.count else { return size == 0 ? [[]] : [] }
    return names.indices.flatMap { first in
      subsets(of: Array(names[(first + 1)...]), size: size - 1).map { [names[first]] + $0 }
    }
  }
}
