/// A section about the whole report. Without blocks it does not appear.
protocol ReportSection: Sendable {
  var title: String { get }
  func blocks(_ report: Report) -> [ReportBlock]
}

/// A section about one workload. Without blocks it does not appear.
protocol WorkloadSection: Sendable {
  var title: String { get }
  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock]
}

/// The sections of a report, from the top down: one line each.
enum ReportSections {
  static let opening: [any ReportSection] = [
    RecommendationSection(),
    ExplorerSection(),
    FleetSection(),
  ]

  /// For every workload.
  static let chapter: [any WorkloadSection] = [
    TradeOffSection(),
    AlongSection(),
    CurveSection(),
    VarianceSection(),
    CalibrationSection(),
    StageSection(),
    CertaintySection(),
    LatencySection(),
    BaselineSection(),
    WarningSection(),
    ExclusionSection(),
  ]

  static let closing: [any ReportSection] = [
    ProvenanceSection(),
    ReadingSection(),
  ]
}

/// A report put in order, for the formats to write.
package struct ReportOutline {
  package struct Section {
    package let title: String
    /// For links within the page.
    let anchor: String
    package let blocks: [ReportBlock]
    /// Sections within.
    package var parts: [Section] = []
  }

  package let sections: [Section]

  package init(_ report: Report) {
    func sections(_ list: [any ReportSection], _ prefix: String) -> [Section] {
      list.enumerated().compactMap { position, section in
        let blocks = section.blocks(report)
        guard !blocks.isEmpty else { return nil }
        return Section(title: section.title, anchor: "\(prefix)-\(position + 1)", blocks: blocks)
      }
    }
    let chapters = report.workloads.enumerated().map { position, workload in
      Self.chapter(workload, report, anchor: "workload-\(position + 1)")
    }
    self.sections =
      sections(ReportSections.opening, "top") + chapters + sections(ReportSections.closing, "end")
  }

  private static func chapter(_ workload: WorkloadReport, _ report: Report, anchor: String) -> Section {
    let parts = ReportSections.chapter.enumerated().compactMap { position, section -> Section? in
      let blocks = section.blocks(workload, report)
      guard !blocks.isEmpty else { return nil }
      return Section(title: section.title, anchor: "\(anchor)-\(position + 1)", blocks: blocks)
    }
    return Section(
      title: ShownName.clipped(workload.name), anchor: anchor, blocks: [], parts: parts)
  }
}
