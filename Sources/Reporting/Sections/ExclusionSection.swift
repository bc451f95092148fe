import RoutingCore

/// What is not compared, and why.
struct ExclusionSection: WorkloadSection {
  let title = "Left out"

  /// Policies named for one reason.
  private static let customaryNames = 3

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    let sweep = workload.sweep
    var items: [[ReportSpan]] = []
    if sweep.comparedRows < sweep.rows {
      items.append([
        .text(
          "\(NumberText.count(sweep.rows - sweep.comparedRows)) of \(NumberText.count(sweep.rows)) queries: not every compared policy covers them."
        )
      ])
    }
    let byReason = Dictionary(grouping: sweep.excluded, by: \.reason)
    for reason in byReason.keys.sorted() {
      let excluded = byReason[reason] ?? []
      let names = excluded.prefix(Self.customaryNames).map {
        PolicyWords(policy: $0.policy, names: report.names).label
      }
      let more = excluded.count - names.count
      items.append([
        .text(
          "\(NumberText.count(excluded.count)) \(excluded.count == 1 ? "policy" : "policies"), \(ShownName.sentence(reason)): "
        ),
        .name(names.joined(separator: "; ")), .text(more > 0 ? " and \(NumberText.count(more)) more." : "."),
      ])
    }
    return items.isEmpty ? [] : [.list(items)]
  }
}
