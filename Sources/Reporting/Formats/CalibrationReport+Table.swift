import RoutingCore

extension CalibrationReport {
  /// For people: rankings by boot budget, merges, failure signatures, and the transfer between workloads.
  package var table: String {
    var text = workloads.map(text).joined(separator: "\n")
    if let transfer { text += "\n" + transferText(transfer) }
    return text
  }

  private func text(_ workload: WorkloadCalibration) -> String {
    guard workload.comparedRows > 0 else {
      let reason = workload.excluded.first.map { ": \($0.reason)" } ?? ""
      return "\(workload.name): nothing to compare on \(NumberText.count(workload.rows)) queries\(reason)\n"
    }
    var text = """
      \(workload.name): \(NumberText.count(workload.comparedRows)) of \(NumberText.count(workload.rows)) \
      queries compared; on \(percent(workload.informative)) some candidate scores more than another

      """
    text += "\nrankings against the scores of full answers\n\n" + rankings(workload).text
    text += sufficient(workload).map { $0 + "\n" }.joined()
    if !workload.worth.isEmpty { text += "\nselectors against a random one\n\n" + worth(workload).text }
    text += merges(workload)
    text += "\nfailure signatures\n" + signatures(workload.signatures)
    return text + excluded(workload.excluded)
  }

  private func rankings(_ workload: WorkloadCalibration) -> TextTable {
    let ks = Array(Set(workload.rankings.flatMap { $0.hits.map(\.k) }).sorted().prefix(4))
    var table = TextTable(
      [("selector", .left), ("boot", .right), ("D", .right), ("95 %", .left), ("τ-b", .right)]
        + ks.map { ("top-\($0)", .right) } + [("score k=\(ks.first ?? 1)", .right)])
    for ranking in workload.rankings {
      let hits = ks.map { k in
        ranking.hits.first { $0.k == k }.map { percent($0.rate) } ?? ""
      }
      table.append(
        [
          TextTable.clipped(ranking.selector, to: 26), ranking.boot.description,
          ranking.somersD.map { fixed($0.mean) } ?? "", ranking.somersD.map(interval) ?? "",
          ranking.tauB.map { fixed($0.mean) } ?? "",
        ] + hits + [ranking.scores.first.map { NumberText.fixed($0.score.mean, places: 4) } ?? ""])
    }
    let chances = ks.map { k in
      workload.rankings.first?.hits.first { $0.k == k }.map { share($0.random) } ?? ""
    }
    table.append(["random order", "", fixed(0), "", fixed(0)] + chances + [""])
    return table
  }

  /// One line per selector; the k's it names have the same verdict.
  private func sufficient(_ workload: WorkloadCalibration) -> [String] {
    let selectors = workload.sufficient.map(\.selector).reduce(into: [String]()) { list, selector in
      if list.last != selector { list.append(selector) }
    }
    return selectors.flatMap { selector -> [String] in
      let own = workload.sufficient.filter { $0.selector == selector }
      let verdicts = own.map { sentence($0.verdict) }
      return verdicts.reduce(into: [String]()) { list, verdict in
        if !list.contains(verdict) { list.append(verdict) }
      }.map { verdict in
        let ks = zip(own, verdicts).filter { $0.1 == verdict }.map { String($0.0.k) }
        return "\(selector), k = \(ks.joined(separator: ", ")): \(verdict)"
      }
    }
  }

  private func sentence(_ verdict: SufficientBudget.Verdict) -> String {
    switch verdict {
    case .budget(let boot):
      "a boot budget of \(boot) is within \(NumberText.significant(margin)) of full answers (95 %)"
    case .fullOnly:
      "every boot budget loses more than \(NumberText.significant(margin)) on full answers (95 %)"
    case .cannotTell(let queries):
      "cannot tell which boot budget is within \(NumberText.significant(margin)) of full answers"
        + (queries.map { "; about \(NumberText.count($0)) queries would" } ?? "")
    }
  }

  private func worth(_ workload: WorkloadCalibration) -> TextTable {
    var table = TextTable([
      ("selector", .left), ("boot", .right), ("k", .right), ("score", .right), ("95 %", .left),
      ("cost/query", .right), ("random pays", .right), ("prior", .right),
    ])
    let shown = Set(workload.worth.map(\.k)).sorted().prefix(3)
    for worth in workload.worth where shown.contains(worth.k) {
      table.append([
        TextTable.clipped(worth.selector, to: 20), worth.boot.description, String(worth.k),
        signed(worth.score.mean), interval(worth.score), money(worth.cost.mean),
        worth.randomNeeds.map { more($0.extraCost.mean) } ?? "never",
        worth.againstPrior.map { signed(-$0.score.mean) } ?? "",
      ])
    }
    return table
  }

  /// The largest k whose table fits the page.
  private static let widestMerge = 4

