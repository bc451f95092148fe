import RoutingCore

extension RollingReport {
  /// One line per workload, window and arm; `regret` runs up to the end of the window.
  package var csv: String {
    let headings = [
      "workload", "window", "queries", "checked", "first_query", "last_query", "arm", "id", "pool", "score",
      "cost", "check_cost", "objective", "regret",
    ]
    return CSVText.text([headings] + result.workloads.flatMap(rows))
  }

  private func rows(_ workload: RollingWorkload) -> [[String]] {
    workload.windows.enumerated().flatMap { index, window in
      RollingArm.allCases.map { arm in
        let step = window[arm]
        return [
          workload.name, String(index + 1), String(window.queries), String(window.checked), window.first,
          window.last, arm.key, step.policy.description, step.pool.joined(separator: " "),
        ] + [step.score, step.cost, step.checkCost, step.objective, step.regret].map(\.description)
      }
    }
  }
}
