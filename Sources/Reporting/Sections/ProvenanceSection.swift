import RoutingCore

/// Where every number comes from.
struct ProvenanceSection: ReportSection {
  let title = "Where the numbers come from"

  func blocks(_ report: Report) -> [ReportBlock] {
    let settings = report.settings
    var items: [[ReportSpan]] = [
      [
        .text("Trace "), .name(ShownName.clipped(report.traceName)), .text(", fingerprint "),
        .code(report.fingerprint),
      ],
      prices(report),
      [
        .text(
          "Cost in \(settings.costUnit.rawValue), accounting \(settings.accounting.rawValue), continuation \(settings.continuation.rawValue), failed calls \(settings.excludesFailures ? "left out" : "score 0")"
        )
      ],
      [
        .text(
          "Poisson bootstrap, \(NumberText.count(settings.replicates)) replicates, seed \(settings.seed); 95 % intervals; 10-fold cross-validation"
        )
      ],
      [.text("LightReplay \(report.version)")],
    ]
    items += answers(report.calls) + origins(report)
    return [.list(items)]
  }

  private func prices(_ report: Report) -> [ReportSpan] {
    guard report.settings.costUnit == .usd else { return [.text("No prices: tokens are counted")] }
    guard let book = report.prices else { return [.text("No price book; recorded costs only")] }
    // A page is passed on: where the book lay on one machine is nobody's business.
    let name = book.name.split(separator: "/").last.map(String.init) ?? book.name
    return [
      .text("Prices "), .name(ShownName.clipped(name)),
      .text(book.date.map { " of \($0)" } ?? ", undated"),
      .text(", SHA-256 "), .code(book.sha256),
    ]
  }

  private func answers(_ calls: CallProvenance) -> [[ReportSpan]] {
    func share(_ part: Int, _ whole: Int) -> String {
      "\(NumberText.fixed(100 * Double(part) / Double(max(1, whole)), places: 1)) %"
    }
    var items: [[ReportSpan]] = [
      [
        .text(
          "\(NumberText.count(calls.responses)) recorded answers; token counts estimated for \(share(calls.estimatedTokens, calls.responses)) of them"
        )
      ]
    ]
    if calls.texts > 0 {
      items.append([
        .text(
          "Prefixes are cut at known token ends in \(share(calls.exactCuts, calls.texts)) of the texts, else by estimate"
        )
      ])
    }
    if calls.failed > 0 { items.append([.text("\(NumberText.count(calls.failed)) recorded calls failed")]) }
    return items
  }

  /// Shares of the compared policies by how their scores come about.
  private func origins(_ report: Report) -> [[ReportSpan]] {
    let policies = report.workloads.flatMap { $0.sweep.policies.map(\.policy) }
    guard !policies.isEmpty else { return [] }
    let parts = ScoreOrigin.allCases.map { origin in
      let count = policies.count { ScoreOrigin($0) == origin }
      return
        "\(NumberText.fixed(100 * Double(count) / Double(policies.count), places: 0)) % \(origin.rawValue)"
    }
    return [
      [
        .text(
          "Scores of the compared policies: \(parts.joined(separator: ", ")) (replayed = of recorded calls; derived = by a rule from recorded calls, such as a prefix continued as recorded, or a vote; modelled = from a fit)"
        )
      ]
    ]
  }
}
