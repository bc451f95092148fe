import RoutingCore

extension WhatIfReport {
  /// One line per scenario and workload, things as they are first; an empty cell = unknown.
  package var csv: String {
    let headings = [
      "scenario", "workload", "share", "queries", "compared_queries", "id", "score", "score_low",
      "score_high",
      "cost", "cost_low", "cost_high", "score_difference", "score_difference_low", "score_difference_high",
      "cost_difference", "cost_difference_low", "cost_difference_high",
    ]
    let none = [PairedDifference?](repeating: nil, count: result.before.workloads.count)
    return CSVText.text(
      [headings] + rows("", result.before, none)
        + result.scenarios.flatMap { rows($0.scenario.name, $0.after, $0.differences) })
  }

  private func rows(_ name: String, _ basis: BasisReport, _ differences: [PairedDifference?]) -> [[String]] {
    basis.workloads.indices.map { index in
      let workload = basis.workloads[index]
      let chosen = workload.recommendation?.recommended
      func cells(_ estimate: Estimate?) -> [String] {
        [estimate?.mean, estimate?.low, estimate?.high].map { $0?.description ?? "" }
      }
      return [
        name, workload.name, basis.shares[index].description, String(workload.rows),
        String(workload.comparedRows), chosen?.policy.description ?? "",
      ] + cells(chosen?.score) + cells(chosen?.cost) + cells(differences[index]?.score)
        + cells(differences[index]?.cost)
    }
  }
}
