package import RoutingCore

/// A trace's outcomes as tidy tables, with a notebook that recomputes the recommendation from them.
package struct NotebookExport: Sendable {
  /// One file of the export.
  package struct File: Sendable {
    package let name: String
    /// Hands over the content piece by piece.
    package let write: @Sendable ((String) throws -> Void) throws -> Void

    init(_ name: String, _ text: String) {
      self.name = name
      write = { put in try put(text) }
    }

    init(_ name: String, write: @escaping @Sendable ((String) throws -> Void) throws -> Void) {
      self.name = name
      self.write = write
    }
  }

  let report: Report
  let trace: Trace
  /// By workload of the report.
  let evidence: [Evidence]

  package init(_ report: Report, trace: Trace, evidence: [Evidence]) {
    precondition(report.workloads.count == evidence.count, "evidence of every workload")
    self.report = report
    self.trace = trace
    self.evidence = evidence
  }

  package var files: [File] {
    [
      File(NotebookTable.outcomes.fileName, write: writeOutcomes),
      File(NotebookTable.policies.fileName, CSVText.text(policies)),
      File(NotebookTable.regimes.fileName, CSVText.text(regimes)),
      File(NotebookTable.recommendations.fileName, CSVText.text(recommendations)),
      File("data_dictionary.csv", CSVText.text(NotebookTable.dictionary)),
      File("lightreplay.ipynb", NotebookDocument(report: report).json.document),
    ]
  }
}

extension NotebookExport {
  /// Every compared query under every compared policy, in integers.
  @Sendable private func writeOutcomes(_ put: (String) throws -> Void) throws {
    try put(CSVText.text([NotebookTable.outcomes.columns.map(\.name)]))
    for (workload, evidence) in zip(report.workloads, evidence) {
      let first = evidence.replay.workload.rows.lowerBound
      let name = CSVText.cell(workload.name)
      let queries = evidence.replay.compared.map { offset in
        "\(name),\(CSVText.cell(trace.rows.query[first + offset])),\(trace.rows.sample[first + offset])"
      }
      for position in evidence.kept {
        let outcomes = evidence.replay.outcomes[position]
        var text = ""
        for (query, offset) in zip(queries, evidence.replay.compared) {
          let latency = outcomes.latencies[offset]
          text += """
            \(query),\(position),\(outcomes.scores[offset]),\(outcomes.costs[offset]),\
            \(latency < 0 ? "" : String(latency)),\(outcomes.failed[offset])\n
            """
        }
        try put(text)
      }
    }
  }

  private var policies: [[String]] {
    var rows = [NotebookTable.policies.columns.map(\.name)]
    for (workload, evidence) in zip(report.workloads, evidence) {
      let order = workload.contenders.map(\.policy)
      for (position, summary) in zip(evidence.kept, workload.sweep.policies) {
        let parts = PolicyParts(summary.policy, poolCount: report.poolCount)
        let latency = summary.latency.map { [$0.mean, $0.p50, $0.p95, $0.p99].map(\.description) }
        let estimates = [summary.score, summary.cost].flatMap {
          [$0.mean, $0.standardError, $0.low, $0.high].map(\.description)
        }
        rows.append(
          [
            workload.name, String(position), summary.policy.description,
            PolicyWords(policy: summary.policy, names: report.names).label, parts.k, parts.boot,
            String(parts.layers), parts.schedule ?? "", parts.selector ?? "", parts.aggregator ?? "",
            String(summary.policy.isBaseline), String(!summary.policy.isBound),
            order.firstIndex(of: summary.policy).map(String.init) ?? "", String(summary.isOnFrontier),
            String(evidence.rows), String(summary.covered),
          ] + estimates + [summary.inputTokens.description, summary.outputTokens.description]
            + Stage.allCases.map { (summary.costByStage[$0] ?? 0).description }
            + (latency ?? ["", "", "", ""]))
      }
    }
    return rows
  }

  private func position(_ policy: Policy, _ evidence: Evidence) -> String {
    evidence.replay.policies.firstIndex(of: policy).map(String.init) ?? ""
  }

  private var regimes: [[String]] {
    var rows = [NotebookTable.regimes.columns.map(\.name)]
    for (workload, evidence) in zip(report.workloads, evidence) {
      for regime in workload.recommendation?.regimes ?? [] {
        rows.append([
          workload.name, regime.lambdaLow.description, regime.lambdaHigh?.description ?? "",
          position(regime.policy, evidence), regime.policy.description, regime.score.description,
          regime.cost.description, regime.hullShare.description,
        ])
      }
    }
    return rows
  }

  private var recommendations: [[String]] {
    var rows = [NotebookTable.recommendations.columns.map(\.name)]
    let wanted = report.rule.sentence(unit: report.settings.costUnit)
    for (workload, evidence) in zip(report.workloads, evidence) {
      guard let result = workload.recommendation else { continue }
      let (chosen, held) = (result.recommended, result.heldOut)
      rows.append([
        workload.name, position(chosen.policy, evidence), chosen.policy.description, wanted,
        result.lambda?.description ?? "", chosen.winShare.description, chosen.metShare?.description ?? "",
        result.kSet.map(\.description).joined(separator: " "), held.score.mean.description,
        held.score.low.description, held.score.high.description, held.cost.mean.description,
      ])
    }
    return rows
  }
}
