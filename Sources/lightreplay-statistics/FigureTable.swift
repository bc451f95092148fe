import Foundation

/// Figures with what is expected of them.
struct FigureTable: Sendable {
  let title: String
  let columns: [String]
  private var rows: [[String]] = []
  private(set) var failures = 0

  init(_ title: String, columns: [String]) {
    self.title = title
    self.columns = columns
  }

  /// - Parameter isWithin: whether the row's figures are within their bounds; `nil` = reported only.
  mutating func add(_ cells: [String], isWithin: Bool?) {
    rows.append(cells + [isWithin.map { $0 ? "ok" : "OUT OF BOUNDS" } ?? "reported"])
    if isWithin == false { failures += 1 }
  }

  var text: String {
    let all = [columns + [""]] + rows
    let widths = all[0].indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    let lines = all.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
    }
    return "\(title)\n  " + lines.joined(separator: "\n  ") + "\n"
  }
}

/// Numbers as they stand in the tables.
enum Figure {
  static func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
  static func decimal(_ value: Double, _ places: Int = 4) -> String { String(format: "%.\(places)f", value) }
}
