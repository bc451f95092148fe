/// A part of a report, whatever it is written as.
package enum ReportBlock: Sendable {
  case heading(String)
  case paragraph([ReportSpan])
  case list([[ReportSpan]])
  /// A word of judgement with its reason.
  case verdict(level: String, word: String, [ReportSpan])
  /// Figures that belong together.
  case facts([ReportFact])
  case table(ReportTable)
  case chart(ReportChart)
  /// The choice of λ by hand; formats that cannot move leave it out.
  case explorer(ExplorerData)
}

/// A run of text.
package enum ReportSpan: Sendable {
  case text(String)
  case strong(String)
  /// A policy id, a flag or a fingerprint, as it is typed.
  case code(String)
  /// A name from the trace.
  case name(String)
}

package struct ReportFact: Sendable {
  let label: String
  let value: String
  let note: String
}

/// A table of text.
package struct ReportTable: Sendable {
  /// What the table is about.
  package var caption: String
  package var columns: [Column]
  package var rows: [Row] = []

  package struct Column: Sendable {
    package let heading: String
    package var isNumber = true
  }

  package struct Row: Sendable {
    package let cells: [String]
    var isChosen = false
  }

  init(_ caption: String, _ columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  mutating func append(_ cells: [String], isChosen: Bool = false) {
    precondition(cells.count == columns.count, "one cell per column")
    rows.append(Row(cells: cells, isChosen: isChosen))
  }
}

/// A chart with the numbers behind it.
package struct ReportChart: Sendable {
  package enum Figure: Sendable {
    case plot(PlotFigure)
    case bars(BarFigure)
  }

  package let figure: Figure
  package let table: ReportTable
  /// Vega-Lite over the table's columns.
  package let specification: JSONValue

  package var title: String {
    switch figure {
    case .plot(let plot): plot.title
    case .bars(let bars): bars.title
    }
  }

  /// Wider than customary.
  var isLarge: Bool {
    if case .plot(let plot) = figure { plot.width > Paper.customaryWidth } else { false }
  }

  var drawing: MarkupNode {
    switch figure {
    case .plot(let plot): PlotDrawing(plot).node
    case .bars(let bars): BarDrawing(bars).node
    }
  }
}

extension ReportTable.Column: ExpressibleByStringLiteral {
  package init(stringLiteral heading: String) { self.init(heading: heading) }

  static func text(_ heading: String) -> Self { Self(heading: heading, isNumber: false) }
}
