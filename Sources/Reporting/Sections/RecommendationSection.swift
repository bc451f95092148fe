import RoutingCore

/// What to run for each workload, what it saves and how sure that is.
struct RecommendationSection: ReportSection {
  let title = "What to run"

  func blocks(_ report: Report) -> [ReportBlock] {
    let wanted = report.rule.sentence(unit: report.settings.costUnit)
    return [.paragraph([.text("Wanted: \(wanted).")])]
      + report.workloads.flatMap { workload -> [ReportBlock] in
        [.heading(ShownName.clipped(workload.name))]
          + {
            switch workload.outcome {
            case .success(let result): recommendation(result, report)
            case .failure(let error): [.paragraph([.text(ShownName.sentence(error.description))])]
            }
          }()
      }
  }

  private func recommendation(_ result: Recommendation, _ report: Report) -> [ReportBlock] {
    let chosen = result.recommended
    let words = PolicyWords(policy: chosen.policy, names: report.names)
    let verdict = Verdict(result, names: report.names)
    var lead: [ReportSpan] = [.strong("Run \(words.label): "), .text(words.sentence + ". ")]
    lead += comparison(result, report)
    var blocks: [ReportBlock] = [
      .paragraph(lead),
      .verdict(
        level: verdict.level.rawValue, word: verdict.level.word,
        [.text(verdict.reasons.joined(separator: " "))]),
      .facts(facts(result, report)),
    ]
    if result.mixture.count == 2 { blocks.append(mixture(result, report)) }
    if let adaptive = AdaptiveWords.sentence(chosen) {
      blocks.append(.paragraph([.text(ShownName.sentence(adaptive))]))
    }
    if let comparison = result.adaptive {
      blocks.append(.paragraph([.text(AdaptiveWords.paragraph(comparison, unit: report.settings.costUnit))]))
    }
    blocks.append(.paragraph([.text("As the program writes it: "), .code(chosen.policy.description)]))
    return blocks
  }

  /// The best single model beside it, held out; mixture-of-agents where a single model is recommended.
  private func comparison(_ result: Recommendation, _ report: Report) -> [ReportSpan] {
    let amounts = Amounts(unit: report.settings.costUnit)
    func text(_ score: Estimate, _ cost: Double, of whole: Double) -> ReportSpan {
      .text(
        """
        : \(amounts.signed(score.mean)) score (95 % interval \(amounts.signed(score.low)) to \
        \(amounts.signed(score.high))) \(amounts.changeInWords(cost, of: whole)).
        """)
    }
    if case .single = result.recommended.policy {
      guard let moa = result.baselines.first(where: { $0.policy.description == "moa" }) else { return [] }
      return [
        .text("Against all candidates merged"),
        text(moa.scoreDifference, moa.costDifference.mean, of: moa.cost),
      ]
    }
    guard let single = result.heldOut.bestSingle else { return [] }
    return [
      .text("On queries it was not chosen on, against the single model that was best on the other queries"),
      text(single.scoreDifference, single.costDifference.mean, of: single.cost),
    ]
  }

  private func facts(_ result: Recommendation, _ report: Report) -> [ReportFact] {
    let amounts = Amounts(unit: report.settings.costUnit)
    let (chosen, held) = (result.recommended, result.heldOut)
    var facts = [
      ReportFact(
        label: "Score, held out", value: amounts.score(held.score.mean),
        note:
          "95 % interval \(amounts.scoreInterval(held.score)); in-sample \(amounts.score(chosen.score.mean))"),
      ReportFact(
        label: report.settings.costUnit == .usd ? "Cost per 1,000 queries" : "Cost per query",
        value: NumberText.cost(held.cost.mean * amounts.queries, unit: report.settings.costUnit),
        note:
          "in-sample \(amounts.cell(chosen.cost.mean)), 95 % interval \(amounts.costInterval(chosen.cost))"),
    ]
    if let latency = chosen.latency {
      facts.append(
        ReportFact(
          label: "Latency, 95th percentile", value: NumberText.significant(latency.p95) + " s",
          note: "median \(NumberText.significant(latency.p50)) s"))
    }
    facts.append(
      ReportFact(
        label: "Picked in resamples", value: amounts.percent(chosen.winShare),
        note: chosen.metShare.map { "meets what is wanted in \(amounts.percent($0))" }
          ?? "k within the interval: \(result.kSet.map(\.description).joined(separator: ", "))"))
    return facts
  }

  private func mixture(_ result: Recommendation, _ report: Report) -> ReportBlock {
    let parts = result.mixture.map {
      "\(NumberText.fixed(100 * $0.share, places: 1)) % \(PolicyWords(policy: $0.policy, names: report.names).label)"
    }
    return .paragraph([.text("A mixture spends the budget exactly: \(parts.joined(separator: " and ")).")])
  }
}
