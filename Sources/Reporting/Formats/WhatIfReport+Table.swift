import RoutingCore

extension WhatIfReport {
  /// For people: things as they are, each scenario against them, and where there are several one table of all.
  package var table: String {
    var text = "wanted: \(rule.sentence(unit: settings.costUnit))\n\nas things are\n" + basis(result.before)
    for report in result.scenarios { text += "\n" + self.text(report) }
    if result.scenarios.count > 1 { text += "\n" + comparison.text }
    return text
  }

  private func basis(_ basis: BasisReport) -> String {
    var text = ""
    for workload in basis.workloads {
      guard let chosen = workload.recommendation?.recommended else {
        text += "  \(workload.reason ?? workload.name)\n"
        continue
      }
      text += """
          \(workload.name): \(chosen.policy)
            score \(score(chosen.score.mean)), cost \(money(chosen.cost.mean)) a query

        """
    }
    if let overall = basis.overall, basis.workloads.count > 1 || basis.traffic != nil {
      text += "  overall: score \(score(overall.score.mean)), cost \(money(overall.cost.mean)) a query"
      text += basis.traffic.map { ", \(money(overall.cost.mean * $0.perMonth)) a month at \($0.text)" } ?? ""
      text += "\n"
    }
    return text
  }

  private func text(_ report: ScenarioReport) -> String {
    let changes = report.scenario.changes.map(\.description).joined(separator: "; ")
    var text = "\(report.scenario.name): \(changes.isEmpty ? "prices varied" : changes)\n"
    for index in report.after.workloads.indices { text += workload(report, index) }
    if let overall = report.overall, report.after.workloads.count > 1 || report.monthly != nil {
      text += "  overall: score \(change(overall.score)), cost \(costChange(overall.cost)) a query"
      text += report.monthly.map { ", \(costChange($0)) a month" } ?? ""
      text += "\n"
    }
    if !report.effects.isEmpty { text += "  each change by itself, the one that matters most first\n" }
    for effect in report.effects {
      let size = effect.difference.map {
        "score \(signed($0.score.mean)), cost \(signedMoney($0.cost.mean)) a query"
      }
      text += "    \(effect.change): \(size ?? "nothing can be recommended")\n"
    }
    for regimes in report.priceRegimes { text += sentences(regimes) }
    return text + missing(report)
  }

  private func workload(_ report: ScenarioReport, _ index: Int) -> String {
    let (now, then) = (result.before.workloads[index], report.after.workloads[index])
    guard let chosen = then.recommendation?.recommended else { return "  \(then.reason ?? then.name)\n" }
    let old = now.recommendation?.recommended.policy
    var text = "  \(then.name): \(old == chosen.policy ? "still " : "")\(chosen.policy)\n"
    text += "    score \(score(chosen.score.mean)), cost \(money(chosen.cost.mean)) a query"
    if let difference = report.differences[index] {
      text += "; score \(change(difference.score)), cost \(costChange(difference.cost))"
    }
    text += "\n"
    if let old, old != chosen.policy {
      text +=
        report.unchanged[index].map {
          "    unchanged it would score \(score($0.score.mean)) at \(money($0.cost.mean)) a query\n"
        } ?? "    unchanged it cannot be replayed\n"
    }
    return text
  }

  /// Where the choice changes as one model's price does.
  private func sentences(_ regimes: PriceRegimes) -> String {
    var text = "  \(regimes.workload), price of \(regimes.model) (now \(regimes.price.text)):\n"
    for regime in regimes.regimes {
      let holds = regime.low <= 1 && (regime.high.map { $0 > 1 } ?? true)
      let low = regime.low > 0 ? "from \(price(regimes, regime.low)) " : ""
      let high = regime.high.map { "up to \(price(regimes, $0))" } ?? (regime.low > 0 ? "on" : "at any price")
      text += "    \(low)\(high): \(holds ? "keep " : "")\(regime.policy)\n"
    }
    return text
  }

  private func price(_ regimes: PriceRegimes, _ factor: Double) -> String {
    func dollars(_ amount: Int64) -> String {
      "$" + NumberText.significant(Double(amount) / 1e6 * factor, digits: 4)
    }
    let price = regimes.price
    guard price.input != price.output else { return dollars(price.input) }
    return
      "× \(NumberText.significant(factor, digits: 4)) (\(dollars(price.input)) input, \(dollars(price.output)) output)"
  }

  /// What the scenario could not compare although things as they are could.
  private func missing(_ report: ScenarioReport) -> String {
    var text = ""
    for workload in report.after.workloads {
      let byReason = Dictionary(grouping: workload.excluded, by: \.reason)
      for reason in byReason.keys.sorted() {
        let count = byReason[reason]?.count ?? 0
        text += "  \(workload.name): \(count) polic\(count == 1 ? "y" : "ies") not compared, \(reason)\n"
      }
      for calls in workload.missing { text += "  \(workload.name): not recorded: \(calls.sentence)\n" }
      if let total = workload.missing.total { text += "  \(workload.name): \(total)\n" }
    }
    return text
  }

  private var comparison: TextTable {
    var table = TextTable([
      ("scenario", .left), ("score", .right), ("cost/query", .right), ("cost/month", .right),
      ("Δ score", .right), ("Δ cost/query", .right), ("changed", .left),
    ])
    func cells(_ basis: BasisReport) -> [String] {
      [
        basis.overall.map { score($0.score.mean) } ?? "–", basis.overall.map { money($0.cost.mean) } ?? "–",
        basis.overall.flatMap { overall in
          basis.traffic.map { money(overall.cost.mean * $0.perMonth) }
        } ?? "",
      ]
    }
    table.append(["as things are"] + cells(result.before) + ["", "", ""])
    for report in result.scenarios {
      let changed = zip(report.after.workloads, result.before.workloads).count {
        $0.recommendation?.recommended.policy != $1.recommendation?.recommended.policy
      }
      table.append(
        [TextTable.clipped(report.scenario.name, to: 30)] + cells(report.after) + [
          report.overall.map { signed($0.score.mean) } ?? "–",
          report.overall.map { signedMoney($0.cost.mean) } ?? "–",
          "\(changed) of \(report.after.workloads.count)",
        ])
    }
    return table
  }

  // MARK: Numbers

  private func score(_ value: Double) -> String { NumberText.fixed(value, places: 4) }

  private func signed(_ value: Double) -> String { (value >= 0 ? "+" : "") + score(value) }

  private func money(_ value: Double) -> String { NumberText.cost(value, unit: settings.costUnit) }

  private func signedMoney(_ value: Double) -> String { (value >= 0 ? "+" : "") + money(value) }

  private func change(_ estimate: Estimate) -> String {
    "\(signed(estimate.mean)) (\(signed(estimate.low)) to \(signed(estimate.high)))"
  }

  private func costChange(_ estimate: Estimate) -> String {
    "\(signedMoney(estimate.mean)) (\(signedMoney(estimate.low)) to \(signedMoney(estimate.high)))"
  }
}