  private func merges(_ workload: WorkloadCalibration) -> String {
    guard !workload.aggregators.isEmpty else { return "" }
    var text = "\nmerges by how many of their inputs are right\n\n"
    var table = TextTable([
      ("aggregator", .left), ("k", .right), ("right inputs → merges right", .left), ("lost", .right),
      ("found", .right),
    ])
    for stress in workload.aggregators where stress.k <= Self.widestMerge {
      let cells = stress.byRight.filter { $0.queries > 0 }.map { row in
        "\(row.right): \(percent(row.merged)) of \(NumberText.count(row.queries))"
      }
      table.append([
        TextTable.clipped(stress.aggregator, to: 16), String(stress.k), cells.joined(separator: ", "),
        percent(stress.lost), percent(stress.found),
      ])
    }
    let hidden = workload.aggregators.count { $0.k > Self.widestMerge }
    if hidden > 0 { text += "k above \(Self.widestMerge) is left out here; --format json has every k.\n\n" }
    text += table.text + "lost: a right input, a wrong merge. found: no right input, a right merge.\n"
    guard !workload.contradictions.isEmpty else { return text }
    var apart = TextTable([
      ("aggregator", .left), ("k", .right), ("disagree", .right), ("first", .right), ("merged", .right),
      ("best of k", .right), ("merged, agreeing", .right),
    ])
    for stress in workload.contradictions {
      var name = ""
      if case .scheme(let scheme) = stress.policy { name = scheme.aggregator }
      apart.append([
        TextTable.clipped(name, to: 16), String(stress.k), percent(stress.share), score(stress.first),
        score(stress.merged), score(stress.best), score(stress.mergedAgreeing),
      ])
    }
    return text + "\nqueries whose first k candidates disagree\n\n" + apart.text
  }
}

extension CalibrationReport {
  /// Present ones with their evidence and what to do; what is absent or cannot be told by name.
  private func signatures(_ findings: [SignatureFinding]) -> String {
    var text = ""
    for (code, found) in byCode(findings, .present) {
      text += "  present     \(code): \(found[0].advice)\n"
      for finding in found {
        text += "    \(finding.scheme.map { "\($0.selector) at \($0.boot): " } ?? "")\(finding.text)\n"
      }
    }
    for (verdict, label) in [(SignatureFinding.Verdict.cannotTell, "can’t tell"), (.absent, "absent    ")] {
      for (code, found) in byCode(findings, verdict) {
        let about = places(found)
        text += "  \(label)  \(code)\(about.isEmpty ? "" : " (\(about))")\n"
      }
    }
    return text
  }

  private func byCode(
    _ findings: [SignatureFinding], _ verdict: SignatureFinding.Verdict
  ) -> [(code: String, found: [SignatureFinding])] {
    let matching = findings.filter { $0.verdict == verdict }
    return SignatureRegistry.all.map(\.code).compactMap { code in
      let found = matching.filter { $0.code == code }
      return found.isEmpty ? nil : (code, found)
    }
  }

  /// `consensus at 25, 50; prior`.
  private func places(_ findings: [SignatureFinding]) -> String {
    let schemes = findings.compactMap(\.scheme)
    let selectors = schemes.map(\.selector).reduce(into: [String]()) { list, name in
      if !list.contains(name) { list.append(name) }
    }
    return selectors.map { name in
      let boots = schemes.filter { $0.selector == name && $0.boot != .none }.map(\.boot.description)
      return boots.isEmpty ? name : "\(name) at \(boots.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  private func excluded(_ excluded: [ExcludedPolicy]) -> String {
    let byReason = Dictionary(grouping: excluded, by: \.reason)
    return byReason.keys.sorted().map { reason in
      "not compared, \(reason): \(byReason[reason]?.count ?? 0) policies\n"
    }.joined()
  }

  private func transferText(_ transfer: DomainTransfer) -> String {
    var text = "a policy chosen on one workload, run on another: score lost (−) and cost changed\n\n"
    var table = TextTable(
      [("chosen on", .left)] + transfer.workloads.map { (TextTable.clipped($0, to: 18), .right) })
    for (chosen, name) in transfer.workloads.enumerated() {
      table.append(
        [TextTable.clipped(name, to: 24)]
          + transfer.workloads.indices.map { place in
            guard let cell = transfer.cells[chosen][place] else { return "not covered" }
            guard chosen != place else { return NumberText.fixed(cell.score, places: 3) }
            return cell.againstOwn.map { signed($0.score.mean) } ?? NumberText.fixed(cell.score, places: 3)
          })
    }
    text += table.text + "on the diagonal the score of the workload's own choice, in-sample\n"
    for (name, choice) in zip(transfer.workloads, transfer.choices) {
      text += "  \(name): \(choice?.description ?? "nothing meets the rule")\n"
    }
    return text
  }

  // MARK: Numbers

  private func fixed(_ value: Double) -> String { NumberText.fixed(value, places: 3) }

  private func signed(_ value: Double) -> String { (value >= 0 ? "+" : "") + fixed(value) }

  private func interval(_ estimate: Estimate) -> String { "\(fixed(estimate.low))–\(fixed(estimate.high))" }

  private func share(_ value: Double) -> String { NumberText.fixed(100 * value, places: 1) + " %" }

  private func percent(_ estimate: Estimate?) -> String { estimate.map { share($0.mean) } ?? "–" }

  private func score(_ estimate: Estimate?) -> String { estimate.map { fixed($0.mean) } ?? "–" }

  private func more(_ cost: Double) -> String { money(abs(cost)) + (cost < 0 ? " less" : " more") }

  private func money(_ value: Double) -> String { NumberText.cost(value, unit: settings.costUnit) }
}
