import Foundation
import RoutingCore
import TraceStore

/// A trace opened for what-if questions: things as they are, with everything every scenario ranks by.
struct WhatIfSession {
  let basis: ScenarioBasis

  /// Checks every scenario against the trace before anything is replayed.
  init(
    path: String, grid options: GridOptions, flags: ReplayFlags, rule: ChoiceRule, traffic: Traffic?,
    scenarios: [Scenario]
  ) async throws {
    let request = try options.request()
    let book = try flags.costUnit == .usd ? flags.prices.map(PriceBooks.read) : nil
    let database = try TraceDatabase(reading: path)
    let columns = try database.trace(samples: flags.samples, grader: flags.grader)
    let workloads = try ReplaySession.workloads(
      named: flags.workload?.elements.map(\.name), in: columns)
    let settings = flags.settings(lambdas: [], continuation: options.continuation)
    var basis = ScenarioBasis(
      trace: columns, prices: book, request: request, rule: rule, settings: settings, workloads: workloads,
      traffic: traffic)
    var policies = try basis.policies()
    let count = policies.count
    // Texts are in the file, so what any scenario ranks by is computed here, for the whole pool.
    for scenario in scenarios { policies += try basis.applying(scenario).policies() }
    Messages.note(
      """
      replaying \(count.counted("policy", "policies")) as they are and \(policies.count - count) \
      in \(scenarios.count.counted("scenario"))
      """)
    basis.trace = try await database.addingSimilarities(
      SimilarityNeeds(policies), to: columns, threads: settings.threads)
    self.basis = basis
  }
}
