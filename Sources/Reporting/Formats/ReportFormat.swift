/// What a report can be written as; a new format is a file beside these and a line in each list.
package enum ReportFormat: String, Sendable, CaseIterable {
  case html, md, json

  /// By the end of a file's name; `nil` where it says nothing.
  package init?(fileName: String) {
    let end = fileName.split(separator: ".").last.map { $0.lowercased() } ?? ""
    switch end {
    case "htm", "html": self = .html
    case "md", "markdown": self = .md
    case "json": self = .json
    default: return nil
    }
  }
}

extension Report {
  package func text(as format: ReportFormat) -> String {
    switch format {
    case .html: HTMLPage(report: self).text
    case .md: MarkdownPage(report: self).text
    case .json: json.document
    }
  }
}
