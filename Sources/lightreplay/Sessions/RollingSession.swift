import RoutingCore
import TraceStore

/// A trace opened with the recorded order of its queries.
struct RollingSession {
  let basis: ScenarioBasis

  /// Checks everything that can be checked before replaying, and says on stderr what will be done.
  init(
    path: String, grid options: GridOptions, flags: ReplayFlags, _ request: RollingRequest
  ) async throws {
    var grid = try options.request()
    if request.checks != nil {
      // A check runs the models only, so rankings and merges by a model are never seen.
      grid.selectors = grid.selectors ?? [SelectorRegistry.usual, SelectorRegistry.prior]
      grid.aggregators = grid.aggregators ?? [AggregatorRegistry.usual]
    }
    let book = try flags.costUnit == .usd ? flags.prices.map(PriceBooks.read) : nil
    let database = try TraceDatabase(reading: path)
    let columns = try database.trace(samples: flags.samples, grader: flags.grader, ordinals: true)
    let workloads = try ReplaySession.workloads(
      named: flags.workload?.elements.map(\.name), in: columns)
    for workload in workloads { try RollingResult.checkOrder(workload, columns) }
    let settings = flags.settings(lambdas: [], continuation: options.continuation)
    var basis = ScenarioBasis(
      trace: columns, prices: book, request: grid, rule: ChoiceRule(aim: .objective(lambda: request.lambda)),
      settings: settings, workloads: workloads)
    let policies = try basis.policies()
    _ = try basis.priceTable(for: policies)
    Messages.note(
      """
      replaying \(policies.count.counted("policy", "policies")), and those of smaller pools, in windows of \
      \(request.window.counted("query", "queries"))
      """)
    basis.trace = try await database.addingSimilarities(
      SimilarityNeeds(policies), to: columns, threads: settings.threads)
    self.basis = basis
  }
}
