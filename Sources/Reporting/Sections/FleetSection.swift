import RoutingCore

/// One λ over all workloads.
struct FleetSection: ReportSection {
  let title = "All workloads within one budget"

  func blocks(_ report: Report) -> [ReportBlock] {
    guard let found = report.fleet else { return [] }
    let amounts = Amounts(unit: report.settings.costUnit)
    let fleet = found.fleet
    var text = """
      Within \(amounts.sentence(found.budget)), one λ = \(NumberText.significant(fleet.lambda)) for all workloads \
      gives a score of \(amounts.score(fleet.score)) at \(amounts.sentence(fleet.cost)).
      """
    if let uniform = fleet.uniform {
      let name = PolicyWords(policy: uniform.policy, names: report.names).label
      text +=
        " The best single policy for all, \(name), gives \(amounts.score(uniform.score)) at \(amounts.sentence(uniform.cost))."
    }
    var table = ReportTable("Shares of the traffic", [.text("workload"), "share"])
    for share in found.shares {
      table.append([ShownName.clipped(share.workload), amounts.percent(share.share)])
    }
    return [.paragraph([.text(text)]), .table(table)]
  }
}
