import RoutingCore

extension CalibrationReport {
  /// One line per workload, selector, boot budget and k; an empty cell = unknown.
  package var csv: String {
    let headings = [
      "workload", "queries", "compared_queries", "informative_share", "selector", "boot_budget", "somers_d",
      "somers_d_low", "somers_d_high", "tau_b", "k", "hit_rate", "hit_rate_low", "hit_rate_high",
      "hit_rate_random", "hit_rate_prior", "score", "score_low", "score_high", "score_against_random",
      "cost_against_random",
    ]
    return CSVText.text([headings] + workloads.flatMap(rows))
  }

  private func rows(_ workload: WorkloadCalibration) -> [[String]] {
    workload.rankings.flatMap { ranking in
      ranking.hits.map { hit in
        let score = ranking.scores.first { $0.k == hit.k }?.score
        let worth = workload.worth.first {
          $0.selector == ranking.selector && $0.boot == ranking.boot && $0.k == hit.k
        }
        func text(_ value: Double?) -> String { value?.description ?? "" }
        return [
          workload.name, String(workload.rows), String(workload.comparedRows),
          text(workload.informative?.mean), ranking.selector, ranking.boot.description,
          text(ranking.somersD?.mean), text(ranking.somersD?.low), text(ranking.somersD?.high),
          text(ranking.tauB?.mean), String(hit.k), text(hit.rate.mean), text(hit.rate.low),
          text(hit.rate.high), text(hit.random), text(hit.prior), text(score?.mean), text(score?.low),
          text(score?.high), text(worth?.score.mean), text(worth?.cost.mean),
        ]
      }
    }
  }
}
