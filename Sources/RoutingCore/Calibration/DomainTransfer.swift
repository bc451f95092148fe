/// A policy chosen on one workload, run on another: every pair (Scheme.md, "Calibration").
///
/// Choices are made on all queries of their workload, so the diagonal is in-sample: a little better than a
/// new query would see it.
package struct DomainTransfer: Sendable {
  package let workloads: [String]
  /// What is chosen on each workload, `prior` frozen to its order; `nil` where nothing meets the rule.
  package let choices: [Policy?]
  /// By workload it was chosen on, then by workload it runs on; `nil` where it does not cover enough queries.
  package let cells: [[TransferCell?]]
}

/// One workload's choice on another workload.
package struct TransferCell: Sendable {
  package let score: Double
  /// Per query, in cost units.
  package let cost: Double
  /// Minus the other workload's own choice; `nil` where it has none.
  package let againstOwn: PairedDifference?
}

extension DomainTransfer {
  /// - Parameters:
  ///   - choices: what is chosen on each workload.
  ///   - prices: of every payer those policies bill.
  /// - Returns: `nil` for fewer than two workloads.
  package init?(
    _ choices: [(workload: Workload, policy: Policy?)], trace: Trace, prices: PriceTable,
    settings: SweepSettings
  ) async throws(PolicyError) {
    guard choices.count > 1 else { return nil }
    workloads = choices.map(\.workload.name)
    let frozen = choices.map { choice in
      choice.policy.map { PriorOrder.freezing($0, trace, choice.workload) }
    }
    self.choices = frozen
    let distinct = frozen.compactMap { $0 }.reduce(into: [Policy]()) { list, policy in
      if !list.contains(policy) { list.append(policy) }
    }
    var settings = settings
    settings.lambdas = []
    let runner = try SweepRunner(trace: trace, policies: distinct, prices: prices, settings: settings)
    var columns: [[TransferCell?]] = []
    for (place, choice) in choices.enumerated() {
      let pairs = PolicyPairs(await runner.evidence(choice.workload))
      columns.append(frozen.map { Self.cell($0, own: frozen[place], pairs) })
    }
    cells = choices.indices.map { chosen in columns.map { $0[chosen] } }
  }

  private static func cell(_ policy: Policy?, own: Policy?, _ pairs: PolicyPairs) -> TransferCell? {
    guard let position = policy.flatMap({ pairs[$0] }), pairs.evidence.rows > 0 else { return nil }
    return TransferCell(
      score: pairs.evidence.meanScore(position), cost: pairs.evidence.meanCost(position),
      againstOwn: own.flatMap { pairs[$0] }.map {
        PairedDifference(score: pairs.score(position, minus: $0), cost: pairs.cost(position, minus: $0))
      })
  }
}
