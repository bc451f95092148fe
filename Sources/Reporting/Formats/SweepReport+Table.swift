import RoutingCore

extension SweepReport {
  /// Rows shown of a workload unless all are asked for.
  private static let customaryRows = 40

  /// For people: one table per workload, cheapest first, at most 100 columns wide.
  package func table(showsAll: Bool) -> String {
    workloads.map { text($0, showsAll: showsAll) }.joined(separator: "\n")
  }

  private func text(_ sweep: WorkloadSweep, showsAll: Bool) -> String {
    guard !sweep.policies.isEmpty else {
      return "\(sweep.name): no policy covers enough of \(NumberText.count(sweep.rows)) queries\n"
        + notes(sweep)
    }
    let best = bestByLambda(sweep)
    let shown = sweep.policies.filter { summary in
      showsAll || sweep.policies.count <= Self.customaryRows || summary.isOnFrontier
        || summary.policy.isBaseline || best[summary.policy] != nil
    }
    var table = TextTable([
      ("k", .right), ("boot", .right), ("l", .right), ("selector", .left), ("aggregator", .left),
      ("score", .right), ("± se", .right), ("cost/query", .right), ("± se", .right), ("p95", .right),
      ("", .left),
    ])
    for summary in shown.sorted(by: { $0.cost.mean < $1.cost.mean }) {
      table.append(cells(summary, marks: best[summary.policy] ?? []))
    }
    let hidden = sweep.policies.count - shown.count
    return heading(sweep) + table.text + "* on the frontier: nothing recommendable scores as much for less.\n"
      + (hidden > 0
        ? "\(NumberText.count(hidden)) policies off the frontier are not shown; --all shows them.\n" : "")
      + notes(sweep)
  }

  private func heading(_ sweep: WorkloadSweep) -> String {
    let share =
      sweep.comparedRows == sweep.rows
      ? "\(NumberText.count(sweep.rows)) queries"
      : "\(NumberText.count(sweep.comparedRows)) of \(NumberText.count(sweep.rows)) queries compared"
    return "\(sweep.name): \(share), \(sweep.policies.count) policies\n\n"
  }

  private func cells(_ summary: PolicySummary, marks: [String]) -> [String] {
    let parts = PolicyParts(summary.policy, poolCount: poolCount)
    var name = summary.policy.description
    if case .scheme(let scheme) = summary.policy {
      name = scheme.selector
      if scheme.schedule != .completion { name += " \(scheme.schedule.rawValue)" }
      if scheme.continuation != .reprompt { name += " \(scheme.continuation.rawValue)" }
    }
    let unit = settings.costUnit
    return [
      parts.k, parts.boot, String(parts.layers), TextTable.clipped(name, to: 26),
      TextTable.clipped(parts.aggregator ?? "", to: 10),
      NumberText.fixed(summary.score.mean, places: 4),
      NumberText.fixed(summary.score.standardError, places: 4),
      NumberText.cost(summary.cost.mean, unit: unit),
      relativeError(summary.cost),
      summary.latency.map { NumberText.significant($0.p95) + "s" } ?? "",
      ((summary.isOnFrontier ? ["*"] : []) + marks + stops(summary)).joined(separator: " "),
    ]
  }

  /// How many queries take the smaller k of an adaptive policy.
  private func stops(_ summary: PolicySummary) -> [String] {
    guard case .scheme(let scheme) = summary.policy, let stop = scheme.k.stop, let share = summary.stopShare
    else { return [] }
    return ["\(NumberText.fixed(100 * share, places: 0))% k=\(stop.k)"]
  }

  /// The standard error as a share of the mean.
  private func relativeError(_ cost: Estimate) -> String {
    guard cost.mean > 0 else { return "" }
    return NumberText.fixed(100 * cost.standardError / cost.mean, places: 1) + "%"
  }

  /// The recommendable policy with the largest objective, by λ; ties to the cheaper.
  private func bestByLambda(_ sweep: WorkloadSweep) -> [Policy: [String]] {
    var marks: [Policy: [String]] = [:]
    for (position, lambda) in settings.lambdas.enumerated() {
      let contenders = sweep.policies.filter { !$0.policy.isBound }
      let best = contenders.max { left, right in
        let (a, b) = (left.objectives[position].mean, right.objectives[position].mean)
        if a != b { return a < b }
        if left.cost.mean != right.cost.mean { return left.cost.mean > right.cost.mean }
        return TieRank(right.policy) < TieRank(left.policy)
      }
      if let best { marks[best.policy, default: []].append("λ=\(shortest(lambda.value))") }
    }
    return marks
  }

  private func shortest(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }

  private func notes(_ sweep: WorkloadSweep) -> String {
    var text = ""
    let byReason = Dictionary(grouping: sweep.excluded, by: \.reason)
    for reason in byReason.keys.sorted() {
      let excluded = byReason[reason] ?? []
      let names = excluded.prefix(3).map(\.policy.description).joined(separator: "; ")
      text += "not compared, \(reason): \(names)"
      text += excluded.count > 3 ? " and \(excluded.count - 3) more\n" : "\n"
    }
    for left in sweep.leftOut where left.differs {
      text += """
        warning: \(left.model) scores \(NumberText.fixed(left.leftOutMean, places: 3)) on the \
        \(left.rows) queries left out, against \(NumberText.fixed(left.comparedMean, places: 3)) on those compared\n
        """
    }
    if sweep.policies.contains(where: { $0.policy.isAdaptive }) {
      text += "% k=…: the share of queries that stop at the smaller k.\n"
    }
    if sweep.policies.contains(where: { isVoteOfTwo($0.policy) }) {
      text += "note: vote at k=2 is a tie rule (the first-ranked answer wins), not a merge.\n"
    }
    return text
  }

  private func isVoteOfTwo(_ policy: Policy) -> Bool {
    if case .scheme(let scheme) = policy { scheme.isVoteOfTwo } else { false }
  }
}
