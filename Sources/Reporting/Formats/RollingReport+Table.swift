import RoutingCore

extension RollingReport {
  /// For people: window by window what runs and what was missed, then all windows together.
  package var table: String {
    "wanted: \(result.request.wish(unit: settings.costUnit))\n\(result.request.sight)\n"
      + result.workloads.map { "\n" + text($0) }.joined()
  }

  private func text(_ workload: RollingWorkload) -> String {
    var text = "\(TextTable.printable(workload.name)): "
    if !workload.unrecorded.isEmpty {
      text += "recorded for too few queries: \(list(workload.unrecorded)); "
    }
    guard let totals = workload.totals else { return text + (workload.reason ?? "") + "\n" }
    text += "\(NumberText.count(workload.comparedRows)) queries in recorded order"
    let rest = workload.rows - workload.comparedRows
    if rest > 0 { text += " (\(NumberText.count(rest)) more cannot be compared)" }
    text += ", pool of \(workload.pool.count)\n" + steps(workload).text + moves(workload)
    return text + "\n" + table(workload, totals).text + sentences(totals)
  }

  private func steps(_ workload: RollingWorkload) -> TextTable {
    var table = TextTable([
      ("window", .right), ("queries", .right), ("checked", .right), ("score", .right), ("cost/query", .right),
      ("S−λT", .right), ("best", .right), ("regret", .right), ("if kept", .right), ("pool", .right),
      ("runs", .left),
    ])
    for (index, window) in workload.windows.enumerated() {
      let own = window[.rolling]
      table.append([
        String(index + 1), String(window.queries), String(window.checked), score(own.score), money(own.cost),
        score(own.objective), score(window[.hindsight].objective), sum(own.regret),
        sum(window[.fixed].regret), String(window.pool.count), own.policy.description,
      ])
    }
    return table
  }

  /// Who leaves and who comes back.
  private func moves(_ workload: RollingWorkload) -> String {
    var text = ""
    for (index, window) in workload.windows.enumerated() {
      var parts: [String] = []
      if !window.left.isEmpty { parts.append("without \(list(window.left))") }
      if !window.returned.isEmpty { parts.append("again with \(list(window.returned))") }
      if !parts.isEmpty { text += "  from window \(index + 1) on \(parts.joined(separator: ", "))\n" }
    }
    return text
  }

  private func table(_ workload: RollingWorkload, _ totals: RollingTotals) -> TextTable {
    var table = TextTable([
      ("all windows", .left), ("score", .right), ("cost/query", .right), ("checks", .right),
      ("regret", .right), ("95 %", .right), ("policy", .left),
    ])
    for arm in RollingArm.allCases {
      let total = totals[arm]
      let last = workload.windows.last.map { $0[arm].policy.description } ?? ""
      table.append([
        arm.words, score(total.score.mean), money(total.cost.mean), money(total.checkCost),
        sum(total.regret.mean), arm == .hindsight ? "" : interval(total.regret),
        arm == .fixed || arm == .bestFixed ? last : "",
      ])
    }
    return table
  }

  private func sentences(_ totals: RollingTotals) -> String {
    func lead(_ estimate: Estimate, _ rival: String) -> String {
      let verdict = estimate.low > 0 ? "better" : estimate.high < 0 ? "worse" : "not told apart"
      return "  against the \(rival): \(sum(estimate.mean)) in S − λT (\(interval(estimate))), \(verdict)\n"
    }
    return lead(totals.leadOverFixed, "choice kept from the first window")
      + lead(totals.leadOverBestFixed, "best single choice in hindsight")
      + "  \(totals.switches) switch\(totals.switches == 1 ? "" : "es"); "
      + "regret and S − λT are summed over queries, intervals are given the choices made\n"
  }

  // MARK: Numbers

  private func list(_ names: [String]) -> String {
    TextTable.printable(names.joined(separator: ", "))
  }

  private func score(_ value: Double) -> String { NumberText.fixed(value, places: 4) }

  private func sum(_ value: Double) -> String { NumberText.fixed(value, places: 2) }

  private func interval(_ estimate: Estimate) -> String { "\(sum(estimate.low)) to \(sum(estimate.high))" }

  private func money(_ value: Double) -> String { NumberText.cost(value, unit: settings.costUnit) }
}

extension RollingRequest {
  fileprivate func wish(unit: CostUnit) -> String {
    var rule = ChoiceRule(aim: .objective(lambda: lambda))
    rule.isOneStandardError = isOneStandardError
    return rule.sentence(unit: unit)
  }

  /// What a choice knows, in a sentence.
  fileprivate var sight: String {
    let past = memory == 1 ? "the window before" : "the \(memory) windows before"
    let queries = "\(window) quer\(window == 1 ? "y" : "ies")"
    guard let checks else {
      return """
        chosen anew every \(queries), as if every policy's outcome on all queries of \(past) had been seen: \
        an upper bound, --check V counts what seeing costs
        """
    }
    return """
      chosen anew every \(queries), from the checked queries of \(past) only; every model of the pool is run on \
      \(checks) of each window, at the cost of its full answers
      """
  }
}
