import RoutingCore

/// What a reader should know before trusting the numbers.
struct WarningSection: WorkloadSection {
  let title = "Warnings"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    var texts = (workload.recommendation?.warnings ?? []).map(\.text)
    texts += workload.sweep.leftOut.filter(\.differs).map { left in
      """
      \(ShownName.clipped(left.model)) scores \(NumberText.fixed(left.leftOutMean, places: 3)) on the \
      \(NumberText.count(left.rows)) queries left out, against \
      \(NumberText.fixed(left.comparedMean, places: 3)) on those compared
      """
    }
    return texts.isEmpty
      ? []
      : [.list(texts.map { [.text(ShownName.sentence($0.prefix(1).uppercased() + $0.dropFirst()) + ".")] })]
  }
}
