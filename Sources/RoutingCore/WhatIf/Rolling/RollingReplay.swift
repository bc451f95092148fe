extension RollingResult {
  /// Replays every workload in recorded order, choosing anew before each window.
  ///
  /// - Throws: `RollingError` where a query has no ordinal, `PolicyError`.
  package init(_ basis: ScenarioBasis, _ request: RollingRequest) async throws {
    for workload in basis.selected { try Self.checkOrder(workload, basis.trace) }
    self.request = request
    var results: [RollingWorkload] = []
    for workload in basis.selected {
      results.append(try await RollingReplay(basis, workload, request).run())
    }
    workloads = results
  }

  /// - Throws: `RollingError.noOrdinals`.
  package static func checkOrder(_ workload: Workload, _ trace: Trace) throws(RollingError) {
    let ordinals = trace.rows.ordinal
    let missing = ordinals.isEmpty ? workload.rows.count : workload.rows.count { ordinals[$0] == nil }
    guard missing == 0 else {
      throw .noOrdinals(workload: workload.name, missing: missing, queries: workload.rows.count)
    }
  }
}

/// One workload followed through its windows.
private struct RollingReplay {
  private let basis: ScenarioBasis
  private let workload: Workload
  private let request: RollingRequest
  private let unrecorded: [String]

  /// The pool is that of the trace, without models that are recorded for too few queries.
  init(_ whole: ScenarioBasis, _ workload: Workload, _ request: RollingRequest) async throws {
    var basis = whole
    basis.workloads = [workload.name]
    basis.shares = [1]
    let singles = basis.trace.pool.map(Policy.single)
    let runner = try SweepRunner(
      trace: basis.trace, policies: singles, prices: basis.priceTable(for: singles), settings: basis.settings)
    let kept = await runner.replay(workload).kept
    let names = zip(basis.trace.pool, kept)
    unrecorded = names.filter { !$1 }.map(\.0)
    let models = names.filter { $1 }.map(\.0)
    if models.count < basis.trace.candidates.count, !models.isEmpty {
      basis = try basis.applying(Scenario(name: "rolling", changes: [.keep(models)]))
    }
    self.basis = basis
    self.workload = workload
    self.request = request
  }

  func run() async throws -> RollingWorkload {
    guard unrecorded.count < basis.trace.poolCount else {
      return nothing(compared: 0, "no model of the pool is recorded for enough queries")
    }
    let policies = try basis.rollingPolicies(isChecked: request.checks != nil).filter {
      !$0.learnsFromOtherQueries
    }
    let runner = try SweepRunner(
      trace: basis.trace, policies: policies, prices: basis.priceTable(for: policies),
      settings: basis.settings)
    let compared = await runner.replay(workload).compared
    guard compared.count > request.window else {
      return nothing(
        compared: compared.count,
        """
        \(compared.count) queries can be compared; a choice is made anew only where there are more than \
        --rolling \(request.window)
        """)
    }
    let sequence = RollingSequence(
      workload, compared: compared, in: basis.trace, request, seed: basis.settings.seed)
    var shelf = RollingShelf(
      basis, workload: workload, offsets: sequence.offsets, isChecked: request.checks != nil)
    let choices = try await choices(sequence, &shelf)
    let walk = RollingWalk(shelf, sequence, request, workload, choices: choices)
    return RollingWorkload(
      name: workload.name, rows: workload.rows.count, comparedRows: compared.count,
      pool: Array(basis.trace.pool), unrecorded: unrecorded, reason: nil, windows: walk.windows,
      totals: await walk.totals)
  }

  /// The column chosen for each window.
  private func choices(_ sequence: RollingSequence, _ shelf: inout RollingShelf) async throws -> [Int] {
    let chooser = RollingChoice(
      request, scale: basis.settings.costUnit.scale,
      groups: sequence.offsets.map { basis.trace.rows.group[workload.rows.lowerBound + $0] })
    var choices = [try await start(&shelf)]
    for window in sequence.windows.indices.dropFirst() {
      let choice = try await chooser.choose(
        from: &shelf, seen: sequence.seen(before: window, request))
      choices.append(choice ?? choices[window - 1])
    }
    return choices
  }

  /// What runs before anything is known: the model with the lowest price of an input and an output token; ties,
  /// as where tokens are counted, fall to pool order.
  private func start(_ shelf: inout RollingShelf) async throws -> Int {
    let columns = try await shelf.policies(
      over: shelf.whole, order: Array(0..<basis.trace.poolCount))
    let prices = try basis.priceTable(for: basis.trace.pool.map(Policy.single))
    let cheapest = (0..<basis.trace.poolCount).min { left, right in
      let (a, b) = (prices.rates[left], prices.rates[right])
      return (a.input + a.output, left) < (b.input + b.output, right)
    }
    let policy = Policy.single(basis.trace.candidates[cheapest ?? 0])
    return columns.first { shelf.columns[$0].policy == policy } ?? columns[0]
  }

  private func nothing(compared: Int, _ reason: String) -> RollingWorkload {
    RollingWorkload(
      name: workload.name, rows: workload.rows.count, comparedRows: compared, pool: Array(basis.trace.pool),
      unrecorded: unrecorded, reason: reason, windows: [], totals: nil)
  }
}
