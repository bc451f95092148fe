import RoutingCore

/// The recommended policy against every baseline, paired.
struct BaselineSection: WorkloadSection {
  let title = "Against the baselines"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    guard let result = workload.recommendation, !result.baselines.isEmpty else { return [] }
    let amounts = Amounts(unit: report.settings.costUnit)
    var table = ReportTable(
      "Recommended minus baseline, paired, with 95 % intervals",
      [
        .text("baseline"), "score", .init(heading: amounts.heading), "score difference", "95 % interval",
        "cost difference", "95 % interval",
      ])
    for other in result.baselines where other.policy != result.recommended.policy {
      let (score, cost) = (other.scoreDifference, other.costDifference)
      let share = amounts.change(cost.mean, of: other.cost).map { " (\($0))" } ?? ""
      table.append([
        PolicyWords(policy: other.policy, names: report.names).label, amounts.score(other.score),
        amounts.cell(other.cost), amounts.signed(score.mean),
        "\(amounts.signed(score.low)) to \(amounts.signed(score.high))", signed(cost.mean, amounts) + share,
        "\(signed(cost.low, amounts)) to \(signed(cost.high, amounts))",
      ])
    }
    return [.table(table)]
  }

  private func signed(_ cost: Double, _ amounts: Amounts) -> String {
    (cost < 0 ? "−" : "+") + amounts.cell(abs(cost))
  }
}
